import type { UsagerBody } from '@app/contract';

/** A person of whom nothing is known yet. */
export const NOBODY: UsagerBody = {
  firstName: '',
  lastName: '',
  phone: null,
  phoneShared: false,
  language: 'fr',
  interpreter: false,
  birthYear: null,
  toldBy: 'sms',
  contact: null,
  safeContact: false,
  safeHours: null,
  sectorId: null,
  note: '',
};
