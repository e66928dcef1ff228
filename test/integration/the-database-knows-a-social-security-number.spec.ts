import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { looksLikeNir } from '@app/contract';
import { PlannedSpace } from '../support/planned-space';

const WRITTEN = [
  '1850578006084',
  '1 85 05 78 006 084 36',
  '1 85 05 2A 006 084',
  '1, 85, 05, 2B, 006, 084',
  '1,85,05,78,006,084',
  '1 – 85 – 05 – 78 – 006 – 084',
  '(1) (85) (05) (78) (006) (084)',
  '1\u00a0\u00a085\u00a005\u00a078\u00a0006\u00a0084',
  '1\u200b85\u200b05\u200b78\u200b006\u200b084',
  '１８５０５７８００６０８４',
  '1 85 05 78 00 60 84',
  '01 41 80 18 95 / 06 39 98 00 01',
  '+33 (0)1 41 80 18 95 ; 0033 6 39 98 00 01',
  '2027-01-04, 2027-01-11, 2027-01-18',
  '1/2/2027, 8/2/2027, 1/3/2027',
  'loyer 1 850 €, dettes 578 €, 006 €, 084 €',
  'dossier 2027/0105/7806',
  '12345678901234567890',
  '1,85,15,78,006,084',
  'interprète tamoul',
];

describe('the database knows a social security number', () => {
  let space: PlannedSpace;
  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
  });
  afterAll(() => space?.close());

  it('as the screens do, however it is written', async () => {
    const rows = await space.owner.query(
      'select looks_like_nir(w) as is from unnest($1::text[]) with ordinality as t(w, n) order by n',
      [WRITTEN],
    );
    expect(WRITTEN.map((text, n) => [text, rows.rows[n].is])).toEqual(
      WRITTEN.map((text) => [text, looksLikeNir(text)]),
    );
    expect(new Set(WRITTEN.map(looksLikeNir))).toEqual(new Set([true, false]));
  });

  it('and refuses one shared out between first name and name', async () => {
    await expect(space.usager('1 85 05', '78 006 084 36')).rejects.toThrow('no_social_security_number_over_two_fields');
    await expect(space.usager('Louis', 'Quatorze')).resolves.toBeDefined();
  });
});
