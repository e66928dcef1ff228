import { UsagerBody } from '@app/contract';
import { expect, it } from '@jest/globals';
import { parseUsager } from './usager';

const typed = (more: Partial<UsagerBody>): UsagerBody => ({ ...UsagerBody.parse({ lastName: 'Diallo' }), ...more });
const errorsOf = (more: Partial<UsagerBody>) => {
  const read = parseUsager(typed(more), 2027);
  return 'errors' in read ? read.errors : [];
};

it('a name alone is enough', () => {
  expect(parseUsager(typed({}), 2027)).toEqual({ facts: expect.objectContaining({ lastName: 'Diallo', phone: null }) });
});

it('a number is kept in its international form', () => {
  expect(parseUsager(typed({ phone: '06 39 98 12 34' }), 2027)).toEqual({
    facts: expect.objectContaining({ phone: { number: '+33639981234', kind: 'mobile' } }),
  });
});

it('a social security number is refused where it stands', () => {
  expect(errorsOf({ note: 'sécu 1 85 05 78 006 084 36', lastName: '1850578006084' })).toEqual([
    { at: 'lastName', why: 'nir' },
    { at: 'note', why: 'nir' },
  ]);
});

it('a social security number shared out between first name and name is refused', () => {
  expect(errorsOf({ firstName: '1 85 05', lastName: '78 006 084 36' })).toEqual([
    { at: 'lastName', why: 'nir-shared' },
  ]);
  expect(errorsOf({ firstName: '78 006 084', lastName: '1 85 05' })).toEqual([{ at: 'lastName', why: 'nir-shared' }]);
  expect(errorsOf({ firstName: 'Louis 14', lastName: 'de 2 à 16 ans' })).toEqual([]);
});

it('a name that hides characters, a number in its place, a language of nowhere: each is refused where it stands', () => {
  expect(errorsOf({ firstName: 'Awa\u202e', lastName: '0639980001', language: 'zz-klingon' })).toEqual([
    { at: 'firstName', why: 'hidden' },
    { at: 'lastName', why: 'not-a-name' },
    { at: 'language', why: 'language' },
  ]);
  expect(errorsOf({ firstName: 'Li 2', lastName: 'Nguyễn', language: 'snk' })).toEqual([]);
});

it('a social security number typed as a phone number is called by its name', () => {
  expect(errorsOf({ phone: '1 85 05 78 006 084' })).toEqual([{ at: 'phone', why: 'nir' }]);
});

it('a foreign number of thirteen digits is a phone number', () => {
  expect(errorsOf({ phone: '+49 1512 3456789' })).toEqual([]);
});

it('an incomplete number is refused', () => {
  expect(errorsOf({ phone: '06 39 98' })).toEqual([{ at: 'phone', why: 'phone' }]);
});

it('nobody is born next year', () => {
  expect(errorsOf({ birthYear: 2028 })).toEqual([{ at: 'birthYear', why: 'birth-year' }]);
  expect(errorsOf({ birthYear: 2027 })).toEqual([]);
});

it('a social security number typed for a contact is refused where it stands', () => {
  const contact = { name: '1 85 05 78 006 084', relation: 'parent' as const, phone: '1 85 05 78 006 084', told: false };
  expect(errorsOf({ contact })).toEqual([
    { at: 'contact.phone', why: 'nir' },
    { at: 'contact.name', why: 'nir' },
  ]);
});

it('messages go to a contact only with a number', () => {
  expect(errorsOf({ contact: { name: 'Mme Roy', relation: 'guardian', phone: null, told: true } })).toEqual([
    { at: 'contact.phone', why: 'contact-phone' },
  ]);
});

it('hours of a safe contact are in order, and kept only with the mark', () => {
  const safeHours = { from: '11:00', until: '09:00' };
  expect(errorsOf({ safeContact: true, safeHours })).toEqual([{ at: 'safeHours.until', why: 'safe-hours' }]);
  expect(parseUsager(typed({ safeHours: { from: '09:00', until: '11:00' } }), 2027)).toMatchObject({
    facts: { safeHours: null },
  });
});
