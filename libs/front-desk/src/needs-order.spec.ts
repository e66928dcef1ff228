import { describe, expect, it } from '@jest/globals';
import { type Answering, soonerAmongEquals } from './needs-order';

const order = (...rows: (Partial<Answering> & { who: string })[]) =>
  soonerAmongEquals(rows.map((row) => ({ urgent: false, score: 1, first: null, ...row }))).map(({ who }) => who);

describe('the order of the answers to a need', () => {
  it('a better match in a month stays before a lesser one today', () => {
    const edf = { who: 'EDF', score: 1.15, first: '2027-02-05T09:00' };
    expect(order(edf, { who: 'Département', score: 0.5, first: '2027-01-04T14:45' })).toEqual(['EDF', 'Département']);
  });

  it('of two that match as well the sooner is first, even for a plural', () => {
    const later = { who: 'later', first: '2027-02-05T09:00' };
    expect(order(later, { who: 'today', first: '2027-01-04T14:45' })).toEqual(['today', 'later']);
    expect(order(later, { who: 'today', score: 0.9, first: '2027-01-04T14:45' })).toEqual(['today', 'later']);
    expect(order(later, { who: 'today', score: 0.87, first: '2027-01-04T14:45' })).toEqual(['later', 'today']);
  });

  it('what has no date yet comes after what has one, and those of one hour stay as they are', () => {
    const nine = '2027-01-05T09:00';
    const rows = [{ who: 'none' }, { who: 'b', first: nine }, { who: 'a', first: nine }, { who: 'never' }];
    expect(order(...rows)).toEqual(['b', 'a', 'none', 'never']);
  });

  it('an urgent need keeps its place', () => {
    const urgent = { who: 'urgent', urgent: true, first: '2027-01-06T09:00' };
    expect(order(urgent, { who: 'today', first: '2027-01-04T14:00' })).toEqual(['urgent', 'today']);
  });
});
