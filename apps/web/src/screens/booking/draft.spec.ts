import { expect, it } from '@jest/globals';
import { namesFrom } from './draft';

it('a name typed as people say it becomes first and last name', () => {
  expect(namesFrom('fatou diallo')).toEqual({ firstName: 'Fatou', lastName: 'Diallo' });
  expect(namesFrom('Jean-Marc De Sousa')).toEqual({ firstName: 'Jean-Marc', lastName: 'De Sousa' });
});

it('a family name in capitals comes first', () => {
  expect(namesFrom('DIALLO Fatou')).toEqual({ firstName: 'Fatou', lastName: 'Diallo' });
});

it('one word is the family name, and a birth year is no name', () => {
  expect(namesFrom('diallo 1985')).toEqual({ firstName: '', lastName: 'Diallo' });
});
