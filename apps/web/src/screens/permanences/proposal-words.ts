import type { Dictionary } from '../../i18n/language';

const fr = {
  waits: 'en attente d’accord',
  kind: { publication: 'Publication', change: 'Changement', stop: 'Arrêt' },
  asked: (kind: string, by: string, moment: string) =>
    `${kind} ${kind.endsWith('ion') ? 'demandée' : 'demandé'}${by && ` par ${by}`}, ${moment}.`,
  waiting: 'En attente de l’accord du responsable',
  waitingHow: 'Rien ne change avant sa réponse.',
  refused: (by: string) => (by ? `Refusé par ${by}` : 'Refusé'),
  withdraw: 'Retirer la demande',
  withdrawn: 'Demande retirée.',
  look: 'Voir et répondre',
  answer: 'Répondre à la demande',
  changes: 'Ce qui change',
  approve: 'Accorder',
  approved: 'Demande accordée',
  refuse: 'Refuser',
  refusedDone: 'Demande refusée : le partenaire lit pourquoi.',
  reason: 'Pourquoi',
  reasonHint: 'Le partenaire le lit sur sa permanence.',
  behind: 'La permanence a changé depuis : le partenaire doit demander à nouveau. Refusez en disant pourquoi.',
  toAnswer: 'Demandes des partenaires',
  toAnswerCount: (count: number) =>
    count > 1 ? `${count} demandes de partenaires attendent` : 'Une demande d’un partenaire attend',
  askPublish: 'Demander la publication',
  asksFirst: 'Le responsable donne son accord avant que cela ne prenne effet.',
  askedDone: 'Demande envoyée au responsable',
  askedDetail: 'Rien ne change avant son accord.',
};

const en: typeof fr = {
  waits: 'awaiting approval',
  kind: { publication: 'Publication', change: 'Change', stop: 'End' },
  asked: (kind: string, by: string, moment: string) => `${kind} asked${by && ` by ${by}`}, ${moment}.`,
  waiting: 'Awaiting the approval of the person in charge',
  waitingHow: 'Nothing changes before the answer.',
  refused: (by: string) => (by ? `Refused by ${by}` : 'Refused'),
  withdraw: 'Withdraw the request',
  withdrawn: 'Request withdrawn.',
  look: 'See and answer',
  answer: 'Answer the request',
  changes: 'What changes',
  approve: 'Approve',
  approved: 'Request approved',
  refuse: 'Refuse',
  refusedDone: 'Request refused: the partner reads why.',
  reason: 'Why',
  reasonHint: 'The partner reads it on the permanence.',
  behind: 'The permanence changed since: the partner must ask again. Refuse and say why.',
  toAnswer: 'Requests from partners',
  toAnswerCount: (count: number) =>
    count > 1 ? `${count} requests from partners wait` : 'A request from a partner waits',
  askPublish: 'Ask to publish',
  asksFirst: 'The person in charge agrees before this takes effect.',
  askedDone: 'Request sent to the person in charge',
  askedDetail: 'Nothing changes before the approval.',
};

export const proposalWords: Dictionary<typeof fr> = { fr, en };
