import type { Dictionary } from '../../i18n/language';

const count = (n: number) => `${n}\u00a0rendez-vous`;

const fr = {
  repeat: 'Répéter ce rendez-vous',
  title: 'Répéter ce rendez-vous',
  aloneHow: 'Hors permanence, un rendez-vous ne se répète pas : reprenez-en un à chaque date.',
  rhythm: 'Rythme',
  everyWeeks: (n: number) =>
    n === 1 ? 'Toutes les semaines' : n === 2 ? 'Une semaine sur deux' : `Toutes les ${n} semaines`,
  everyMonth: (rank: number, weekday: string) =>
    `Chaque mois, le ${rank > 4 ? 'dernier' : rank === 1 ? '1er' : `${rank}e`} ${weekday}`,
  end: 'Jusqu’à quand',
  byTimes: 'Nombre de fois',
  byDay: 'Jusqu’à une date',
  times: 'Combien de fois',
  timesHint: 'De 2 à 24, ce rendez-vous compris',
  until: 'Dernier jour',
  with: 'Avec',
  anyone: 'Qui est libre',
  dates: 'Les dates',
  verdict: { free: 'libre', 'other-hour': 'autre heure', 'not-possible': 'pas possible' },
  leftOut: 'laissée',
  booked: 'pris',
  refused: 'pas pris',
  at: (hour: string, why: string) => `${hour} : ${why}`,
  sum: (free: number, other: number, none: number, already: number) =>
    [
      free > 0 ? `${free} ${free > 1 ? 'dates libres' : 'date libre'}` : 'Aucune date libre',
      other > 0 && `${other} à une autre heure`,
      none > 0 && `${none} pas ${none > 1 ? 'possibles' : 'possible'}`,
      already > 0 && `${already} déjà ${already > 1 ? 'prises' : 'prise'}`,
    ]
      .filter(Boolean)
      .join(', '),
  none: 'Aucune date : choisissez un jour plus lointain.',
  tooFar: 'Une série s’arrête à 24 dates : répétez ensuite le dernier rendez-vous.',
  bookNow: (n: number) => (n === 0 ? 'Choisissez des dates' : `Réserver ${count(n)}`),
  done: (n: number) => `${count(n)} pris.`,
  someRefused: (n: number) =>
    n === 1
      ? 'Une date n’a pas pu être prise : choisissez-en une autre, ou laissez-la.'
      : `${n} dates n’ont pas pu être prises : choisissez-en d’autres, ou laissez-les.`,
  finish: 'Terminer',
  print: 'Imprimer les dates',
  wait: 'Liste d’attente',
  waitOn: (date: string) => `Mettre en liste d’attente pour le ${date}`,
  waits: 'En liste d’attente ce jour-là : une place libérée lui sera proposée.',
  undone: (n: number) => (n === 1 ? 'Rendez-vous retiré.' : `${count(n)} retirés : les créneaux sont libres.`),
  restored: (n: number) => (n === 1 ? 'Rendez-vous rétabli.' : `${count(n)} rétablis.`),
  notUndone: (n: number) => `${n} ${n === 1 ? 'n’a pas pu l’être' : 'n’ont pas pu l’être'} :`,
  nthOf: (nth: number, of: number) => `${nth === 1 ? '1er' : `${nth}e`} de ${of}`,
  series: 'Série',
  sisters: 'Les dates de la série',
  thisOne: 'celui-ci',
  whichOnes: 'Lesquels annuler',
  onlyThis: 'Ce rendez-vous',
  following: (n: number) => `Celui-ci et les suivants (${n})`,
  cancelledMany: (n: number) => `${count(n)} annulés.`,
};

const countEn = (n: number) => `${n} appointments`;
const rankEn = (n: number) => ['1st', '2nd', '3rd'][n - 1] ?? `${n}th`;

const en: typeof fr = {
  repeat: 'Repeat this appointment',
  title: 'Repeat this appointment',
  aloneHow: 'Outside any permanence an appointment is not repeated: make one for each date.',
  rhythm: 'Rhythm',
  everyWeeks: (n) => (n === 1 ? 'Every week' : n === 2 ? 'Every other week' : `Every ${n} weeks`),
  everyMonth: (rank, weekday) => `Each month, the ${rank > 4 ? 'last' : rankEn(rank)} ${weekday}`,
  end: 'Until when',
  byTimes: 'So many times',
  byDay: 'Until a day',
  times: 'How many times',
  timesHint: '2 to 24, this one included',
  until: 'Last day',
  with: 'With',
  anyone: 'Whoever is free',
  dates: 'The dates',
  verdict: { free: 'free', 'other-hour': 'another hour', 'not-possible': 'not possible' },
  leftOut: 'left out',
  booked: 'booked',
  refused: 'not booked',
  at: (hour, why) => `${hour}: ${why}`,
  sum: (free, other, none, already) =>
    [
      free > 0 ? `${free} ${free === 1 ? 'date' : 'dates'} free` : 'No date free',
      other > 0 && `${other} at another hour`,
      none > 0 && `${none} not possible`,
      already > 0 && `${already} booked already`,
    ]
      .filter(Boolean)
      .join(', '),
  none: 'No date: choose a later day.',
  tooFar: 'A series ends at 24 dates: repeat the last appointment afterwards.',
  bookNow: (n) => (n === 0 ? 'Choose dates' : n === 1 ? 'Book 1 appointment' : `Book ${countEn(n)}`),
  done: (n) => (n === 1 ? '1 appointment booked.' : `${countEn(n)} booked.`),
  someRefused: (n) =>
    n === 1
      ? 'One date could not be booked: choose another, or leave it out.'
      : `${n} dates could not be booked: choose others, or leave them out.`,
  finish: 'Finish',
  print: 'Print the dates',
  wait: 'Waiting list',
  waitOn: (date) => `Put on the waiting list for ${date}`,
  waits: 'On the waiting list that day: a freed place will be offered.',
  undone: (n) => (n === 1 ? 'Appointment taken back.' : `${countEn(n)} taken back: the slots are free.`),
  restored: (n) => (n === 1 ? 'Appointment restored.' : `${countEn(n)} restored.`),
  notUndone: (n) => `${n} could not be:`,
  nthOf: (nth, of) => `${rankEn(nth)} of ${of}`,
  series: 'Series',
  sisters: 'The dates of the series',
  thisOne: 'this one',
  whichOnes: 'Which to cancel',
  onlyThis: 'This appointment',
  following: (n) => `This one and the following (${n})`,
  cancelledMany: (n) => `${countEn(n)} cancelled.`,
};

export const seriesWords: Dictionary<typeof fr> = { fr, en };
