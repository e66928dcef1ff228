import { plainDate } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import { type CalendarContent, type CalendarLine, readCalendar } from '.';

const READER = { today: plainDate('2027-01-04'), zone: 'Europe/Paris' };

function file(lines: readonly string[], end = '\r\n'): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join(end);
}

function event(...lines: string[]): string[] {
  return ['BEGIN:VEVENT', 'SUMMARY:Permanence', ...lines, 'END:VEVENT'];
}

function read(lines: readonly string[], end?: string): CalendarContent {
  const reading = readCalendar(file(lines, end), READER);
  if (!reading.ok) throw new Error(reading.why);
  return reading;
}

/** `WEEKLY… 2027-01-07 09:00–12:00 without …` */
function said({ rrule, from, start, end, without }: CalendarLine): string {
  const hours = `${start ?? '?'}–${end ?? '?'}`;
  return [rrule.replace('FREQ=', ''), from, hours, ...(without.length ? [`without ${without}`] : [])].join(' ');
}

const lines = (reading: CalendarContent) => reading.lines.map(said);
const whys = (reading: CalendarContent) => reading.notKept.map(({ why }) => why);

const THURSDAYS = [
  'DTSTART;TZID=Europe/Paris:20240104T090000',
  'DTEND;TZID=Europe/Paris:20240104T120000',
  'RRULE:FREQ=WEEKLY',
];

