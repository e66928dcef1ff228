import { parseLocalDateTime, plainDate, toInstant } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import type { FoundDate } from './found-date';
import { type About, verdictOn, whoReceives } from './series-verdicts';

const ZONE = 'Europe/Paris';
const instant = (text: string) => {
  const local = parseLocalDateTime(text);
  if (!local) throw new Error(text);
  return toInstant(local, ZONE);
};
const ANA = { id: 'ana', name: 'Ana' };

type Busy = [hours: string, away?: boolean];

/** '2027-05-04 14:00-16:00', received by these agents, each with what makes her busy. */
function aDate(on: string, agents: Record<string, Busy[]>, more: Partial<FoundDate> = {}): FoundDate {
  const [day = '', hours = ''] = on.split(' ');
  const [start = '', end = ''] = hours.split('-');
  const span = (text: string) => {
    const [from = '', to = ''] = text.split('-');
    return { start: instant(`${day}T${from}`), end: instant(`${day}T${to}`) };
  };
  const originalStart = parseLocalDateTime(`${day}T${start}`);
  if (!originalStart) throw new Error(on);
  return {
    id: on + Object.keys(agents),
    siteId: 'bearn',
    roomId: null,
    during: { start: instant(`${day}T${start}`), end: instant(`${day}T${end}`) },
    originalStart,
    mode: 'appointment',
    cause: '',
    verdict: 'open',
    lengths: [30],
    counters: Object.entries(agents).map(([agentId, busy]) => ({
      resourceId: agentId,
      agentId,
      seat: null,
      answers: true,
      busy: busy.map(([taken, away = false]) => ({ ...span(taken), until: null, away })),
    })),
    ...more,
  };
}

const about: About = {
  motifId: 'suivi',
  zone: ZONE,
  language: 'fr',
  partner: 'AEF 94',
  noticeHours: 0,
  horizonDays: 0,
  need: { durationMinutes: 30, pauseBefore: 0, pauseAfter: 0, agents: 1 },
  earliest: instant('2027-01-04T09:40'),
  laidOutUntil: plainDate('2028-07-04'),
};

function verdict(start: string, there: FoundDate[], theirs: FoundDate[] = []) {
  const { slot, alternatives, why, ...rest } = verdictOn(
    { start: instant(start), siteId: 'bearn', agent: ANA },
    { there, theirs },
    about,
  );
  const said = (one: NonNullable<typeof slot>) => `${one.start.slice(5)} ${one.agentId}`;
  return { ...rest, slot: slot && said(slot), ways: alternatives.map(said), why: why?.why ?? null, text: why?.text };
}

