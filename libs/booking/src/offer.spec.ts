import { describe, expect, it } from '@jest/globals';
import {
  contains,
  type Instant,
  type Interval,
  type LocalDateTime,
  MINUTE,
  overlaps,
  toInstant,
  toLocal,
} from '@app/time';
import fc from 'fast-check';
import { decide, type OpenSlot } from './bookable';
import { type Counter, fewPerDay, type Held, matching, nearest, offer, type Offered } from './offer';

const ZONE = 'Europe/Paris';
const at = (local: string) => toInstant(local as LocalDateTime, ZONE);
const NOON = at('2027-03-27T12:00');

/** A day of some agents or places, some of it taken, over the weekend when the clocks change. */
const day = fc
  .record({
    start: fc.integer({ min: -600, max: 2400 }),
    minutes: fc.integer({ min: 10, max: 600 }),
    counters: fc.integer({ min: 1, max: 4 }),
    named: fc.boolean(),
    mode: fc.constantFrom('appointment' as const, 'group' as const),
    taken: fc.array(
      fc.record({
        counter: fc.nat(3),
        from: fc.integer({ min: -60, max: 600 }),
        length: fc.integer({ min: 1, max: 120 }),
      }),
      { maxLength: 12 },
    ),
    duration: fc.integer({ min: 5, max: 90 }),
    now: fc.integer({ min: -900, max: 2900 }),
  })
  .map(({ start, minutes, counters, named, mode, taken, duration, now }) => {
    const from = (NOON + start * MINUTE) as Instant;
    const held: Held = {
      id: 'date',
      siteId: 'site',
      roomId: null,
      mode,
      state: 'held',
      cause: '',
      during: { start: from, end: (from + minutes * MINUTE) as Instant },
      counters: Array.from(
        { length: counters },
        (_, n): Counter => ({
          resourceId: `r${n}`,
          agentId: named && mode !== 'group' ? `agent ${n}` : null,
          seat: named && mode !== 'group' ? null : n + 1,
        }),
      ),
    };
    const busy = new Map<string, Interval[]>();
    for (const one of taken) {
      const during = {
        start: (from + one.from * MINUTE) as Instant,
        end: (from + (one.from + one.length) * MINUTE) as Instant,
      };
      const known = busy.get(`r${one.counter}`) ?? [];
      // A counter is taken by one thing at a time, as its claims are.
      if (!known.some((other) => overlaps(other, during))) busy.set(`r${one.counter}`, [...known, during]);
    }
    return { held, busy, duration, now: (NOON + now * MINUTE) as Instant };
  });

type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

const read = ({ held, busy, duration }: Day): OpenSlot => ({
  ...held,
  partnerId: 'p',
  confidential: false,
  bookable: true,
  durationMinutes: duration,
  taken: [...busy].flatMap(([resourceId, all]) =>
    all.map((during) => ({ resourceId, during, publishedName: null, heldBy: null })),
  ),
});

describe('what is offered', () => {
  it('every slot lies in its date, has not begun, and touches nothing of the counters that are free for it', () => {
    fc.assert(
      fc.property(day, ({ held, busy, duration, now }) => {
        for (const slot of offer(held, busy, duration, now)) {
          expect(contains(held.during, slot)).toBe(true);
          expect(slot.start).toBeGreaterThanOrEqual(now);
          expect(slot.free.length).toBeGreaterThan(0);
          for (const { resourceId } of slot.free)
            expect((busy.get(resourceId) ?? []).some((one) => overlaps(one, slot))).toBe(false);
        }
      }),
    );
  });

  it('every slot that is offered can be booked at once, by each of those it names', () => {
    fc.assert(
      fc.property(day, (given) => {
        for (const slot of offer(given.held, given.busy, given.duration, given.now)) {
          expect(decide(read(given), { start: slot.start, agentId: null }, given.now)).toMatchObject({
            ok: true,
            during: { start: slot.start, end: slot.end },
          });
          for (const { agentId } of slot.free)
            expect(decide(read(given), { start: slot.start, agentId }, given.now).ok).toBe(true);
        }
      }),
    );
  });

  it('booking one after the other, whoever is asked for, never passes what the counters can take', () => {
    fc.assert(
      fc.property(day, fc.array(fc.nat(30), { maxLength: 30 }), (given, picks) => {
        const busy = new Map([...given.busy].map(([id, all]) => [id, [...all]]));
        for (const pick of picks) {
          const offered = offer(given.held, busy, given.duration, given.now);
          const slot = offered[pick % Math.max(1, offered.length)];
          if (!slot) break;
          const decision = decide(read({ ...given, busy }), { start: slot.start, agentId: null }, given.now);
          if (!decision.ok) throw new Error(decision.why);
          const all = busy.get(decision.counter.resourceId) ?? [];
          expect(all.some((one) => overlaps(one, decision.during))).toBe(false);
          busy.set(decision.counter.resourceId, [...all, decision.during]);
        }
      }),
    );
  });

  it('a narrower question is a filter of the wider one', () => {
    const key = (slot: Offered) => `${slot.start} ${slot.end}`;
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('morning' as const, 'afternoon' as const, undefined),
        fc.option(fc.nat(3)),
        ({ held, busy, duration, now }, part, agent) => {
          const wide = offer(held, busy, duration, now);
          const agentId = agent === null ? undefined : `agent ${agent}`;
          const narrow = matching(wide, { part, agentId, zone: ZONE });
          const known = new Set(wide.map(key));
          for (const slot of narrow) {
            expect(known.has(key(slot))).toBe(true);
            if (part) expect(toLocal(slot.start, ZONE).slice(11) < '12:00' ? 'morning' : 'afternoon').toBe(part);
            if (agentId) expect(slot.free.every((counter) => counter.agentId === agentId)).toBe(true);
          }
          const parts = (['morning', 'afternoon'] as const).flatMap((one) => matching(wide, { part: one, zone: ZONE }));
          expect(parts.map(key).sort()).toEqual(wide.map(key).sort());
        },
      ),
    );
  });

  it('asking from later gives the same slots, less those that have begun', () => {
    fc.assert(
      fc.property(day, fc.nat(600), ({ held, busy, duration, now }, later) => {
        const then = (now + later * MINUTE) as Instant;
        expect(offer(held, busy, duration, then)).toEqual(
          offer(held, busy, duration, now).filter((slot) => slot.start >= then),
        );
      }),
    );
  });
});

