import { describe, expect, it } from '@jest/globals';
import { readPerson } from './typed-person';

const typed = { firstName: ' Awa ', lastName: 'Diallo', phone: '06 39 98 12 34' };

describe('what someone types of herself on the public page', () => {
  it('is a name and a number', () => {
    expect(readPerson(typed, true)).toEqual({
      person: { firstName: 'Awa', lastName: 'Diallo', phone: '+33639981234' },
    });
  });

  it('each field that is missing or wrong is said, together', () => {
    expect(readPerson({ firstName: '', lastName: 'x'.repeat(81), phone: '12' }, false)).toEqual({
      errors: { firstName: 'missing', lastName: 'too-long', phone: 'phone' },
    });
  });

  it('a social security number is refused wherever it is typed', () => {
    const nir = '2 69 05 49 588 157 80';
    expect(readPerson({ ...typed, lastName: nir }, true)).toEqual({ errors: { lastName: 'nir' } });
    expect(readPerson({ ...typed, phone: nir }, true)).toEqual({ errors: { phone: 'nir' } });
  });

  it('a landline will do unless a code is sent to it', () => {
    expect(readPerson({ ...typed, phone: '01 99 00 12 34' }, true)).toEqual({ errors: { phone: 'mobile' } });
    expect(readPerson({ ...typed, phone: '01 99 00 12 34' }, false)).toHaveProperty('person');
  });
});