describe('a date of a series', () => {
  it('is free when the same person receives at the same hour', () => {
    const found = verdict('2027-05-04T14:00', [aDate('2027-05-04 14:00-16:00', { ana: [], bea: [] })]);
    expect(found).toMatchObject({ verdict: 'free', slot: '05-04T14:00 ana', ways: [], why: null });
  });

  it('taken at that hour is offered at the nearest others of the day, with the same person before another', () => {
    const found = verdict('2027-05-04T14:30', [aDate('2027-05-04 14:00-16:00', { ana: [['14:30-15:00']], bea: [] })]);
    expect(found).toMatchObject({ verdict: 'other-hour', slot: null, why: 'taken' });
    expect(found.ways.slice(0, 3)).toEqual(['05-04T14:00 ana', '05-04T15:00 ana', '05-04T15:30 ana']);
    expect(found.ways[3]).toContain('05-04T14:30 bea');
  });

  it('full that day goes to another day with the same person before the same hour with another', () => {
    const full = aDate('2027-05-04 14:00-15:00', { ana: [['14:00-15:00']], bea: [] });
    const found = verdict('2027-05-04T14:00', [full, aDate('2027-05-06 09:00-09:30', { ana: [] })]);
    expect(found).toMatchObject({ verdict: 'not-possible', why: 'full' });
    expect(found.ways.slice(0, 2)).toEqual(['05-06T09:00 ana', '05-04T14:00 bea']);
  });

  it('taken in a half-day that is full is taken, not an hour when nobody receives', () => {
    const morning = aDate('2027-05-04 09:00-12:30', {}, { verdict: 'full' });
    const afternoon = aDate('2027-05-04 14:00-15:00', { ana: [] });
    const found = verdict('2027-05-04T09:45', [morning, afternoon], [morning, afternoon]);
    expect(found).toMatchObject({ verdict: 'other-hour', why: 'taken', text: 'pris à cette heure' });
    expect(found.ways).toEqual(['05-04T14:00 ana', '05-04T14:30 ana']);
    // A colleague's full morning hides hers in the search of everybody: her own still says so.
    const colleague = aDate('2027-05-04 08:30-12:30', { bea: [] }, { verdict: 'full' });
    expect(verdict('2027-05-04T09:45', [colleague, afternoon], [morning, afternoon])).toMatchObject({ why: 'taken' });
    expect(verdict('2027-05-04T12:45', [morning, afternoon], [morning, afternoon])).toMatchObject({
      why: 'other-hours',
    });
  });

  it('an absence is named as an absence, a colleague’s turn as a colleague’s', () => {
    const away = aDate('2027-05-04 14:00-16:00', { ana: [['14:00-16:00', true]] });
    expect(verdict('2027-05-04T14:00', [away])).toMatchObject({ verdict: 'not-possible', why: 'absent', ways: [] });
    const others = verdict('2027-05-04T14:00', [aDate('2027-05-04 14:00-16:00', { bea: [] })]);
    expect(others).toMatchObject({ why: 'agent-elsewhere', text: 'Ana n’y reçoit pas ce jour-là' });
    expect(others.ways[0]).toBe('05-04T14:00 bea');
  });

  it('her own full session is full, though a colleague beside her has room', () => {
    const full = aDate('2027-05-04 14:00-15:00', {}, { verdict: 'full' });
    const beside = aDate('2027-05-04 14:00-15:00', { bea: [] });
    expect(verdict('2027-05-04T14:00', [full, beside], [full])).toMatchObject({
      why: 'full',
      ways: ['05-04T14:00 bea', '05-04T14:30 bea'],
    });
  });

  it('a public holiday and a closure have their own names', () => {
    const skipped = (cause: string) =>
      verdict('2027-03-29T14:00', [aDate('2027-03-29 14:00-16:00', {}, { verdict: 'skipped', cause })]);
    expect(skipped('jour férié : lundi de Pâques')).toMatchObject({ why: 'public-holiday', text: 'lundi de Pâques' });
    expect(skipped('fermeture : pont')).toMatchObject({ why: 'closed', text: 'fermeture : pont' });
  });

  it('a day without a session, and one that is not laid out yet, say so', () => {
    expect(verdict('2027-05-05T14:00', [])).toMatchObject({ verdict: 'not-possible', why: 'no-date' });
    expect(verdict('2028-09-05T14:00', [])).toMatchObject({ verdict: 'not-possible', why: 'not-laid-out' });
  });

  it('an hour outside the session of that day says so and offers that day’s', () => {
    const found = verdict('2027-05-04T09:00', [aDate('2027-05-04 14:00-15:00', { ana: [] })]);
    expect(found).toMatchObject({
      verdict: 'other-hour',
      why: 'other-hours',
      ways: ['05-04T14:00 ana', '05-04T14:30 ana'],
    });
  });

  it('the same person elsewhere is a way out, never the same place', () => {
    const elsewhere = aDate('2027-05-04 14:00-15:00', { ana: [] }, { siteId: 'mandela', id: 'mandela' });
    expect(verdict('2027-05-04T14:00', [], [elsewhere])).toMatchObject({
      verdict: 'other-hour',
      why: 'no-date',
      ways: ['05-04T14:00 ana', '05-04T14:30 ana'],
    });
  });
});

describe('with whom a series is', () => {
  const first = '2027-05-04T14:00';
  const starts = [instant(first), instant('2027-05-11T14:00')];
  const found = [
    [aDate('2027-05-04 14:00-15:00', { ana: [], bea: [] })],
    [aDate('2027-05-11 14:00-15:00', { ana: [['14:00-14:30']], bea: [] })],
  ];

  it('her référent where she receives', () => {
    expect(whoReceives(starts, found, { ...about, referentId: 'ana' })).toBe('ana');
  });

  it('else whoever is free at that hour most often; nobody where places have no name', () => {
    expect(whoReceives(starts, found, { ...about, referentId: 'someone else' })).toBe('bea');
    const places = [[aDate('2027-05-04 14:00-15:00', {})], []];
    expect(whoReceives(starts, places, { ...about, referentId: null })).toBeNull();
  });
});
