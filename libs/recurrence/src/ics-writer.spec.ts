import { readFileSync } from 'node:fs';
import { addMinutes, type Instant, type LocalDateTime, toInstant } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asRepeating, everyReaderAgrees } from './ics-rules';
import { timezoneLines } from './ics-timezone';
import { type CalendarEvent, escapeText, fold, writeCalendar } from './ics-writer';
import { parseRule } from './parse';
import type { Rule } from './rule';

const PARIS = 'Europe/Paris';
const at = (local: string, zone = PARIS): Instant => toInstant(local as LocalDateTime, zone);
const ruleOf = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.textEn);
  return parsed.rule;
};
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const octets = (text: string) => new TextEncoder().encode(text).length;

const event = (start: string, end: string, more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: `${start}@palier`,
  sequence: 1,
  changedAt: at('2026-12-01T10:00'),
  start: at(start),
  end: at(end),
  summary: 'Correspondant du Parquet',
  ...more,
});
const dated = (start: string, more: Partial<CalendarEvent> = {}) => ({
  event: event(start, start, { end: addMinutes(at(start), 90), ...more }),
  originalStart: start as LocalDateTime,
});
const calendar = (events: CalendarEvent[], zone = PARIS) =>
  writeCalendar({ name: 'Espace commun', zone, refreshMinutes: 60, events });

describe('a calendar for other programs', () => {
  test('is written as it always was', () => {
    const place = '3 rue du Béarn, Chevilly-Larue ; entrée par la cour, au fond à gauche après l’atelier des habitants';
    const mondays = asRepeating(
      'lundis@palier',
      ruleOf('FREQ=WEEKLY;BYDAY=MO'),
      [
        dated('2027-03-15T09:00', { location: place }),
        dated('2027-03-22T09:00', { location: place }),
        // Easter Monday is left out, and the date after it is later that day.
        {
          ...dated('2027-04-05T14:00', { location: place, sequence: 4 }),
          originalStart: '2027-04-05T09:00' as LocalDateTime,
        },
        dated('2027-04-12T09:00', { location: place }),
      ],
      PARIS,
    );
    const text = calendar([
      ...mondays,
      event('2027-10-30T09:00', '2027-10-30T12:00', { description: 'Sans rendez-vous\nApportez C:\\pièces' }),
      event('2027-11-02T09:00', '2027-11-02T12:00', { cancelled: true }),
      event('2027-11-03T17:00', '2027-11-03T18:00', { free: true, summary: 'Mode de garde : réunion 👶' }),
    ]);
    // Files are kept with the line ends of the repository; iCalendar wants its own.
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.replaceAll('\r\n', '\n')).toBe(
      readFileSync(new URL('../golden/calendar.ics', import.meta.url), 'utf8'),
    );
  });

  test('no line is longer than 75 octets, none is cut inside a character, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (words) => {
        const line = `SUMMARY:${escapeText(words)}`;
        const folded = fold(line);
        for (const piece of folded.split('\r\n')) expect(octets(piece)).toBeLessThanOrEqual(75);
        expect(new TextDecoder('utf-8', { fatal: true }).decode(new TextEncoder().encode(folded))).toBe(folded);
        expect(folded.replaceAll('\r\n ', '')).toBe(line);
      }),
    );
  });

  test('a comma, a semicolon, a backslash and a new line are text, not syntax', () => {
    expect(escapeText('a, b; c\\d\r\ne\u0007')).toBe('a\\, b\\; c\\\\d\\ne');
  });

  test('the clocks of Paris and New York are told as yearly rules, those of Guadeloupe as one offset', () => {
    const [from, to] = [at('2027-01-01T00:00'), at('2028-06-01T00:00')];
    expect(timezoneLines(PARIS, from, to)).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Paris',
      'BEGIN:DAYLIGHT',
      'DTSTART:20260329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20261025T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
    expect(timezoneLines('America/New_York', from, to)).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU');
    expect(timezoneLines('America/Guadeloupe', from, to)).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:America/Guadeloupe',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0400',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
  });

  test('clocks that follow no yearly rule are told change by change', () => {
    const lines = timezoneLines('Africa/Casablanca', at('2027-01-01T00:00'), at('2027-12-31T00:00'));
    expect(lines.filter((line) => line.startsWith('RRULE'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('DTSTART')).length).toBeGreaterThanOrEqual(6);
  });

  test('the second of two equal hours is told in UTC, as no wall clock can', () => {
    const second = toInstant('2027-10-31T01:30' as LocalDateTime, 'UTC');
    const lines = unfolded(calendar([{ ...event('2027-10-31T02:30', '2027-10-31T04:00'), start: second }]));
    expect(lines).toContain('DTSTART:20271031T013000Z');
    expect(unfolded(calendar([event('2027-10-31T02:30', '2027-10-31T04:00')]))).toContain(
      'DTSTART;TZID=Europe/Paris:20271031T023000',
    );
  });
});