describe('rules', () => {
  it('one that began years ago begins with its next date, in the same weeks', () => {
    expect(lines(read(event(...THURSDAYS)))).toEqual(['WEEKLY 2027-01-07 09:00–12:00']);
    const every = event(...THURSDAYS.slice(0, 2), 'RRULE:FREQ=WEEKLY;INTERVAL=2');
    expect(lines(read(every))).toEqual(['WEEKLY;INTERVAL=2 2027-01-14 09:00–12:00']);
  });

  it('a COUNT that began before ends on the same day', () => {
    const counted = event('DTSTART:20261203T090000', 'DURATION:PT3H', 'RRULE:FREQ=WEEKLY;COUNT=8');
    expect(lines(read(counted))).toEqual(['WEEKLY;UNTIL=20270121 2027-01-07 09:00–12:00']);
  });

  it('an UNTIL in UTC keeps its last date, and the hour of DTSTART said again is no more than that', () => {
    const until = event(...THURSDAYS.slice(0, 2), 'RRULE:FREQ=WEEKLY;BYHOUR=9;BYMINUTE=0;UNTIL=20270701T070000Z');
    expect(lines(read(until))).toEqual(['WEEKLY;UNTIL=20270701 2027-01-07 09:00–12:00']);
  });

  it('positions of one weekday in the month are its ranks', () => {
    const ranked = event('DTSTART:20270106T090000', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=WE;BYSETPOS=1,-1');
    expect(lines(read(ranked))).toEqual(['MONTHLY;BYDAY=1WE,-1WE 2027-01-06 09:00–10:00']);
  });

  it('one that we do not hold is told by its dates when it ends, and is not kept when it does not', () => {
    const weeks = ['DTSTART:20270107T090000', 'DURATION:PT1H'];
    const bounded = read(event(...weeks, 'RRULE:FREQ=YEARLY;BYWEEKNO=1,20,40;BYDAY=TH;COUNT=3'));
    expect(bounded.lines.map(({ from }) => from)).toEqual(['2027-01-07', '2027-05-20', '2027-10-07']);
    const endless = read(event(...weeks, 'RRULE:FREQ=YEARLY;BYWEEKNO=1,20,40;BYDAY=TH'));
    expect([lines(endless), whys(endless)]).toEqual([[], ['rule-without-end']]);
    expect(endless.notKept[0]?.written).toContain('BYWEEKNO');
  });

  it('hostile rules are answered', () => {
    for (const rule of [
      'FREQ=SECONDLY',
      'FREQ=HOURLY;INTERVAL=2;BYHOUR=1',
      'FREQ=DAILY;INTERVAL=-1',
      'FREQ=',
      ';;;=',
    ]) {
      expect(read(event('DTSTART:20270107T090000', `RRULE:${rule}`)).lines).toEqual([]);
    }
    const never = event('DTSTART:20270107T090000', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30');
    expect(whys(read(never))).toEqual(['rule-wrong']);
  });

  it('a first date that is none of the rule is told', () => {
    const outside = read(event('DTSTART:20270105T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=TH'));
    expect([lines(outside), whys(outside)]).toEqual([
      ['WEEKLY;BYDAY=TH 2027-01-07 09:00–10:00'],
      ['start-outside-rule'],
    ]);
  });
});

describe('dates', () => {
  it('left out are left out: in UTC, on the wall clock, or as a day', () => {
    const removed = [
      'EXDATE:20270114T080000Z',
      'EXDATE;TZID=Europe/Paris:20270121T090000',
      'EXDATE;VALUE=DATE:20270128',
    ];
    expect(lines(read(event(...THURSDAYS, ...removed)))).toEqual([
      'WEEKLY 2027-01-07 09:00–12:00 without 2027-01-14,2027-01-21,2027-01-28',
    ]);
  });

  it('a rule whose next date is left out begins with the one after', () => {
    expect(lines(read(event(...THURSDAYS, 'EXDATE;VALUE=DATE:20270107')))).toEqual(['WEEKLY 2027-01-14 09:00–12:00']);
  });

  it('added are added, those with an end of their own too', () => {
    const added = [
      'RDATE;VALUE=PERIOD:20270111T080000Z/20270111T100000Z,20270112T080000Z/PT1H',
      'RDATE:20270113T090000',
    ];
    expect(lines(read(event(...THURSDAYS, ...added)))).toEqual([
      'WEEKLY 2027-01-07 09:00–12:00',
      'DAILY;COUNT=1 2027-01-11 09:00–11:00',
      'DAILY;COUNT=1 2027-01-12 09:00–10:00',
      'DAILY;COUNT=1 2027-01-13 09:00–12:00',
    ]);
  });

  it('moved or cancelled by an event of their own are so; one whose words alone changed stays in its rule', () => {
    const series = event('UID:a', ...THURSDAYS);
    const moved = event(
      'UID:a',
      'RECURRENCE-ID;TZID=Europe/Paris:20270114T090000',
      'DTSTART:20270115T140000',
      'DURATION:PT1H',
    );
    const gone = event('UID:a', 'RECURRENCE-ID:20270121T080000Z', 'DTSTART:20270121T090000', 'STATUS:CANCELLED');
    const alike = event(
      'UID:a',
      'RECURRENCE-ID:20270128T080000Z',
      'DTSTART:20270128T090000',
      'DURATION:PT3H',
      'DESCRIPTION:x',
    );
    expect(lines(read([...series, ...moved, ...gone, ...alike]))).toEqual([
      'WEEKLY 2027-01-07 09:00–12:00 without 2027-01-14,2027-01-21',
      'DAILY;COUNT=1 2027-01-15 14:00–15:00',
    ]);
  });

  it('written one by one make the rule they make, exactly', () => {
    const thursdays = ['07', '14', '28'].flatMap((day) => event(`DTSTART:202701${day}T090000`, 'DURATION:PT3H'));
    expect(lines(read(thursdays))).toEqual([
      'WEEKLY;UNTIL=20270128;BYDAY=TH 2027-01-07 09:00–12:00 without 2027-01-21',
    ]);
    const ranked = ['0106', '0203', '0303', '0331'].flatMap((day) =>
      event(`DTSTART:2027${day}T090000`, 'DURATION:PT1H'),
    );
    expect(lines(read(ranked))).toEqual(['MONTHLY;UNTIL=20270331;BYDAY=1WE,5WE 2027-01-06 09:00–10:00']);
    const weekdays = ['04', '07', '11', '14', '18', '21'].flatMap((day) => event(`DTSTART:202701${day}T090000`));
    expect(lines(read(weekdays))).toEqual(['WEEKLY;UNTIL=20270121;BYDAY=MO,TH 2027-01-04 09:00–?']);
    const sixWeeks = ['0112', '0223', '0406', '0518'].flatMap((day) => event(`DTSTART:2027${day}T090000`));
    expect(lines(read(sixWeeks))).toEqual(['WEEKLY;INTERVAL=6;UNTIL=20270518;BYDAY=TU 2027-01-12 09:00–?']);
  });

  it('of the past are counted and not kept', () => {
    const past = read([
      ...event('DTSTART:20200107T090000'),
      ...event(...THURSDAYS.slice(0, 2), 'RRULE:FREQ=WEEKLY;COUNT=3'),
    ]);
    expect([past.lines, past.notKept, past.past]).toEqual([[], [], 2]);
  });

  it('without hours or without an end leave that open; those of several days are told', () => {
    const reading = read([
      ...event('DTSTART;VALUE=DATE:20270107'),
      ...event('DTSTART:20270108T090000'),
      ...event('DTSTART;VALUE=DATE:20270111', 'DTEND;VALUE=DATE:20270114'),
      ...event('DTSTART:20270112T220000', 'DTEND:20270113T020000'),
    ]);
    expect(lines(reading)).toEqual(['DAILY;COUNT=1 2027-01-07 ?–?', 'DAILY;COUNT=1 2027-01-08 09:00–?']);
    expect(whys(reading)).toEqual(['several-days', 'several-days']);
  });
});

describe('zones', () => {
  const inZone = (zone: string, extra: string[] = []) =>
    read([...extra, ...event(`DTSTART;TZID=${zone}:20270107T090000`, 'DURATION:PT3H', 'RRULE:FREQ=WEEKLY')]);

  it('of Windows, in quotes, behind a path or shown as Outlook shows them are known', () => {
    const names = [
      'Romance Standard Time',
      '"Romance Standard Time"',
      '/freeassociation.sourceforge.net/Europe/Paris',
      '"(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris"',
      'W. Europe Standard Time',
    ];
    for (const name of names) expect(lines(inZone(name))).toEqual(['WEEKLY 2027-01-07 09:00–12:00']);
    expect(lines(inZone('GMT Standard Time'))).toEqual(['WEEKLY 2027-01-07 10:00–13:00']);
  });

  const OWN = [
    ...['BEGIN:VTIMEZONE', 'TZID:Chez nous'],
    ...['BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
    ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD'],
    ...['BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
    ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'],
  ];

  it('of the calendar’s own making are read by their rules', () => {
    expect(lines(inZone('Chez nous', OWN))).toEqual(['WEEKLY 2027-01-07 09:00–12:00']);
    const still = [
      'BEGIN:VTIMEZONE',
      'TZID:Fixe',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(whys(inZone('Fixe', still))).toEqual(['clock-changes']);
  });

  it('that mean nothing are told with their name', () => {
    const unknown = inZone('Heure de Jupiter');
    expect(unknown.notKept).toEqual([
      { title: 'Permanence', why: 'unknown-zone', when: '2027-01-07T09:00', written: 'Heure de Jupiter' },
    ]);
  });

  it('a rule in universal time is other hours in summer: told by its dates when it ends, else not kept', () => {
    const utc = ['DTSTART:20270304T080000Z', 'DTEND:20270304T110000Z'];
    expect(lines(read(event(...utc, 'RRULE:FREQ=WEEKLY;UNTIL=20270415T080000Z')))).toEqual([
      'WEEKLY;UNTIL=20270325;BYDAY=TH 2027-03-04 09:00–12:00',
      'WEEKLY;UNTIL=20270415;BYDAY=TH 2027-04-01 10:00–13:00',
    ]);
    expect(whys(read(event(...utc, 'RRULE:FREQ=WEEKLY')))).toEqual(['clock-changes']);
  });

  it('a time without a zone is the calendar’s, or the place’s', () => {
    const floating = event('DTSTART:20270107T090000', 'DURATION:PT1H');
    expect(lines(read(floating))).toEqual(['DAILY;COUNT=1 2027-01-07 09:00–10:00']);
    expect(lines(read(['X-WR-TIMEZONE:Europe/London', ...floating]))).toEqual(['DAILY;COUNT=1 2027-01-07 10:00–11:00']);
  });
});

describe('files', () => {
  it('with any line ends, lost folding, alarms inside and words escaped are read', () => {
    const written = [
      'BEGIN:VEVENT',
      'SUMMARY:Accès au droit\\, sur ren',
      ' dez-vous',
      'LOCATION;ALTREP="http://a:b;c":3 rue du Béarn\\n',
      'DESCRIPTION:une ligne',
      'et sa suite sans espace',
      'DTSTART;TZID="Europe/Paris":20270107T090000',
      'BEGIN:VALARM',
      'DURATION:PT5M',
      'SUMMARY:Alarme',
      'END:VALARM',
      'DTEND;TZID=Europe/Paris:20270107T120000',
      'END:VEVENT',
    ];
    for (const end of ['\r\n', '\n', '\r', '\r\r\n']) {
      expect(read(written, end).lines).toMatchObject([
        { title: 'Accès au droit, sur rendez-vous', location: '3 rue du Béarn', start: '09:00', end: '12:00' },
      ]);
    }
  });

  it('in UTF-8 with or without its mark, cut inside a character, in UTF-16 or in Latin 1 say the same', () => {
    const text = file(event('DTSTART:20270107T090000', 'LOCATION:Béarn'));
    const utf8 = new TextEncoder().encode(text);
    const cut = utf8.indexOf(0xc3) + 1;
    const encodings = [
      utf8,
      new TextEncoder().encode(`\ufeff${text}`),
      Uint8Array.from([...utf8.slice(0, cut), 13, 10, 32, ...utf8.slice(cut)]),
      Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]),
      Uint8Array.from(Buffer.from(text, 'latin1')),
    ];
    for (const bytes of encodings) {
      expect(readCalendar(bytes, READER)).toMatchObject({ ok: true, lines: [{ location: 'Béarn' }] });
    }
  });

  it('that are no calendar, or too large, are refused with that reason', () => {
    expect(readCalendar('<!doctype html><title>Connexion</title>', READER)).toEqual({
      ok: false,
      why: 'not-a-calendar',
    });
    expect(readCalendar('', READER)).toEqual({ ok: false, why: 'not-a-calendar' });
    expect(readCalendar(' '.repeat(2_000_001), READER)).toEqual({ ok: false, why: 'too-large' });
    const many = Array.from({ length: 5_001 }, () => 'BEGIN:VEVENT\nEND:VEVENT');
    expect(readCalendar(file(many), READER)).toEqual({ ok: false, why: 'too-many-events' });
  });

  it('the title of a private event stays its owner’s', () => {
    expect(read(event('CLASS:PRIVATE', 'DTSTART:20270107T090000')).lines[0]?.title).toBe('');
  });
});
