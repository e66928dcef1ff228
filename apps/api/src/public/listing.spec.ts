import { type Instant, instant } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import { answersTo, listingFor, type Presence, type PresenceDate } from './listing';

const at = (iso: string): Instant => instant(Date.parse(iso));
const date = (start: string, end: string, more: Partial<PresenceDate> = {}): PresenceDate => ({
  start: at(start),
  end: at(end),
  site: '3 rue du Béarn',
  walkIn: true,
  group: false,
  missed: null,
  away: null,
  ...more,
});
const parquet: Presence = {
  permanenceId: '1',
  title: 'Correspondant du Parquet',
  partner: 'Correspondant du Parquet',
  description: 'Victime, litige, suites d’une plainte.',
  audience: '',
  note: '',
  phone: '01 41 80 18 95',
  rhythms: [],
  motifs: ['Victime, litige, suites d’une plainte'],
  dates: [
    date('2027-01-04T08:00:00Z', '2027-01-04T09:30:00Z'),
    date('2027-01-04T12:30:00Z', '2027-01-04T16:30:00Z'),
    date('2027-01-06T08:00:00Z', '2027-01-06T11:30:00Z', { walkIn: false }),
  ],
};
const edf: Presence = {
  ...parquet,
  permanenceId: '2',
  title: 'EDF Précarité',
  partner: 'EDF Précarité',
  description: 'Factures d’énergie',
  motifs: [],
  dates: [
    date('2027-01-01T08:00:00Z', '2027-01-01T11:00:00Z', { walkIn: false, missed: 'jour férié : Jour de l’an' }),
    date('2027-02-05T08:00:00Z', '2027-02-05T11:00:00Z', { walkIn: false }),
  ],
};
const wish = { words: '', site: null, day: null };
const monday = at('2027-01-04T08:40:00Z');

describe('the public listing', () => {
  it('names on Monday at 9:40 the Parquet as here now without an appointment, and again by appointment', () => {
    const listing = listingFor([parquet, edf], wish, monday);
    expect(listing.now.map(({ title }) => title)).toEqual(['Correspondant du Parquet']);
    expect(listing.walkIn).toEqual([]);
    expect(listing.byAppointment.map(({ title }) => title)).toEqual(['Correspondant du Parquet', 'EDF Précarité']);
  });

  it('moves the Parquet from "now" to "later" once the morning is over', () => {
    const listing = listingFor([parquet], wish, at('2027-01-04T10:00:00Z'));
    expect(listing.now).toEqual([]);
    expect(listing.walkIn).toHaveLength(1);
  });

  it('leaves out whoever only has a date that a holiday takes away', () => {
    const onlyHoliday = { ...edf, dates: edf.dates.slice(0, 1) };
    expect(listingFor([onlyHoliday], wish, monday).byAppointment).toEqual([]);
  });

  it.each([
    ['factures', true],
    ['FACTURE énergie', true],
    ['facture d’energie', true],
    ['plainte', false],
    ['', true],
  ])('finds EDF for « %s »: %s', (words, found) => {
    expect(answersTo(edf, words)).toBe(found);
  });

  it('keeps to the chosen day and place', () => {
    const day = { start: at('2027-01-05T23:00:00Z'), end: at('2027-01-06T23:00:00Z') };
    const listing = listingFor([parquet, edf], { ...wish, day }, monday);
    expect(listing.byAppointment.map(({ title }) => title)).toEqual(['Correspondant du Parquet']);
    expect(listing.now).toEqual([]);
    expect(listingFor([parquet], { ...wish, site: 'Maison pour tous' }, monday).byAppointment).toEqual([]);
  });
});

it('two agents of one service are one entry, its group meeting another', () => {
  const agent = (permanenceId: string, start: string) => ({
    ...parquet,
    permanenceId,
    partner: 'Mission locale',
    title: `Mission locale — ${permanenceId}`,
    rhythms: [{ days: 'tous les lundis', hours: '9 h – 12 h', site: '3 rue du Béarn', walkIn: false }],
    dates: [date(start, '2027-01-08T16:00:00Z', { walkIn: false })],
  });
  const workshop = { ...agent('atelier', '2027-01-08T09:00:00Z') };
  workshop.dates = workshop.dates.map((one) => ({ ...one, group: true }));
  const { byAppointment } = listingFor(
    [agent('I. Roche', '2027-01-08T08:00:00Z'), agent('B. Sow', '2027-01-07T08:00:00Z'), workshop],
    wish,
    monday,
  );
  expect(byAppointment.map(({ title, dates, rhythms }) => [title, dates.length, rhythms.length])).toEqual([
    ['Mission locale', 2, 1],
    ['Mission locale — atelier', 1, 1],
  ]);
});
