import { describe, expect, test } from '@jest/globals';
import { plainDate, plainTime } from './plain';
import { sayDate, sayList, sayTime, sayTimeRange, withPlainSpaces } from './wording';

describe('what people read', () => {
  test('a date is said with its year only when it differs', () => {
    const january = plainDate('2027-01-07');
    expect(sayDate(january, 'fr', { relativeTo: plainDate('2027-03-01') })).toBe('jeudi 7 janvier');
    expect(sayDate(january, 'fr', { relativeTo: plainDate('2026-12-28') })).toBe('jeudi 7 janvier 2027');
    expect(sayDate(january, 'fr')).toBe('jeudi 7 janvier 2027');
    expect(sayDate(january, 'en')).toBe('Thursday 7 January 2027');
  });

  test('the first of a month is « 1er »', () => {
    expect(sayDate(plainDate('2027-01-01'), 'fr')).toBe('vendredi 1er janvier 2027');
    expect(sayDate(plainDate('2027-08-01'), 'en')).toBe('Sunday 1 August 2027');
  });

  test('hours are said as in French, and never break across lines', () => {
    expect(sayTime(plainTime('14:30'), 'fr')).toBe('14\u00a0h\u00a030');
    expect(sayTime(plainTime('09:00'), 'fr')).toBe('9\u00a0h');
    expect(sayTime(plainTime('09:05'), 'en')).toBe('09:05');
    expect(sayTimeRange(plainTime('14:00'), plainTime('14:30'), 'fr')).toBe('14\u00a0h\u00a0–\u00a014\u00a0h\u00a030');
    expect(sayTimeRange(plainTime('14:00'), plainTime('14:30'), 'en')).toBe('14:00–14:30');
  });

  test('an SMS is written with ordinary spaces', () => {
    expect(withPlainSpaces(sayTime(plainTime('14:30'), 'fr'))).toBe('14 h 30');
  });

  test('a list ends with « et »', () => {
    expect(sayList([], 'fr')).toBe('');
    expect(sayList(['lundi'], 'fr')).toBe('lundi');
    expect(sayList(['lundi', 'mardi', 'jeudi'], 'fr')).toBe('lundi, mardi et jeudi');
    expect(sayList(['Monday', 'Tuesday'], 'en')).toBe('Monday and Tuesday');
  });
});
