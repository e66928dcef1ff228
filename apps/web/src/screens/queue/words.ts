import type { VisitOutcome } from '@app/contract';
import type { Dictionary } from '../../i18n/language';

const rank = (place: number) => (place === 1 ? '1re' : `${place}e`);
const rankEn = (place: number) => {
  const suffix = place % 100 > 10 && place % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${suffix}`;
};

const fr = {
  join: 'Ajouter à la file',
  joinFor: (what: string) => `Ajouter à la file : ${what}`,
  joinTitle: 'Ajouter à la file',
  who: 'Qui ?',
  whoHint: 'Un nom connu, un prénom, ou rien : le numéro suffit.',
  people: 'Personnes',
  asWritten: 'Tel quel',
  named: (typed: string) => `« ${typed} », sans fiche`,
  other: 'Une autre personne',
  urgent: 'Urgent : passe avant',
  afterwards: 'Saisi après coup',
  arrivedAt: 'Arrivée à',
  anyway: 'Ajouter quand même',
  joined: (number: number, before: number) =>
    before === 0 ? `N°\u00a0${number} : c’est à son tour.` : `N°\u00a0${number} : ${before} avant.`,
  waiting: 'En attente',
  nobody: 'Personne n’attend.',
  number: (number: number) => `n°\u00a0${number}`,
  rank,
  ahead: (count: number) =>
    count === 0 ? 'passe maintenant' : count === 1 ? '1 personne avant' : `${count} personnes avant`,
  since: (time: string) => `depuis ${time}`,
  received: 'avec l’agent',
  isUrgent: 'urgent',
  receive: 'Faire entrer',
  left: 'Parti·e',
  leftWhole: 'Parti·e sans être reçu·e',
  orient: 'Orienter',
  finish: 'Terminer',
  finishHow: 'Quelle première réponse ?',
  outcomes: {
    answered: 'Répondu',
    appointment: 'Rendez-vous pris',
    oriented: 'Orienté·e ailleurs',
    'call-back': 'À rappeler',
  } as Record<Exclude<VisitOutcome, 'left'>, string>,
  receivedSaid: (who: string) => `${who} est reçu·e.`,
  leftSaid: (who: string) => `${who} est parti·e.`,
  doneSaid: (who: string, outcome: string) => `${who} : ${outcome.toLowerCase()}.`,
  queue: (count: number) => (count === 0 ? 'Personne n’attend' : count === 1 ? '1 attend' : `${count} attendent`),
  lastEntry: 'Dernière entrée',
  lastEntrySaid: 'La file est fermée : personne de plus n’y est envoyé.',
  isClosed: 'Dernière entrée dite.',
  reopen: 'Rouvrir la file',
  reopened: 'La file est rouverte.',
};

const en: typeof fr = {
  join: 'Add to the queue',
  joinFor: (what: string) => `Add to the queue: ${what}`,
  joinTitle: 'Add to the queue',
  who: 'Who?',
  whoHint: 'A known name, a first name, or nothing: the number is enough.',
  people: 'People',
  asWritten: 'As written',
  named: (typed: string) => `“${typed}”, without a record`,
  other: 'Someone else',
  urgent: 'Urgent: passes first',
  afterwards: 'Entered afterwards',
  arrivedAt: 'Arrived at',
  anyway: 'Add all the same',
  joined: (number: number, before: number) =>
    before === 0 ? `No. ${number}: next in turn.` : `No. ${number}: ${before} before.`,
  waiting: 'Waiting',
  nobody: 'Nobody waits.',
  number: (number: number) => `no. ${number}`,
  rank: rankEn,
  ahead: (count: number) => (count === 0 ? 'next in turn' : count === 1 ? '1 person before' : `${count} people before`),
  since: (time: string) => `since ${time}`,
  received: 'with the agent',
  isUrgent: 'urgent',
  receive: 'Call in',
  left: 'Left',
  leftWhole: 'Left without being received',
  orient: 'Orient',
  finish: 'Finish',
  finishHow: 'What first answer?',
  outcomes: {
    answered: 'Answered',
    appointment: 'Appointment made',
    oriented: 'Sent elsewhere',
    'call-back': 'To call back',
  },
  receivedSaid: (who: string) => `${who} is received.`,
  leftSaid: (who: string) => `${who} has left.`,
  doneSaid: (who: string, outcome: string) => `${who}: ${outcome.toLowerCase()}.`,
  queue: (count: number) => (count === 0 ? 'Nobody waits' : count === 1 ? '1 waits' : `${count} wait`),
  lastEntry: 'Last entry',
  lastEntrySaid: 'The queue is closed: nobody more is sent to it.',
  isClosed: 'Last entry said.',
  reopen: 'Reopen the queue',
  reopened: 'The queue is open again.',
};

export const queueWords: Dictionary<typeof fr> = { fr, en };
