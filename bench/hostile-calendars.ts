import { type Draw, ruleText } from './random-rules';

/** Files that calendars are not, or should not be. */
const KNOWN: readonly (() => string)[] = [
  () => '',
  () => '\ufeff',
  () => '<!doctype html><html><body>BEGIN:VCALENDAR</body></html>',
  () => 'BEGIN:VCALENDAR\nBEGIN:VEVENT\n'.repeat(40_000),
  () => file('BEGIN:VALARM\n'.repeat(100_000)),
  () => file(event(`DESCRIPTION:${'\n x'.repeat(400_000)}`)),
  () => file(event(`DTSTART;TZID=${'"'.repeat(900_000)}:20270107T090000`)),
  () => file(event(`DTSTART${';A=B'.repeat(300_000)}:20270107T090000`)),
  () => file(event(START, `RDATE:${'20270107T090000,'.repeat(100_000)}20270108T090000`)),
  () => file(event(START, 'RRULE:FREQ=DAILY', `EXDATE:${'20270107T090000,'.repeat(100_000)}`)),
  () => file(...many(5_000, (n) => event(`UID:${n}`, START, 'DURATION:PT1H'))),
  () =>
    file(
      ...many(4_900, (n) => event('UID:same', `DTSTART:2027010${1 + (n % 9)}T0900${String(n % 60).padStart(2, '0')}`)),
    ),
  () => file(...many(4_900, (n) => event('UID:same', START, 'RRULE:FREQ=DAILY', `RECURRENCE-ID:${day(n)}T090000`))),
  () =>
    file(...many(3_000, (n) => event(START, `RRULE:FREQ=YEARLY;INTERVAL=52;BYMONTH=2;BYMONTHDAY=29;COUNT=${1 + n}`))),
  () => file(...many(3_000, (n) => event(START, `RRULE:FREQ=DAILY;BYSETPOS=1,-1;BYDAY=MO;COUNT=${9_000 - n}`))),
  () => file(...many(3_000, (n) => event(`DTSTART;TZID=Zone ${n}:20270107T090000`))),
  () => file(...many(3_000, (n) => event(`DTSTART;TZID=Etc/GMT+${n % 14}:20270107T090000`, 'RRULE:FREQ=WEEKLY'))),
  () =>
    file(...many(100, (n) => zone(`Z${n}`)), ...many(3_000, (n) => event(`DTSTART;TZID=Z${n % 100}:20270107T090000`))),
];

const START = 'DTSTART:20270107T090000';

function file(...inside: string[]): string {
  return ['BEGIN:VCALENDAR', ...inside, 'END:VCALENDAR', ''].join('\r\n');
}

function event(...lines: string[]): string {
  return ['BEGIN:VEVENT', 'SUMMARY:Permanence', ...lines, 'END:VEVENT'].join('\r\n');
}

function many(count: number, make: (number: number) => string): string[] {
  return Array.from({ length: count }, (_, number) => make(number));
}

function day(number: number): string {
  return `20${27 + (Math.floor(number / 336) % 70)}${String(1 + (Math.floor(number / 28) % 12)).padStart(2, '0')}${String(1 + (number % 28)).padStart(2, '0')}`;
}

function zone(name: string): string {
  const parts = many(60, (n) => {
    const kind = n % 2 ? 'STANDARD' : 'DAYLIGHT';
    const rule = `RRULE:FREQ=YEARLY;BYMONTH=${1 + (n % 12)};BYDAY=${1 + (n % 4)}SU`;
    const offsets = `TZOFFSETFROM:+0${n % 10}00\r\nTZOFFSETTO:+0${(n + 1) % 10}00`;
    return `BEGIN:${kind}\r\nDTSTART:16010101T0${n % 10}0000\r\n${offsets}\r\n${rule}\r\nEND:${kind}`;
  });
  return ['BEGIN:VTIMEZONE', `TZID:${name}`, ...parts, 'END:VTIMEZONE'].join('\r\n');
}

const ZONES = [
  'Europe/Paris',
  'Romance Standard Time',
  'Z1',
  '"(UTC+01:00) Paris"',
  'Nulle part',
  'America/New_York',
  '',
];
const MOMENTS = [
  '20270107T090000',
  '20270107T090000Z',
  '20270107',
  '20270328T023000',
  '00000000T000000',
  '99991231T235959Z',
];
const OTHERS = [
  'DURATION:PT1H',
  'DURATION:-P99999999D',
  'STATUS:CANCELLED',
  'EXDATE;VALUE=DATE:20270114,20270121',
  'RDATE;VALUE=PERIOD:20270111T080000Z/PT2H,20270112T080000Z/20270112T090000Z',
  'RECURRENCE-ID:20270114T090000',
  'RECURRENCE-ID;RANGE=THISANDFUTURE:20270114T090000Z',
  'EXRULE:FREQ=DAILY',
  'BEGIN:VALARM',
  'END:VALARM',
  'LOCATION:Bureau 2\\, 3 rue du B\u00e9arn',
  'SUMMARY:A\\nB\\;\u202e\ud800',
];
const PIECES = [
  ':',
  ';',
  '=',
  '"',
  ',',
  '\r\n ',
  '\r',
  '\n',
  '\0',
  'BEGIN:VEVENT',
  'END:VEVENT',
  'TZID',
  'T',
  'Z',
  '9',
  'é',
  '💥',
];

/** The calendar of this number: one of those known, then mangled ones. */
export function hostileCalendar(
  number: number,
  draw: Draw,
  mangled: (text: string, pieces: readonly string[]) => string,
): string {
  const known = KNOWN[number];
  if (known) return known();
  const events = many(draw.number(1, 12), () => {
    const start = () => `${draw.percent(50) ? `;TZID=${draw.one(ZONES)}` : ''}:${draw.one(MOMENTS)}`;
    const rules = draw.percent(60)
      ? [`RRULE:${ruleText(draw)}${draw.one(['', ';COUNT=9', ';BYSETPOS=2', ';BYWEEKNO=3'])}`]
      : [];
    const others = many(draw.number(0, 5), () => draw.one(OTHERS));
    return event(
      `UID:${draw.number(1, 4)}`,
      `DTSTART${start()}`,
      ...(draw.percent(50) ? [`DTEND${start()}`] : []),
      ...rules,
      ...others,
    );
  });
  const text = file(zone('Z1'), ...events);
  return draw.percent(40) ? text : mangled(text, PIECES);
}
