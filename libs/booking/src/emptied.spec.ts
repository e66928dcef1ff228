import { expect, it } from '@jest/globals';
import { emptiedBy, widenings } from './emptied';

const filters = (ways: readonly { filters: readonly string[] }[]) => ways.map((way) => way.filters.join(' and '));

it('each filter is left out in turn, a language also for an interpreter, then all of them', () => {
  const ways = widenings({ language: 'snk', part: 'morning', sites: ['here'] }, true);
  expect(filters(ways)).toEqual([
    'language',
    'site',
    'part',
    'from',
    'language',
    'language and site and part and from',
  ]);
  expect(ways.map(({ asked }) => asked)).toEqual([
    { part: 'morning', sites: ['here'] },
    { language: 'snk', part: 'morning' },
    { language: 'snk', sites: ['here'] },
    { language: 'snk', part: 'morning', sites: ['here'] },
    { part: 'morning', sites: ['here'], interpreter: true },
    {},
  ]);
  expect(ways.filter(({ fromNow }) => fromNow)).toHaveLength(2);
  expect(ways.filter(({ isAll }) => isAll)).toEqual([ways.at(-1)]);
});

it('nothing asked, nothing to leave out; one filter is not left out twice', () => {
  expect(widenings({ accessible: false, interpreter: false }, false)).toEqual([]);
  expect(widenings({ accessible: true }, false)).toEqual([
    { filters: ['accessible'], asked: {}, fromNow: false, isAll: true },
  ]);
});

it('what leaves nothing is said with whose rule it is, and both ways out of a language together', () => {
  const asked = { language: 'so' };
  const ways = widenings(asked, false);
  const found = ways.map((way, nth) => ({
    motifId: 'm',
    way,
    start: `2027-01-0${5 + nth}T14:00` as never,
    end: `2027-01-0${5 + nth}T15:00` as never,
    siteId: 's',
  }));
  const about = { asked, agentName: '', siteNames: [], language: 'fr' as const };
  const motif = { partner: 'AEF 94', modes: ['on-site'], isSpoken: false };
  expect(emptiedBy(found, { ...about, motifs: new Map([['m', motif]]) })).toEqual([
    {
      motifId: 'm',
      filters: ['language'],
      text: 'Personne ne parle somali pour ce motif.',
      owner: 'AEF 94',
      waysOut: [
        { interpreter: false, start: '2027-01-05T14:00', end: '2027-01-05T15:00', siteId: 's' },
        { interpreter: true, start: '2027-01-06T14:00', end: '2027-01-06T15:00', siteId: 's' },
      ],
    },
  ]);
  const spoken = new Map([['m', { ...motif, isSpoken: true }]]);
  expect(emptiedBy(found, { ...about, motifs: spoken })[0]?.text).toBe(
    'Aucun créneau libre avec quelqu’un qui parle somali.',
  );
});
