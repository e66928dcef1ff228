import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hostileCalendar } from './hostile-calendars';
import { Draw, ruleText } from './random-rules';

/** What is fed to the readers: mangled rules, wordings and calendars, the same for the same number at every run. */
export type Kind = 'rules' | 'wordings' | 'calendars';

export const KINDS: readonly Kind[] = ['rules', 'wordings', 'calendars'];

const PHRASES = readFileSync(new URL('../../libs/recurrence/corpus/permanence-phrases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { phrase: string }).phrase);

/** Rules known to make engines hang or burn seconds, and texts that are no rule at all. */
const KNOWN_RULES = [
  'FREQ=HOURLY;INTERVAL=2;BYHOUR=1',
  'FREQ=DAILY;INTERVAL=-1',
  'FREQ=SECONDLY',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;INTERVAL=52',
  'FREQ=YEARLY;INTERVAL=52;BYMONTH=2;BYMONTHDAY=29;COUNT=10000',
  'FREQ=DAILY;INTERVAL=51;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;COUNT=10000',
  'FREQ=DAILY;COUNT=10000',
  'FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2;INTERVAL=47;COUNT=10000',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=31;BYMONTH=2',
  'FREQ=WEEKLY;UNTIL=99991231T235959Z',
  'FREQ=WEEKLY;UNTIL=00000000',
  `FREQ=WEEKLY;BYDAY=${'MO,'.repeat(150)}MO`,
  'RRULE:'.repeat(40),
  ';'.repeat(400),
  '='.repeat(400),
];

const RULE_PIECES = [
  ';',
  '=',
  ',',
  '-',
  '+',
  '0',
  '9',
  '99999999999',
  'FREQ',
  'BYDAY',
  'UNTIL',
  'COUNT',
  'MO',
  'T',
  'Z',
  '\n',
  '\0',
  ' ',
  'é',
  '💥',
];
const WORD_PIECES = [
  ...[
    'lundi',
    'mercredis',
    '1er',
    '5e',
    'sauf',
    'et',
    'de',
    'à',
    'au',
    'du',
    'un',
    'sur deux',
    'semaines paires',
    'du mois',
    'midi',
  ],
  ...[
    '9h',
    '13h030',
    '25h',
    '9h-12h/13h30-17h',
    '31 février',
    'vacances scolaires',
    'hors',
    'dernier',
    'août',
    'janvier',
    '2027',
    '(',
    ')',
  ],
  ...[
    '-',
    '–',
    '/',
    ',',
    ';',
    '.',
    ':',
    '\n',
    '\t',
    '\u00a0',
    '\u202e',
    '\0',
    '💥',
    'ﷺ',
    '<b>',
    "'",
    '"',
    '\\',
    '0',
    '999999999999',
  ],
];

/** The input of this number. */
export function hostileInput(kind: Kind, number: number): string {
  const draw = new Draw(number);
  switch (kind) {
    case 'rules':
      return hostileRule(number, draw);
    case 'wordings':
      return hostileWording(number, draw);
    case 'calendars':
      return hostileCalendar(number, draw, (text, pieces) => mangled(text, pieces, draw));
  }
}

function hostileRule(number: number, draw: Draw): string {
  const known = KNOWN_RULES[number];
  if (known !== undefined) return known;
  const bounds = ['', '', `;COUNT=${draw.number(1, 10_000)}`, `;UNTIL=${draw.number(1900, 9999)}1231T235959Z`];
  const text = ruleText(draw) + draw.one(bounds);
  return draw.percent(60) ? text : mangled(text, RULE_PIECES, draw);
}

function hostileWording(number: number, draw: Draw): string {
  const phrase = PHRASES[number];
  if (phrase !== undefined) return phrase;
  switch (draw.number(0, 4)) {
    case 0:
      return mangled(draw.one(PHRASES), WORD_PIECES, draw);
    case 1:
      return `${draw.one(PHRASES)} ${draw.one(WORD_PIECES)} ${draw.one(PHRASES)}`;
    case 2:
      return Array.from({ length: draw.number(1, 60) }, () => draw.one(WORD_PIECES)).join(draw.one([' ', '', ', ']));
    case 3:
      // As long as is read at all: a piece, or a whole phrase, again and again.
      return `${draw.one(draw.percent(50) ? PHRASES : WORD_PIECES)}${draw.one(['', ' ', ', '])}`
        .repeat(400)
        .slice(0, draw.number(500, 3000));
    default:
      return String.fromCharCode(...Array.from({ length: draw.number(0, 300) }, () => draw.number(0, 0xffff)));
  }
}

/** Some pieces cut out, doubled, moved or put in. */
function mangled(text: string, pieces: readonly string[], draw: Draw): string {
  let now = text;
  for (let times = draw.number(1, 6); times > 0; times -= 1) {
    const at = draw.number(0, now.length);
    const to = Math.min(now.length, at + draw.number(0, 6));
    const middle = draw.one([
      '',
      draw.one(pieces),
      now.slice(at, to).repeat(2),
      draw.one(pieces).repeat(draw.number(1, 9)),
    ]);
    now = now.slice(0, at) + middle + now.slice(to);
  }
  return now;
}

/** The file of the thread that answers. */
export const ANSWERER = fileURLToPath(new URL('./hostile-answers.js', import.meta.url));
