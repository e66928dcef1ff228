import type { Language } from '@app/time';

/** How a date is received, as `occurrence.mode` says it. */
export type ReceivingMode = 'walk-in' | 'appointment' | 'group' | 'internal';

interface Words {
  busy: string;
  appointment: string;
  booking: string;
  modes: Record<ReceivingMode, string>;
  cancelled(cause: string): string;
  away: string;
  awayFor(hours: string): string;
}

/** What events say: never a person, never a reason for coming. */
export const EVENT_WORDS: Record<Language, Words> = {
  fr: {
    busy: 'Occupé',
    appointment: 'Rendez-vous',
    booking: 'Salle réservée',
    modes: {
      'walk-in': 'Sans rendez-vous',
      appointment: 'Sur rendez-vous',
      group: 'Réunion collective',
      internal: 'Réunion interne',
    },
    cancelled: (cause) => `Annulé : ${cause}`,
    away: 'absent·e ce jour',
    awayFor: (hours) => `Absent·e ${hours}`,
  },
  en: {
    busy: 'Busy',
    appointment: 'Appointment',
    booking: 'Room booked',
    modes: {
      'walk-in': 'Walk-in',
      appointment: 'By appointment',
      group: 'Group meeting',
      internal: 'Internal meeting',
    },
    cancelled: (cause) => `Cancelled: ${cause}`,
    away: 'away that day',
    awayFor: (hours) => `Away ${hours}`,
  },
};
