import { expect, it } from '@jest/globals';
import { wrongOpenings } from './openings';

it('a morning and an afternoon of one day are right', () => {
  expect(
    wrongOpenings([
      { weekday: 1, opens: '08:30', closes: '12:00' },
      { weekday: 1, opens: '12:00', closes: '17:30' },
    ]),
  ).toEqual([]);
});

it('hours that end before they begin, or overlap, are wrong', () => {
  expect(
    wrongOpenings([
      { weekday: 1, opens: '12:00', closes: '08:30' },
      { weekday: 2, opens: '08:30', closes: '12:30' },
      { weekday: 2, opens: '12:00', closes: '17:30' },
      { weekday: 3, opens: '12:00', closes: '17:30' },
    ]),
  ).toEqual([0, 2]);
});
