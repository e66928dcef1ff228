import { expect, it } from '@jest/globals';
import { parsePhone } from './phone';

it.each([
  ['06 39 98 12 34', '+33639981234', 'mobile'],
  ['06.39.98.12.34', '+33639981234', 'mobile'],
  ['0033 6 39 98 12 34', '+33639981234', 'mobile'],
  ['+33 (0)6 39 98 12 34', '+33639981234', 'mobile'],
  ['07 56 12 34 56', '+33756123456', 'mobile'],
  ['01 99 00 12 34', '+33199001234', 'landline'],
  ['09 50 12 34 56', '+33950123456', 'landline'],
  ['0690 12 34 56', '+590690123456', 'mobile'],
  ['0692 12 34 56', '+262692123456', 'mobile'],
  ['0696 12 34 56', '+596696123456', 'mobile'],
  ['0639 01 23 45', '+262639012345', 'mobile'],
  ['0262 12 34 56', '+262262123456', 'landline'],
  ['+212 612 345 678', '+212612345678', 'mobile'],
  ['+49 1512 3456789', '+4915123456789', 'mobile'],
])('%s is kept as %s, a %s', (dialled, number, kind) => {
  expect(parsePhone(dialled)).toEqual({ number, kind });
});

it.each([
  '',
  '3949',
  '08 00 12 34 56',
  '06 39 98 12',
  '1850578006084',
  'voir sa fille',
  '06 39 98 12 34 ou 01 99 00 12 34',
  '+33 6',
])('"%s" is no number a person can be reached at', (text) => {
  expect(parsePhone(text)).toBeNull();
});
