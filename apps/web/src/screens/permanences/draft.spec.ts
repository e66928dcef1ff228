import type { Permanence } from '@app/contract';
import { expect, it } from '@jest/globals';
import { bodyOf, type Draft, draftOf, forPartner, newRule, sameDaysLater } from './draft';

const SITE = '11111111-1111-4111-8111-111111111111';
const PARTNER = '22222222-2222-4222-8222-222222222222';

const parquet: Permanence = {
  id: '33333333-3333-4333-8333-333333333333',
  state: 'published',
  version: 3,
  laidOutUntil: '2028-07-04',
  partnerId: PARTNER,
  title: 'Correspondant du Parquet',
  visibility: 'public',
  confidential: false,
  onHoliday: 'skip',
  onClosure: 'skip',
  schoolHolidays: 'any',
  publicNote: '',
  motifIds: [],
  invitedPartnerIds: [],
  choices: [],
  proposal: null,
  rules: [
    {
      id: '44444444-4444-4444-8444-444444444444',
      words: 'tous les lundis, 9 h – 10 h 30',
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      parity: null,
      from: '2027-01-04',
      start: '09:00',
      end: '10:30',
      mode: 'walk-in',
      siteId: SITE,
      roomId: null,
      workstationId: null,
      agentIds: [],
      seats: 1,
      assumption: '',
      excluded: [{ from: '2027-12-20', to: '2027-12-31', cause: 'fêtes' }],
      onHoliday: null,
      schoolHolidays: { when: 'outside', name: 'Noël' },
    },
  ],
};

const blank: Draft = {
  partnerId: null,
  title: '',
  visibility: 'public',
  confidential: false,
  onHoliday: 'skip',
  onClosure: 'skip',
  schoolHolidays: 'any',
  publicNote: '',
  motifIds: [],
  invitedPartnerIds: [],
  rules: [newRule('a', '2027-01-04', null)],
  choices: [],
};

it('a permanence opened and saved unchanged is the same, its lines keep their identity', () => {
  const { id: _id, state: _state, version: _version, laidOutUntil: _until, proposal: _asked, rules, ...rest } = parquet;
  expect(bodyOf(draftOf(parquet))).toEqual({
    body: { ...rest, rules: rules.map(({ words: _, ...rule }) => rule) },
  });
});

it('a form just opened says all that is missing', () => {
  expect(bodyOf(blank).missing ?? []).toEqual(['title', 'partnerId', 'rules.0.rrule', 'rules.0.siteId']);
});

it('a second range of the day keeps the days and the place, begins where the first ends, and is a line of its own', () => {
  const [morning] = draftOf(parquet).rules;
  if (!morning) throw new Error('no line');
  const afternoon = sameDaysLater(morning, 'b');
  expect(afternoon).toMatchObject({ id: null, rhythm: morning.rhythm, siteId: SITE, start: '10:30', end: null });
});

it('the title follows the partner until it is written by hand', () => {
  const named = forPartner(blank, PARTNER, { before: undefined, after: 'Clic6', motifIds: [] });
  expect(named.title).toBe('Clic6');
  expect(forPartner(named, PARTNER, { before: 'Clic6', after: 'PMI', motifIds: [] }).title).toBe('PMI');
  expect(
    forPartner({ ...named, title: 'Atelier' }, PARTNER, { before: 'Clic6', after: 'PMI', motifIds: [] }).title,
  ).toBe('Atelier');
});
