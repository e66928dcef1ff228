import { parseLocalDateTime, parsePlainDate } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import { reachOf, sayRhythm, startsOf } from './series-dates';

const at = (text: string) => {
  const local = parseLocalDateTime(text);
  if (!local) throw new Error(text);
  return local;
};
const day = (text: string) => {
  const date = parsePlainDate(text);
  if (!date) throw new Error(text);
  return date;
};
const starts = (start: string, weeks: number | null, end: number | string, most = 24) => {
  const until = typeof end === 'string' ? day(end) : null;
  const found = startsOf({ start: at(start), weeks, times: typeof end === 'number' ? end : 6, until }, most);
  return { ...found, starts: found.starts.map((one) => one.slice(5)) };
};

describe('the dates of a series', () => {
  it('every two weeks, four times: the first one counts', () => {
    expect(starts('2027-03-15T14:00', 2, 4)).toEqual({
      starts: ['03-15T14:00', '03-29T14:00', '04-12T14:00', '04-26T14:00'],
      more: false,
    });
  });

  it('each month on the same rank of weekday: the 1st Thursday', () => {
    expect(starts('2027-01-07T09:00', null, 3).starts).toEqual(['01-07T09:00', '02-04T09:00', '03-04T09:00']);
    expect(sayRhythm({ weeks: null }, day('2027-01-07'), 'fr')).toBe('le 1er jeudi du mois');
    expect(sayRhythm({ weeks: 2 }, day('2027-01-07'), 'fr')).toBe('un jeudi sur deux');
    expect(sayRhythm({ weeks: null }, day('2027-01-07'), 'en')).toBe('the 1st Thursday of the month');
  });

  it('a 5th Wednesday is the last of its month: no month is skipped', () => {
    expect(starts('2027-03-31T09:00', null, 3).starts).toEqual(['03-31T09:00', '04-28T09:00', '05-26T09:00']);
    expect(sayRhythm({ weeks: null }, day('2027-03-31'), 'fr')).toBe('le dernier mercredi du mois');
  });

  it('until a day: that day counts, and a series that would go further says so', () => {
    expect(starts('2027-05-03T10:00', 1, '2027-05-17').starts).toEqual(['05-03T10:00', '05-10T10:00', '05-17T10:00']);
    expect(starts('2027-05-03T10:00', 1, '2027-05-16').starts).toHaveLength(2);
    expect(starts('2027-05-03T10:00', 1, '2027-12-31', 5)).toMatchObject({ more: true, starts: { length: 5 } });
    expect(starts('2027-05-03T10:00', 1, '2027-04-30')).toEqual({ starts: [], more: false });
  });

  it('keeps the hour on the wall across the clock change of 28 March', () => {
    expect(starts('2027-03-22T09:00', 1, 2).starts).toEqual(['03-22T09:00', '03-29T09:00']);
  });

  it('looks for another day nearer than half way to its neighbours', () => {
    expect([1, 2, 3, 12, null].map((weeks) => reachOf({ weeks }))).toEqual([3, 6, 10, 13, 13]);
  });
});
