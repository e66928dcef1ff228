import { expect, it } from '@jest/globals';
import { differing, type Mergeable, merged } from './merging';

const aRecord = (more: Partial<Mergeable>): Mergeable => ({
  firstName: 'Fatou',
  lastName: 'Diallo',
  phone: null,
  phoneKind: null,
  phoneShared: false,
  language: 'fr',
  interpreter: false,
  birthYear: null,
  toldBy: 'sms',
  contactName: null,
  contactRelation: null,
  contactPhone: null,
  contactPhoneKind: null,
  contactTold: false,
  safeContact: false,
  safeFrom: null,
  safeUntil: null,
  sectorId: null,
  note: '',
  ...more,
});

it('what only the other record holds is kept, and asks nothing', () => {
  const kept = aRecord({});
  const other = aRecord({ phone: '+33639981234', phoneKind: 'mobile', birthYear: 1984, note: 'fauteuil' });
  expect(differing(kept, other)).toEqual([]);
  expect(merged(kept, other, [])).toMatchObject({ phone: '+33639981234', birthYear: 1984, note: 'fauteuil' });
});

it('where both differ the kept record wins, save for what is taken', () => {
  const kept = aRecord({ birthYear: 1984, note: 'fauteuil' });
  const other = aRecord({ lastName: 'Dialo', birthYear: 1985, note: 'poussette' });
  expect(differing(kept, other)).toEqual(['lastName', 'birthYear', 'note']);
  expect(merged(kept, other, [])).toMatchObject({ lastName: 'Diallo', birthYear: 1984, note: 'fauteuil' });
  expect(merged(kept, other, ['birthYear'])).toMatchObject({ birthYear: 1985, note: 'fauteuil' });
});

it('an empty field is never taken over a full one', () => {
  expect(merged(aRecord({ note: 'fauteuil' }), aRecord({}), ['note'])).toMatchObject({ note: 'fauteuil' });
});

it('what protects a person is kept from whichever record says it', () => {
  const other = aRecord({
    safeContact: true,
    safeFrom: '09:00',
    safeUntil: '11:00',
    toldBy: 'nobody',
    interpreter: true,
  });
  expect(merged(aRecord({}), other, [])).toMatchObject({
    safeContact: true,
    safeFrom: '09:00',
    safeUntil: '11:00',
    toldBy: 'nobody',
    interpreter: true,
  });
  const phone = { phone: '+33639981234', phoneKind: 'mobile' as const };
  expect(merged(aRecord(phone), aRecord({ ...phone, phoneShared: true }), [])).toMatchObject({ phoneShared: true });
});
