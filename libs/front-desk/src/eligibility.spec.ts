import { describe, expect, it } from '@jest/globals';
import { plainDate } from '@app/time';
import { type Asker, type Audience, eligibilityNotes } from './eligibility';

const motif = (more: Partial<Audience> = {}): Audience => ({
  minAge: null,
  maxAge: null,
  communes: [],
  audience: '',
  step: 'accueil',
  meeting: 'any',
  ...more,
});
const told = (about: Audience, asker: Partial<Asker> = {}) =>
  eligibilityNotes(about, { age: null, commune: null, ...asker }, 'fr').map(({ warns, text }) => [warns, text]);

describe('whom a motif is for is a note on the line', () => {
  const missionLocale = motif({ minAge: 16, maxAge: 25 });
  it('an age nobody said is to be confirmed', () => {
    expect(told(missionLocale)).toEqual([[false, '16–25 ans : à confirmer']]);
  });
  it('at 27 the Mission locale warns, and stays possible', () => {
    expect(told(missionLocale, { age: 27 })).toEqual([
      [true, '16–25 ans : la personne a 27 ans ; l’orientation reste possible'],
    ]);
  });
  it('an age that fits needs no note', () => {
    expect(told(missionLocale, { age: 25 })).toEqual([]);
  });
  it('the service says its age in its own words', () => {
    const clic = motif({ minAge: 60, audience: '60 ans et plus, et leurs familles' });
    expect(told(clic, { age: 30 })[0]?.[1]).toContain('et leurs familles : la personne a 30 ans');
    expect(told(clic, { age: 71 })).toEqual([]);
  });
  it('towns are compared as people write them', () => {
    const eds = motif({ communes: ['L’Haÿ-les-Roses', 'Rungis'] });
    expect(told(eds, { commune: 'lhay les roses' })).toEqual([]);
    expect(told(eds, { commune: 'Paris' })[0]?.[0]).toBe(true);
    expect(told(eds)).toEqual([[false, 'habitants de L’Haÿ-les-Roses et Rungis : à confirmer']]);
  });
  it('a status is confirmed with the person', () => {
    expect(told(motif({ audience: 'demandeurs d’emploi' }))).toEqual([[false, 'demandeurs d’emploi : à confirmer']]);
  });
  it('accompagnement says what opens it', () => {
    const after = motif({ step: 'accompagnement' });
    const on = plainDate('2027-01-04');
    expect(told(after)).toEqual([[false, 'après une évaluation, ou sur décision signée']]);
    expect(told(after, { opening: null })).toEqual([[true, 'après une évaluation, ou sur décision signée']]);
    expect(told(after, { opening: { by: 'decision', signedBy: 'L. Petit', on } })).toEqual([
      [false, 'accompagnement ouvert : décision signée par L. Petit le lundi 4 janvier 2027'],
    ]);
  });
});
