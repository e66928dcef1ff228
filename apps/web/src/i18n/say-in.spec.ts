import { plainDate, withPlainSpaces } from '@app/time';
import { expect, it } from '@jest/globals';
import { matches } from './compare';
import { sayIn } from './say-in';

const say = sayIn('fr', plainDate('2027-01-04'));

it('near days are said as people say them', () => {
  expect([say.day('2027-01-03'), say.day('2027-01-04'), say.day('2027-01-05')]).toEqual([
    'hier',
    'aujourd’hui',
    'demain',
  ]);
  expect(say.day('2027-01-07')).toBe('jeudi 7 janvier');
});

it('where it begins a line a near day has a capital in English, as other days have; in French no day has one', () => {
  const english = sayIn('en', plainDate('2027-01-04'));
  expect(english.atStart(withPlainSpaces(english.shortMoment('2027-01-05T10:30')))).toBe('Tomorrow 10:30');
  expect(english.atStart(english.day('2027-01-07'))).toBe('Thursday 7 January');
  expect(say.atStart(say.day('2027-01-05'))).toBe('demain');
});

it('a moment is short on a button and whole in a sentence; another year is named', () => {
  expect(withPlainSpaces(say.shortMoment('2027-01-05T10:30'))).toBe('demain 10 h 30');
  expect(withPlainSpaces(say.shortMoment('2027-02-05T09:00'))).toBe('ven. 5 février 9 h');
  expect(withPlainSpaces(say.moment('2027-01-07T14:00', '2027-01-07T14:30'))).toBe('jeudi 7 janvier, 14 h – 14 h 30');
  expect(withPlainSpaces(say.shortMoment('2028-01-03T09:00'))).toBe('lun. 3 janvier 2028 9 h');
});

it('hours and telephone numbers never break across lines', () => {
  expect(say.phone('+33156201585')).toBe('01\u00a056\u00a020\u00a015\u00a085');
  expect(say.shortMoment('2027-02-05T09:00')).not.toContain(' ');
});

it('words are found whatever their accents, case and order', () => {
  expect(matches('Victime, litige, suites d’une plainte', 'PLAINTE')).toBe(true);
  expect(matches('Évaluation de la situation', 'situation eval')).toBe(true);
  expect(matches('Évaluation de la situation', 'plainte')).toBe(false);
});