describe('what may not be booked', () => {
  const slot: OpenSlot = {
    partnerId: 'p',
    siteId: 's',
    roomId: null,
    mode: 'appointment',
    state: 'held',
    cause: '',
    confidential: false,
    bookable: true,
    durationMinutes: 30,
    during: { start: at('2027-02-03T09:00'), end: at('2027-02-03T12:30') },
    taken: [],
    counters: [
      { resourceId: 'ana', agentId: 'ana', seat: null },
      { resourceId: 'bilal', agentId: 'bilal', seat: null },
    ],
  };
  const why = (more: Partial<OpenSlot>, start: string, agentId: string | null = null) => {
    const decision = decide({ ...slot, ...more }, { start: at(start), agentId }, at('2027-02-03T08:00'));
    return decision.ok ? decision.counter.resourceId : decision.why;
  };
  const busy = (resourceId: string, heldBy: string | null = null) => ({
    resourceId,
    heldBy,
    publishedName: null,
    during: { start: at('2027-02-03T09:00'), end: at('2027-02-03T09:30') },
  });

  it('a start that leaves no time before the end: the date has changed', () => {
    expect(why({}, '2027-02-03T12:00')).toBe('ana');
    expect(why({}, '2027-02-03T12:01')).toBe('occurrence-changed');
    expect(why({}, '2027-02-03T08:59')).toBe('occurrence-changed');
  });

  it('the first free of two agents receives; the one asked for is not replaced', () => {
    expect(why({ taken: [busy('ana')] }, '2027-02-03T09:00')).toBe('bilal');
    expect(why({ taken: [busy('ana')] }, '2027-02-03T09:00', 'ana')).toBe('agent-taken');
    expect(why({ taken: [busy('ana')] }, '2027-02-03T09:30', 'ana')).toBe('ana');
    expect(why({ taken: [busy('ana'), busy('bilal')] }, '2027-02-03T09:15')).toBe('slot-taken');
  });

  it('an agent who is no longer there: the date has changed', () => {
    expect(why({}, '2027-02-03T09:00', 'chloé')).toBe('occurrence-changed');
  });

  it('a walk-in is not booked, nor a motif that is not received here', () => {
    expect(why({ mode: 'walk-in' }, '2027-02-03T09:00')).toBe('not-bookable-here');
    expect(why({ bookable: false }, '2027-02-03T09:00')).toBe('not-bookable-here');
  });

  it('who moves is no obstacle to herself', () => {
    const one = { ...slot, counters: slot.counters.slice(0, 1), taken: [busy('ana', 'me')] };
    expect(decide(one, { start: at('2027-02-03T09:15'), agentId: null }, at('2027-02-03T08:00'))).toMatchObject({
      ok: false,
    });
    expect(
      decide(one, { start: at('2027-02-03T09:15'), agentId: null, moving: 'me' }, at('2027-02-03T08:00')),
    ).toMatchObject({ ok: true });
  });
});

describe('the few that are shown', () => {
  const slotAt = (local: string, agents: (string | null)[] = [null]): Offered => ({
    start: at(local),
    end: (at(local) + 30 * MINUTE) as Instant,
    occurrence: { id: 'date', siteId: 's' } as Held,
    free: agents.map((agentId, n) => ({ resourceId: `${n}`, agentId, seat: null })),
  });

  it('shows the first of each day, and counts the rest', () => {
    const all = ['2027-01-05T09:00', '2027-01-05T09:30', '2027-01-05T10:00', '2027-01-12T09:00'].map((local) =>
      slotAt(local),
    );
    const { chosen, more, complete } = fewPerDay(all, { perDay: 2, limit: 10, zone: ZONE });
    expect(chosen.map((slot) => toLocal(slot.start, ZONE))).toEqual([
      '2027-01-05T09:00',
      '2027-01-05T09:30',
      '2027-01-12T09:00',
    ]);
    expect([more, complete]).toEqual([[{ date: '2027-01-05', left: 1 }], true]);
    expect(fewPerDay(all, { perDay: 2, limit: 2, zone: ZONE }).complete).toBe(false);
  });

  it('the way out of a refusal is the same person at another hour, then another person', () => {
    const all = [
      slotAt('2027-01-05T09:00', ['ana']),
      slotAt('2027-01-05T10:00', ['bilal']),
      slotAt('2027-01-12T09:00', ['ana', 'bilal']),
    ];
    const near = (agentId: string | null) =>
      nearest(all, { start: at('2027-01-05T09:45'), agentId }, 2).map((slot) => toLocal(slot.start, ZONE));
    expect(near(null)).toEqual(['2027-01-05T10:00', '2027-01-05T09:00']);
    expect(near('ana')).toEqual(['2027-01-05T09:00', '2027-01-12T09:00']);
  });
});
