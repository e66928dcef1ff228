import { instantToIso, type LocalDateTime, parseLocalDateTime, plainDate } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstOccurrenceOnOrAfter } from './first-occurrence';
import { parseRule } from './parse';
import type { Rule } from './rule';
import { someDate, someRule } from './rules.arbitrary';
import { expand, expandToInstants, isOccurrence, prepareSeries, type Series } from './series';

const local = (text: string): LocalDateTime => parseLocalDateTime(text) as LocalDateTime;
const rule = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.textEn);
  return parsed.rule;
};
/** The dates of a rule from its first one on or after the anchor. */
const dates = (text: string, anchor: string, limit = 4): string[] => {
  const first = firstOccurrenceOnOrAfter(rule(text), plainDate(anchor));
  return expand(
    { rule: rule(text), dtstart: local(`${first}T09:00`) },
    { from: local(`${anchor}T00:00`), to: local('9999-12-31T00:00'), limit },
  ).map((start) => start.slice(0, 10));
};

describe('published schedules, from 1 January 2027', () => {
  test.each([
    ['the Parquet, every Monday', 'FREQ=WEEKLY;BYDAY=MO', '2027-01-01', '01-04 01-11 01-18 01-25'],
    ['the Parquet, 1st and 5th Wednesday', 'FREQ=MONTHLY;BYDAY=1WE,5WE', '2027-01-01', '01-06 02-03 03-03 03-31'],
    ['AEF 94, every Tuesday', 'FREQ=WEEKLY;BYDAY=TU', '2027-01-01', '01-05 01-12 01-19 01-26'],
    ['the Cramif, every Thursday', 'FREQ=WEEKLY;BYDAY=TH', '2027-01-01', '01-07 01-14 01-21 01-28'],
    [
      'Nouvelles Voies, one Thursday in two',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH',
      '2027-01-07',
      '01-07 01-21 02-04 02-18',
    ],
    ['its other site', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', '2027-01-14', '01-14 01-28 02-11 02-25'],
    ['EDF, 1st Friday, holidays included', 'FREQ=MONTHLY;BYDAY=1FR', '2027-01-01', '01-01 02-05 03-05 04-02'],
    ['Petite enfance, 2nd Tuesday', 'FREQ=MONTHLY;BYDAY=2TU', '2027-01-01', '01-12 02-09 03-09 04-13'],
    ['Pôle gérontologique, every six weeks', 'FREQ=WEEKLY;INTERVAL=6', '2027-01-12', '01-12 02-23 04-06 05-18'],
    ['the last Friday', 'FREQ=MONTHLY;BYDAY=-1FR', '2027-01-01', '01-29 02-26 03-26 04-30'],
    [
      'the Thursday after the 1st Tuesday',
      'FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=3,4,5,6,7,8,9',
      '2027-01-01',
      '01-07 02-04 03-04 04-08',
    ],
    // RFC 5545 adds ranked days to plain ones; rrule.js and dateutil would ask for both at once and give no date.
    ['every Friday and the 1st Monday', 'FREQ=MONTHLY;BYDAY=FR,1MO', '2027-01-04', '01-04 01-08 01-15 01-22'],
    ['the 31st skips short months', 'FREQ=MONTHLY;BYMONTHDAY=31', '2027-01-01', '01-31 03-31 05-31 07-31'],
    ['the last day of the month', 'FREQ=MONTHLY;BYMONTHDAY=-1', '2027-01-01', '01-31 02-28 03-31 04-30'],
  ])('%s', (_, text, anchor, expected) => {
    expect(dates(text, anchor)).toEqual(expected.split(' ').map((date) => `2027-${date}`));
  });

  test('one Thursday in two from 24 December 2026 comes on 7 January, not on 31 December', () => {
    expect(dates('FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', '2026-12-24')).toEqual([
      '2026-12-24',
      '2027-01-07',
      '2027-01-21',
      '2027-02-04',
    ]);
  });

  test('a 5th Wednesday that does not exist is skipped', () => {
    expect(dates('FREQ=MONTHLY;BYDAY=5WE', '2027-01-01')).toEqual([
      '2027-03-31',
      '2027-06-30',
      '2027-09-29',
      '2027-12-29',
    ]);
  });

  test('29 February comes every four years, and not in 2100', () => {
    expect(dates('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2092-01-01')).toEqual([
      '2092-02-29',
      '2096-02-29',
      '2104-02-29',
      '2108-02-29',
    ]);
  });
});

describe('the first date of a rule', () => {
  test('is found from an anchor in the right week', () => {
    expect(firstOccurrenceOnOrAfter(rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'), plainDate('2027-01-08'))).toBe(
      '2027-01-18',
    );
    expect(firstOccurrenceOnOrAfter(rule('FREQ=MONTHLY;BYDAY=1WE,5WE'), plainDate('2027-01-07'))).toBe('2027-02-03');
  });

  test('may never come from that anchor', () => {
    expect(
      firstOccurrenceOnOrAfter(rule('FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31'), plainDate('2027-02-01')),
    ).toBeNull();
    expect(firstOccurrenceOnOrAfter(rule('FREQ=DAILY;INTERVAL=7;BYDAY=MO'), plainDate('2027-01-05'))).toBeNull();
    const leapDays = rule('FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29');
    expect(firstOccurrenceOnOrAfter(leapDays, plainDate('2027-01-01'))).toBeNull();
    expect(firstOccurrenceOnOrAfter(rule('FREQ=WEEKLY;UNTIL=20261231'), plainDate('2027-01-01'))).toBeNull();
  });

  test('the start must be a date of the rule, and the right one is proposed', () => {
    const wrong = prepareSeries({ rule: rule('FREQ=WEEKLY;BYDAY=TH'), dtstart: local('2027-01-04T14:00') });
    expect(wrong).toMatchObject({ ok: false, why: 'start-not-an-occurrence', first: '2027-01-07T14:00' });
    const never = prepareSeries({ rule: rule('FREQ=DAILY;UNTIL=20270101T090000'), dtstart: local('2027-01-01T14:00') });
    expect(never).toMatchObject({ ok: false, why: 'never-occurs', first: null });
    expect(() =>
      expand(
        { rule: rule('FREQ=WEEKLY;BYDAY=TH'), dtstart: local('2027-01-04T14:00') },
        { from: local('2027-01-01T00:00'), to: local('2027-02-01T00:00') },
      ),
    ).toThrow(RangeError);
  });
});

describe('a series', () => {
  const thursdays: Series = { rule: rule('FREQ=WEEKLY;BYDAY=TH'), dtstart: local('2027-01-07T14:00') };
  const january = { from: local('2027-01-01T00:00'), to: local('2027-02-01T00:00') };

  test('a window begins with its first minute and ends before its last', () => {
    const window = { from: local('2027-01-14T14:00'), to: local('2027-01-28T14:00') };
    expect(expand(thursdays, window)).toEqual(['2027-01-14T14:00', '2027-01-21T14:00']);
  });

  test('an exception removes exactly one occurrence, an added date appears once', () => {
    const changed: Series = {
      ...thursdays,
      exdates: [local('2027-01-14T14:00'), local('2027-01-21T15:00')],
      rdates: [local('2027-01-19T10:00'), local('2027-01-28T14:00'), local('2027-01-19T10:00')],
    };
    expect(expand(changed, january)).toEqual([
      '2027-01-07T14:00',
      '2027-01-19T10:00',
      '2027-01-21T14:00',
      '2027-01-28T14:00',
    ]);
  });

  test('a number of times ends on a known date, removed dates counted', () => {
    const six = rule('FREQ=MONTHLY;BYDAY=1WE,5WE;COUNT=6');
    const years = { from: local('2027-01-01T00:00'), to: local('2030-01-01T00:00') };
    const dates = expand({ rule: six, dtstart: local('2027-01-06T09:00') }, years);
    expect([dates.length, dates.at(-1)]).toEqual([6, '2027-05-05T09:00']);
    const two: Series = { ...thursdays, rule: rule('FREQ=WEEKLY;COUNT=2'), exdates: [local('2027-01-07T14:00')] };
    expect(expand(two, january)).toEqual(['2027-01-14T14:00']);
  });

  test('the last date of an end is included', () => {
    const until = (text: string): string[] => expand({ ...thursdays, rule: rule(text) }, january);
    expect(until('FREQ=WEEKLY;UNTIL=20270114')).toEqual(['2027-01-07T14:00', '2027-01-14T14:00']);
    expect(until('FREQ=WEEKLY;UNTIL=20270114T130000Z')).toEqual(['2027-01-07T14:00', '2027-01-14T14:00']);
    expect(until('FREQ=WEEKLY;UNTIL=20270114T125900Z')).toEqual(['2027-01-07T14:00']);
  });

  test('9 h stays 9 h on the wall after the clock change', () => {
    const tuesdays = prepareSeries({ rule: rule('FREQ=WEEKLY;BYDAY=TU'), dtstart: local('2027-03-23T09:00') });
    if (!tuesdays.ok) throw new Error(tuesdays.textEn);
    const window = { from: local('2027-03-01T00:00'), to: local('2027-04-01T00:00') };
    expect(expandToInstants(tuesdays.series, 'Europe/Paris', window).map(instantToIso)).toEqual([
      '2027-03-23T08:00:00Z',
      '2027-03-30T07:00:00Z',
    ]);
  });

  test('a time that the clocks skip is no date and does not count; a first date is moved by the gap instead', () => {
    const night = { rule: rule('FREQ=DAILY;COUNT=3'), dtstart: local('2027-03-27T02:30'), zone: 'Europe/Paris' };
    const week = { from: local('2027-03-20T00:00'), to: local('2027-04-05T00:00') };
    expect(expand(night, week)).toEqual(['2027-03-27T02:30', '2027-03-29T02:30', '2027-03-30T02:30']);
    const inGap = { ...night, dtstart: local('2027-03-28T02:30') };
    expect(expand(inGap, week)[0]).toBe('2027-03-28T02:30');
  });

  test('a start is or is not one of its occurrences', () => {
    const prepared = prepareSeries(thursdays);
    if (!prepared.ok) throw new Error(prepared.textEn);
    expect(isOccurrence(prepared.series, local('2027-11-11T14:00'))).toBe(true);
    expect(isOccurrence(prepared.series, local('2027-11-11T15:00'))).toBe(false);
    expect(isOccurrence(prepared.series, local('2026-12-31T14:00'))).toBe(false);
  });

  test('a narrower window is a filter of a wider one', () => {
    fc.assert(
      fc.property(someRule, someDate, fc.nat(900), fc.nat(400), (generated, anchor, offset, length) => {
        const first = firstOccurrenceOnOrAfter(generated, anchor);
        if (first === null) return;
        const series: Series = { rule: generated, dtstart: local(`${first}T09:00`) };
        const wide = expand(series, { from: local(`${first}T00:00`), to: local('2040-01-01T00:00') });
        const from = wide[Math.min(wide.length - 1, offset)] ?? series.dtstart;
        const to = wide[Math.min(wide.length - 1, offset + length)] ?? series.dtstart;
        expect(expand(series, { from, to })).toEqual(wide.filter((start) => start >= from && start < to));
      }),
      { numRuns: 150 },
    );
  });

  test('twenty years later costs no more than the first', () => {
    const prepared = prepareSeries(thursdays);
    if (!prepared.ok) throw new Error(prepared.textEn);
    let asked = 0;
    const { periods } = prepared.series;
    const counting = {
      ...prepared.series,
      periods: {
        ...periods,
        addDays: (k: number, days: number[]) => {
          asked += 1;
          periods.addDays(k, days);
        },
      },
    };
    expandToInstants(counting, 'Europe/Paris', { from: local('2047-01-01T00:00'), to: local('2047-02-01T00:00') });
    expect(asked).toBeLessThan(7);
  });
});
