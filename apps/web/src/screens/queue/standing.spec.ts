import { expect, it } from '@jest/globals';
import type { Visit } from '@app/contract';
import { otherMoment, standing } from './standing';

const hours = { start: '2027-01-04T09:00', end: '2027-01-04T10:30', isHeld: true };
const at = (now: string, receives: Visit['receives'] = hours) => standing({ state: 'waiting', receives }, now);

it('whoever waits is next while the permanence receives, neither before it opens nor once it has closed', () => {
  expect(at('2027-01-04T08:59')).toBe('not-yet');
  expect(at('2027-01-04T09:00')).toBe('next');
  expect(at('2027-01-04T10:29')).toBe('next');
  expect(at('2027-01-04T10:30')).toBe('over');
});

it('a permanence that is called off, or that nobody holds yet, receives nobody', () => {
  expect(at('2027-01-04T09:40', { ...hours, isHeld: false })).toBe('not-held');
  expect(at('2027-01-04T09:40', null)).toBe('not-yet');
});

it('whoever is with the agent stays there when the hour has passed', () => {
  expect(standing({ state: 'received', receives: hours }, '2027-01-04T10:45')).toBe('received');
});

it('another moment is looked for with what is known of her', () => {
  expect(otherMoment({ motifId: 'm', usagerId: 'u' })).toBe('/creneaux?motif=m&usager=u');
  expect(otherMoment({ motifId: null, usagerId: null })).toBe('/creneaux');
});
