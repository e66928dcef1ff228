import type { Instant, LocalDateTime } from '@app/time';
import { toInstant } from '@app/time';
import { expect, it } from '@jest/globals';
import { permanenceEvent, type PermanenceDay, type Reader } from './events';

const at = (local: string): Instant => toInstant(local as LocalDateTime);
const reader: Reader = { language: 'fr', zone: 'Europe/Paris', isPublic: true };
const day: PermanenceDay = {
  id: 'd',
  start: at('2027-01-12T09:00'),
  end: at('2027-01-12T12:00'),
  changedAt: at('2027-01-04T09:00'),
  cancelled: false,
  confidential: false,
  site: '3 rue du Béarn',
  room: null,
  ruleId: 'r',
  originalStart: '2027-01-12T09:00' as LocalDateTime,
  title: 'Clic6',
  partner: 'Clic6',
  note: '',
  mode: 'walk-in',
  cause: '',
  address: '',
};

it('a date on which nobody is there is cancelled for whoever reads the calendar, without a name', () => {
  const away = { start: day.start, end: day.end, wholly: true };
  expect(permanenceEvent({ ...day, away }, reader)).toMatchObject({
    cancelled: true,
    description: 'Annulé : absent·e ce jour\nSans rendez-vous',
  });
});

it('an hour away is said, and the date stays', () => {
  const away = { start: at('2027-01-12T10:00'), end: at('2027-01-12T11:00'), wholly: false };
  const event = permanenceEvent({ ...day, away }, reader);
  expect(event.cancelled).toBe(false);
  expect(event.description).toMatch(/^Sans rendez-vous\nAbsent·e 10\sh\s–\s11\sh$/);
});
