import { describe, expect, it } from '@jest/globals';
import { plainDate } from '@app/time';
import { horizonOf } from './horizon';

describe('how far dates are laid out', () => {
  it.each([
    ['2027-01-04', '2028-07-04'],
    ['2027-08-31', '2029-03-01'],
    ['2026-08-29', '2028-02-29'],
    ['2026-08-31', '2028-03-01'],
    ['2027-12-31', '2029-07-01'],
  ])('on %s, until %s', (today, until) => {
    expect(horizonOf(plainDate(today))).toBe(until);
  });
});
