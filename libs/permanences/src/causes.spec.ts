import { plainDate } from '@app/time';
import { expect, it } from '@jest/globals';
import { holidayOf, isClosureCause, sayCause, sayClosed, storedCause } from './causes';

const GOOD_FRIDAY = plainDate('2027-03-26');

it('a pont is a closure, with its name, and never a holiday', () => {
  const cause = storedCause({ kind: 'closure', text: 'pont de l’Ascension', textEn: '' });
  expect(cause).toBe('fermeture : pont de l’Ascension');
  expect(isClosureCause(cause)).toBe(true);
  expect(holidayOf(cause, plainDate('2027-05-07'), 'fr')).toBeNull();
  expect(sayCause(cause, plainDate('2027-05-07'), 'en')).toBe('closed: pont de l’Ascension');
});

it('a closure without a cause says only that it is closed', () => {
  expect(storedCause({ kind: 'closure', text: 'Fermeture', textEn: 'Closed' })).toBe('fermeture');
  expect(sayCause('fermeture', plainDate('2027-05-07'), 'en')).toBe('closed');
  expect([sayClosed('', 'fr'), sayClosed('', 'en')]).toEqual(['fermeture', 'closed']);
  expect([sayClosed('pont', 'fr'), sayClosed('pont', 'en')]).toEqual(['fermeture : pont', 'closed: pont']);
});

it('a holiday of Alsace has its English name too', () => {
  const cause = storedCause({ kind: 'public-holiday', text: 'Vendredi saint', textEn: 'Good Friday' });
  expect(cause).toBe('jour férié : Vendredi saint');
  expect(sayCause(cause, GOOD_FRIDAY, 'en')).toBe('public holiday: Good Friday');
});

it('a date that the permanence itself leaves out is neither a holiday nor a closure', () => {
  const cause = storedCause({ kind: 'excluded', text: '24 décembre', textEn: '24 décembre' });
  expect(cause).toBe('pas de permanence : 24 décembre');
  expect([holidayOf(cause, GOOD_FRIDAY, 'fr'), isClosureCause(cause)]).toEqual([null, false]);
  expect(sayCause(cause, GOOD_FRIDAY, 'en')).toBe('no session: 24 décembre');
  expect(storedCause({ kind: 'excluded', text: '', textEn: '' })).toBe('pas de permanence');
});

it('what someone wrote stays as written', () => {
  expect(sayCause('absence de la bénévole', GOOD_FRIDAY, 'en')).toBe('absence de la bénévole');
  expect(isClosureCause('fermetures éclair')).toBe(false);
});
