import type { NotOffered } from '@app/contract';
import { holidayOf, sayCause } from '@app/permanences';
import { dateOf, type Instant, type Language, toLocal } from '@app/time';
import type { FoundDate, Verdict } from './found-date';
import { type Need, offer } from './offer';

export type Why = NotOffered['why'];

export interface Told {
  motifId: string;
  zone: string;
  language: Language;
  /** The service that receives. */
  partner: string;
  noticeHours: number;
  horizonDays: number;
}

interface Words {
  /** The rule that keeps the date from being offered, its cause when it has one. */
  rule: string;
  /** Whose rule it is. */
  owner: string;
  /** The way out. */
  remedy: string;
}

const hours = (count: number, language: Language): string => {
  if (count % 24 !== 0 || count === 0) return language === 'fr' ? `${count} h` : `${count} hours`;
  const days = count / 24;
  return language === 'fr' ? `${days} jour${days > 1 ? 's' : ''}` : `${days} day${days > 1 ? 's' : ''}`;
};

const WORDS: Record<Language, Record<Why, (cause: string, told: Told) => Words>> = {
  fr: {
    'public-holiday': (cause) => ({
      rule: cause,
      owner: 'Calendrier des jours fériés',
      remedy: 'Choisir une autre date.',
    }),
    closed: (cause) => ({
      rule: cause || 'fermé',
      owner: 'Responsable du lieu, Réglages › Fermetures',
      remedy: 'Choisir une autre date, ou voir la fermeture avec le responsable.',
    }),
    cancelled: (cause, { partner }) => ({
      rule: cause || 'annulé',
      owner: partner,
      remedy: `Choisir une autre date, ou demander à ${partner} de la rétablir.`,
    }),
    full: (_, { partner }) => ({
      rule: 'complet',
      owner: partner,
      remedy: 'Choisir une autre date : une annulation peut libérer une place.',
    }),
    absent: (_, { partner }) => ({
      rule: 'absence de qui reçoit',
      owner: partner,
      remedy: `Choisir une autre date, ou demander à ${partner} un remplacement.`,
    }),
    notice: (_, { partner, noticeHours }) => ({
      rule: `trop proche : ${hours(noticeHours, 'fr')} de délai en ligne`,
      owner: `${partner}, Réglages › Motifs`,
      remedy: 'L’accueil peut encore y inscrire quelqu’un.',
    }),
    horizon: (_, { partner, horizonDays }) => ({
      rule: `réservé en ligne ${hours(horizonDays * 24, 'fr')} à l’avance au plus`,
      owner: `${partner}, Réglages › Motifs`,
      remedy: 'L’accueil peut réserver plus loin.',
    }),
    audience: (_, { partner }) => ({
      rule: 'ne se réserve pas en ligne',
      owner: `${partner}, Réglages › Motifs`,
      remedy: 'Réserver à l’accueil ou par téléphone.',
    }),
    'no-room': (_, { partner }) => ({
      rule: 'la salle ne convient pas, ou manque',
      owner: partner,
      remedy: 'Changer la salle de cette date, depuis le tableau du jour.',
    }),
    'no-agent': (_, { partner }) => ({
      rule: 'personne ce jour-là qui reçoive pour ce motif',
      owner: partner,
      remedy: `Choisir une autre date, ou voir avec ${partner} qui est de permanence.`,
    }),
    taken: (_, { partner }) => ({
      rule: 'pris à cette heure',
      owner: partner,
      remedy: 'Choisir une autre heure : une annulation peut aussi libérer celle-ci.',
    }),
    'other-hours': (_, { partner }) => ({
      rule: 'pas à cette heure ce jour-là',
      owner: partner,
      remedy: 'Choisir l’une des heures de ce jour.',
    }),
    'agent-elsewhere': (name, { partner }) => ({
      rule: `${name} n’y reçoit pas ce jour-là`,
      owner: partner,
      remedy: 'Choisir un autre jour avec la même personne, ou quelqu’un d’autre ce jour-là.',
    }),
    'no-date': (_, { partner }) => ({
      rule: 'pas de permanence ce jour-là',
      owner: partner,
      remedy: 'Choisir un autre jour, ou laisser cette date.',
    }),
    'not-laid-out': (_, { partner }) => ({
      rule: 'trop loin : les permanences ne sont pas encore ouvertes',
      owner: `${partner}, Permanences`,
      remedy: 'Réserver jusque-là, puis répéter le dernier rendez-vous le moment venu.',
    }),
  },
  en: {
    'public-holiday': (cause) => ({ rule: cause, owner: 'Public holidays', remedy: 'Choose another date.' }),
    closed: (cause) => ({
      rule: cause || 'closed',
      owner: 'The person in charge, Settings › Closures',
      remedy: 'Choose another date, or see the person in charge about the closure.',
    }),
    cancelled: (cause, { partner }) => ({
      rule: cause || 'cancelled',
      owner: partner,
      remedy: `Choose another date, or ask ${partner} to restore it.`,
    }),
    full: (_, { partner }) => ({
      rule: 'full',
      owner: partner,
      remedy: 'Choose another date: a cancellation may free a place.',
    }),
    absent: (_, { partner }) => ({
      rule: 'whoever receives is away',
      owner: partner,
      remedy: `Choose another date, or ask ${partner} for someone else.`,
    }),
    notice: (_, { partner, noticeHours }) => ({
      rule: `too soon: ${hours(noticeHours, 'en')} of notice online`,
      owner: `${partner}, Settings › Reasons`,
      remedy: 'The front desk can still book it.',
    }),
    horizon: (_, { partner, horizonDays }) => ({
      rule: `booked online at most ${hours(horizonDays * 24, 'en')} ahead`,
      owner: `${partner}, Settings › Reasons`,
      remedy: 'The front desk can book further ahead.',
    }),
    audience: (_, { partner }) => ({
      rule: 'not booked online',
      owner: `${partner}, Settings › Reasons`,
      remedy: 'Book at the front desk or by telephone.',
    }),
    'no-room': (_, { partner }) => ({
      rule: 'the room does not suit, or there is none',
      owner: partner,
      remedy: 'Change the room of that date, from the day’s board.',
    }),
    'no-agent': (_, { partner }) => ({
      rule: 'nobody who receives for this reason that day',
      owner: partner,
      remedy: `Choose another date, or ask ${partner} who is on duty.`,
    }),
    taken: (_, { partner }) => ({
      rule: 'taken at that hour',
      owner: partner,
      remedy: 'Choose another hour: a cancellation may free this one too.',
    }),
    'other-hours': (_, { partner }) => ({
      rule: 'not at that hour on that day',
      owner: partner,
      remedy: 'Choose one of the hours of that day.',
    }),
    'agent-elsewhere': (name, { partner }) => ({
      rule: `${name} does not receive there that day`,
      owner: partner,
      remedy: 'Choose another day with the same person, or someone else that day.',
    }),
    'no-date': (_, { partner }) => ({
      rule: 'no session that day',
      owner: partner,
      remedy: 'Choose another day, or leave this date out.',
    }),
    'not-laid-out': (_, { partner }) => ({
      rule: 'too far ahead: sessions are not open yet',
      owner: `${partner}, Permanences`,
      remedy: 'Book until then, and repeat the last appointment when the time comes.',
    }),
  },
};

