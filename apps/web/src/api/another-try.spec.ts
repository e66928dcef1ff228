import { expect, it } from '@jest/globals';
import { isWorthAnotherTry } from './another-try';

it('a server out of reach or in trouble is asked again, twice', () => {
  for (const status of [0, 500, 503])
    expect([0, 1, 2].map((times) => isWorthAnotherTry(times, status))).toEqual([true, true, false]);
});

it('one that refuses has answered', () => {
  for (const status of [400, 401, 404, 409, 429]) expect(isWorthAnotherTry(0, status)).toBe(false);
});
