import { describe, expect, it } from '@jest/globals';
import { daysOff, daysOfTerm, schoolYears } from './school-closures';

describe('the school holidays of a zone', () => {
  it('Chevilly-Larue’s winter holidays of 2027 are those of zone C', () => {
    expect(schoolYears('C').periods.find(({ name, from }) => name === 'hiver' && from > '2027')).toEqual({
      name: 'hiver',
      from: '2027-02-06',
      to: '2027-02-21',
      verified: true,
    });
  });

  it('the calendar is official until the first period that is not', () => {
    expect(schoolYears('C').verifiedUntil).toBe('2027-07-02');
    expect(schoolYears('A').verifiedUntil).toBe('2027-02-12');
  });

  it('a summer whose end is not published closes nothing: it is not guessed', () => {
    const last = daysOff(schoolYears('C')).at(-1);
    expect(last).toMatchObject({ cause: 'printemps', from: '2027-04-03T00:00', to: '2027-04-19T00:00' });
  });

  it('term time is what lies between two holidays, to the day', () => {
    const terms = daysOfTerm(schoolYears('C'), 'hors vacances scolaires');
    expect(terms).toContainEqual(expect.objectContaining({ from: '2027-02-22T00:00', to: '2027-04-03T00:00' }));
    const days = [...terms, ...daysOff(schoolYears('C'))];
    expect(days.filter(({ from, to }) => from <= '2027-03-10T09:00' && to > '2027-03-10T09:00')).toHaveLength(1);
  });

  it('without a zone nothing is known, so nothing is verified', () => {
    expect(schoolYears(null)).toMatchObject({ periods: [], verifiedUntil: null });
  });
});