/** A rule said of one day, in the viewer's language. */
export function notOffered(
  why: Why,
  about: { date: NotOffered['date']; siteId: string | null; cause?: string },
  told: Told,
): NotOffered {
  const { rule, ...words } = WORDS[told.language][why](about.cause ?? '', told);
  return { date: about.date, motifId: told.motifId, siteId: about.siteId, why, text: rule, ...words };
}

const BY_VERDICT: Partial<Record<Verdict, Why>> = {
  full: 'full',
  notice: 'notice',
  'no-room': 'no-room',
  'no-agent': 'no-agent',
  cancelled: 'cancelled',
};

/**
 * Why a date of the motif has no slot to offer; null when it has some, or when it is only over already.
 * The cause is named as it is: "fermeture" is not "férié".
 */
export function whyNotOffered(date: FoundDate, need: Need, earliest: Instant, told: Told): NotOffered | null {
  const day = dateOf(toLocal(date.during.start, told.zone));
  const about = { date: day, siteId: date.siteId, cause: date.cause };
  const why = BY_VERDICT[date.verdict];
  if (why) return notOffered(why, about, told);
  if (date.verdict === 'skipped') {
    const planned = dateOf(date.originalStart);
    const holiday = holidayOf(date.cause, planned, told.language);
    if (holiday !== null) return notOffered('public-holiday', { ...about, date: planned, cause: holiday }, told);
    return notOffered('closed', { ...about, date: planned, cause: sayCause(date.cause, planned, told.language) }, told);
  }
  if (date.verdict === 'over') return null;
  const openWith = (busy: (one: { away: boolean }) => boolean): boolean => {
    const counters = date.counters.map((counter) => ({ ...counter, busy: counter.busy.filter(busy) }));
    return offer({ ...date, counters }, need, earliest).length > 0;
  };
  if (openWith(() => true) || !openWith(() => false)) return null;
  return notOffered(openWith(({ away }) => !away) ? 'absent' : 'full', about, told);
}