describe('a rule in a calendar', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO', true],
    ['FREQ=WEEKLY;BYDAY=MO,TH', true],
    ['FREQ=WEEKLY;INTERVAL=6;BYDAY=TU', true],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', false],
    ['FREQ=DAILY', true],
    ['FREQ=MONTHLY;BYDAY=1FR', true],
    ['FREQ=MONTHLY;BYDAY=-1FR', true],
    ['FREQ=MONTHLY;BYDAY=1WE,5WE', false],
    ['FREQ=MONTHLY;BYDAY=5WE', false],
    ['FREQ=MONTHLY;BYDAY=-2FR', false],
    ['FREQ=MONTHLY;BYMONTHDAY=15', true],
    ['FREQ=MONTHLY;BYMONTHDAY=31', false],
    ['FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=3,4,5,6,7,8,9', false],
    ['FREQ=WEEKLY;BYMONTH=9,10;BYDAY=MO', false],
    ['FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2', false],
  ])('%s is understood alike by every reader: %s', (text, agreed) => {
    expect(everyReaderAgrees(ruleOf(text))).toBe(agreed);
  });

  const mondays = ruleOf('FREQ=WEEKLY;BYDAY=MO');
  const days = ['2027-01-04', '2027-01-11', '2027-01-18', '2027-01-25'].map((day) => dated(`${day}T09:00`));

  test('ends with its last date, in UTC, and not where the rule would go on', () => {
    const [master, ...others] = asRepeating('u', mondays, days, PARIS);
    expect(others).toEqual([]);
    expect(unfolded(calendar(master ? [master] : []))).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270125T080000Z');
  });

  test('a cancelled date is left out of it', () => {
    const cancelled = days.map((date, i) => (i === 1 ? { ...date, event: { ...date.event, cancelled: true } } : date));
    const [master, ...others] = asRepeating('u', mondays, cancelled, PARIS);
    expect(others).toEqual([]);
    expect(master?.repeats?.except).toEqual([at('2027-01-11T09:00')]);
  });

  test('begins with a date that is where the rule puts it', () => {
    const [first, ...rest] = days;
    const late = { ...dated('2027-01-05T14:00'), originalStart: first?.originalStart ?? ('' as LocalDateTime) };
    const [master, alone] = asRepeating('u', mondays, [late, ...rest], PARIS);
    expect([master?.start, alone?.start, alone?.uid]).toEqual([
      at('2027-01-11T09:00'),
      at('2027-01-05T14:00'),
      '2027-01-05T14:00@palier',
    ]);
  });

  test('two dates on one day, or a date moved past the next, are told one by one', () => {
    const moved = (to: string) =>
      days.map((date, i) => (i === 1 ? { ...dated(to), originalStart: date.originalStart } : date));
    for (const to of ['2027-01-18T14:00', '2027-01-20T09:00']) {
      const events = asRepeating('u', mondays, moved(to), PARIS);
      expect(events).toHaveLength(4);
      expect(events.some(({ repeats }) => repeats)).toBe(false);
    }
    expect(asRepeating('u', mondays, moved('2027-01-13T09:00'), PARIS)[1]?.replaces).toBe(at('2027-01-11T09:00'));
  });

  test('an hour that the clocks skip once is told date by date', () => {
    const sundays = ['2027-03-14', '2027-03-21', '2027-03-28', '2027-04-04'].map((day) => ({
      event: event(`${day}T02:30`, `${day}T04:30`),
      originalStart: `${day}T02:30` as LocalDateTime,
    }));
    expect(asRepeating('u', ruleOf('FREQ=WEEKLY;BYDAY=SU'), sundays, PARIS).some(({ repeats }) => repeats)).toBe(false);
  });
});
