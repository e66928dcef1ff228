import type { Dictionary } from '../../i18n/language';

const fr = {
  title: (count: number) => (count > 1 ? `${count} dates à décider` : 'Une date à décider'),
  how: 'Sans rien décider, une date sans bureau ou sans agent est gardée, et à régler.',
  room: (name: string, lent: string) => (lent ? `${name} (${lent})` : name),
  withoutRoom: 'Sans bureau',
  skip: 'Passer cette date',
  moveTo: (day: string) => `Reporter au ${day}`,
  otherDay: 'Un autre jour…',
  anyway: 'Tenir quand même',
  day: 'Jour',
  move: 'Reporter',
  undo: 'Revenir',
  undoOf: (day: string) => `Revenir sur ce qui est décidé du ${day}`,
  group: (day: string) => `Que faire du ${day}`,
  chosen: {
    room: (name: string) => `dans ${name}`,
    'without-room': 'sans bureau',
    skip: 'pas de permanence',
    move: (day: string) => `reportée au ${day}`,
    anyway: 'tenue quand même',
  },
  done: 'C’est fait pour cette date.',
};

const en: typeof fr = {
  title: (count) => (count > 1 ? `${count} dates to decide` : 'One date to decide'),
  how: 'With nothing decided, a date without a room or an agent is kept, and to be settled.',
  room: (name, lent) => (lent ? `${name} (${lent})` : name),
  withoutRoom: 'Without a room',
  skip: 'Skip this date',
  moveTo: (day) => `Move to ${day}`,
  otherDay: 'Another day…',
  anyway: 'Hold it anyway',
  day: 'Day',
  move: 'Move',
  undo: 'Go back',
  undoOf: (day) => `Go back on what is decided of ${day}`,
  group: (day) => `What to do with ${day}`,
  chosen: {
    room: (name) => `in ${name}`,
    'without-room': 'without a room',
    skip: 'not held',
    move: (day) => `moved to ${day}`,
    anyway: 'held anyway',
  },
  done: 'Done for this date.',
};

export const obstacleWords: Dictionary<typeof fr> = { fr, en };
