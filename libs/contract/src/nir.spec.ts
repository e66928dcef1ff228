import { expect, it } from '@jest/globals';
import { looksLikeNir } from './nir';

it.each([
  '1850578006084',
  '1 85 05 78 006 084',
  '1 85 05 78 006 084 36',
  'n° 185057800608436, à vérifier',
  '2-55-08-14-168-025',
  '1 85 05 2A 006 084',
  '1\u00a085\u00a005\u00a078\u00a0006\u00a0084',
])('"%s" looks like a social security number', (text) => {
  expect(looksLikeNir(text)).toBe(true);
});

it.each([
  '06 39 98 12 34',
  '+33 6 39 98 12 34',
  '06 39 98 12 34 / 01 99 00 12 34',
  '2027-01-04 et 2027-01-11',
  'interprète tamoul',
  'IBAN sans objet, dossier 123456789012',
  '12345678901234567890',
])('"%s" does not', (text) => {
  expect(looksLikeNir(text)).toBe(false);
});
