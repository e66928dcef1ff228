import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'À régler',
  lead: 'Ce qui ne peut pas se tenir ensemble : une salle prise, un agent déjà pris, un rendez-vous sans séance.',
  nothing: 'Rien à régler',
  nothingHow: 'Quand deux permanences voudront la même salle, vous le verrez ici avec les salles libres.',
  kind: {
    'room-taken': (wanted: string, by: string) => `${wanted} : ${by ? `prise par ${by}` : 'déjà prise'}.`,
    'agent-taken': (wanted: string, by: string) => `${wanted} : ${by ? `déjà à ${by}` : 'déjà pris·e ailleurs'}.`,
    'appointment-stranded': (wanted: string) => `${wanted} : le rendez-vous ne peut plus se tenir ainsi.`,
    'agent-away': (wanted: string) => `${wanted} : absent·e, personne d’autre n’est prévu.`,
    'office-borrowed': (wanted: string, by: string) =>
      `${wanted} : ${by ? `emprunté par ${by}` : 'emprunté'}, qui le garde à ces heures.`,
  },
  roomClosed: (wanted: string, cause: string) =>
    `${wanted} : salle fermée ce jour-là${cause ? ` (${cause})` : ''}. La date est gardée, dans une autre salle ou sans.`,
  freed: (wanted: string) => `${wanted} vient de se libérer : cette date peut l’avoir.`,
  give: (room: string, lent: string) => (lent ? `Donner ${room} (${lent})` : `Donner ${room}`),
  given: (title: string, room: string) => `${title} : ${room}.`,
  noRoom: 'Aucune salle libre à ces heures.',
  way: {
    room: (room: string) => `${room}, même heure`,
    hour: (when: string, room: string) => [when, room].filter(Boolean).join(' · '),
    agent: (agent: string, room: string) => [`Avec ${agent}, même heure`, room].filter(Boolean).join(' · '),
  },
  elsewhere: 'même heure',
  noWay: 'Rien de libre cette semaine : choisissez avec la personne.',
  toldOf: 'La personne est prévenue d’une autre heure ou d’un autre agent, pas d’une autre salle.',
  see: 'Voir',
  seeAppointment: 'Voir le rendez-vous',
  settle: 'Laisser ainsi',
  settled: 'Réglé : laissé ainsi.',
};

const en: typeof fr = {
  title: 'To settle',
  lead: 'What cannot hold together: a room taken, an agent already taken, an appointment without its date.',
  nothing: 'Nothing to settle',
  nothingHow: 'When two permanences want the same room, you will see it here with the free rooms.',
  kind: {
    'room-taken': (wanted: string, by: string) => `${wanted}: ${by ? `taken by ${by}` : 'already taken'}.`,
    'agent-taken': (wanted: string, by: string) => `${wanted}: ${by ? `already at ${by}` : 'already taken elsewhere'}.`,
    'appointment-stranded': (wanted: string) => `${wanted}: the appointment can no longer be kept so.`,
    'agent-away': (wanted: string) => `${wanted}: away, and nobody else is expected.`,
    'office-borrowed': (wanted: string, by: string) =>
      `${wanted}: ${by ? `borrowed by ${by}` : 'borrowed'}, who keeps it at these hours.`,
  },
  roomClosed: (wanted: string, cause: string) =>
    `${wanted}: closed that day${cause ? ` (${cause})` : ''}. The date is kept, in another room or in none.`,
  freed: (wanted: string) => `${wanted} has come free: this date can have it.`,
  give: (room: string, lent: string) => (lent ? `Give ${room} (${lent})` : `Give ${room}`),
  given: (title: string, room: string) => `${title}: ${room}.`,
  noRoom: 'No free room at these hours.',
  way: {
    room: (room) => `${room}, same hour`,
    hour: (when, room) => [when, room].filter(Boolean).join(' · '),
    agent: (agent, room) => [`With ${agent}, same hour`, room].filter(Boolean).join(' · '),
  },
  elsewhere: 'same hour',
  noWay: 'Nothing is free this week: choose with the person.',
  toldOf: 'The person is told of another hour or agent, not of another room.',
  see: 'See',
  seeAppointment: 'See the appointment',
  settle: 'Leave it so',
  settled: 'Settled: left so.',
};

export const toSettleWords: Dictionary<typeof fr> = { fr, en };
