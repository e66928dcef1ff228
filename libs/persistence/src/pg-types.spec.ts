import { expect, it } from '@jest/globals';
import { instantOf } from './pg-types';

it('an instant is read as PostgreSQL writes it, with or without parts of a second, in UTC or not', () => {
  for (const [text, iso] of [
    ['2027-01-04 08:40:00+00', '2027-01-04T08:40:00Z'],
    ['2028-02-29 23:59:59+00', '2028-02-29T23:59:59Z'],
    ['2027-01-04 08:40:00.5+00', '2027-01-04T08:40:00.500Z'],
    ['2027-01-04 08:40:00.123456+00', '2027-01-04T08:40:00.123Z'],
    ['2027-01-04 09:40:00+01', '2027-01-04T08:40:00Z'],
    ['2027-01-04 14:10:00+05:30', '2027-01-04T08:40:00Z'],
  ] as const)
    expect(instantOf(text)).toBe(Date.parse(iso));
});
