import { describe, expect, it } from '@jest/globals';
import { contains, type Instant, type LocalDateTime, MINUTE, overlaps, toInstant, toLocal } from '@app/time';
import fc from 'fast-check';
import { decide, type OpenSlot, type Presence } from './bookable';
import {
  type Attended,
  type Busy,
  concerns,
  fewPerDay,
  type Held,
  heldSlots,
  matching,
  nearest,
  type Offered,
  offer,
  takenBy,
} from './offer';

const ZONE = 'Europe/Paris';
const at = (local: string) => toInstant(local as LocalDateTime, ZONE);
const NOON = at('2027-03-27T12:00');

/** A day of some agents or places, some of it taken, held or without the agent, over the weekend when the clocks change. */
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
        kind: fc.constantFrom('taken', 'held', 'away'),
      }),
      { maxLength: 12 },
    ),
    need: fc.record({
      durationMinutes: fc.integer({ min: 5, max: 90 }),
      pauseBefore: fc.constantFrom(0, 0, 5, 10),
      pauseAfter: fc.constantFrom(0, 0, 5),
      agents: fc.constantFrom(1, 1, 2),
    }),
    lengths: fc.array(fc.constantFrom(15, 20, 30, 45), { maxLength: 2 }),
    now: fc.integer({ min: -900, max: 2900 }),
  })
  .map(({ start, minutes, counters, named, mode, taken, need, lengths, now }) => {
    const from = (NOON + start * MINUTE) as Instant;
    const busy = Array.from({ length: counters }, (): Busy[] => []);
    for (const one of taken) {
      const during = {
        start: (from + one.from * MINUTE) as Instant,
        end: (from + (one.from + one.length) * MINUTE) as Instant,
      };
      const known = busy[one.counter];
      // A counter is taken by one thing at a time, as its claims are.
      if (known && !known.some((other) => overlaps(other, during)))
        known.push({ ...during, until: one.kind === 'held' ? NOON : null, away: one.kind === 'away' });
    }
    const held: Held = {
      id: 'date',
      siteId: 'site',
      roomId: null,
      mode,
      during: { start: from, end: (from + minutes * MINUTE) as Instant },
      lengths,
      counters: busy.map(
        (ofCounter, n): Attended => ({
          resourceId: `r${n}`,
          agentId: named && mode !== 'group' ? `agent ${n}` : null,
          seat: named && mode !== 'group' ? null : n + 1,
          answers: true,
          busy: ofCounter,
        }),
      ),
    };
    return { held, need: mode === 'group' ? { ...need, agents: 1 } : need, now: (NOON + now * MINUTE) as Instant };
  });

type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

const read = ({ held, need }: Day): OpenSlot => ({
  ...held,
  partnerId: 'p',
  confidential: false,
  bookable: true,
  state: 'held',
  cause: '',
  need,
  modes: ['on-site'],
  taken: held.counters.flatMap(({ resourceId, busy }) => busy.map((one) => ({ ...one, resourceId, heldBy: null }))),
});

describe('what is offered', () => {
  it('every slot lies in its date, has not begun, and with its pauses touches nothing of the counters free for it', () => {
    fc.assert(
      fc.property(day, ({ held, need, now }) => {
        for (const slot of offer(held, need, now)) {
          expect(contains(held.during, slot)).toBe(true);
          expect(slot.start).toBeGreaterThanOrEqual(now);
          expect(slot.free.length).toBeGreaterThan(0);
          const takes = takenBy(held, slot, need);
          for (const { busy } of slot.free)
            expect(busy.some((one) => concerns(held, one) && overlaps(one, takes))).toBe(false);
        }
      }),
    );
  });

  it('every slot that is offered can be booked at once, by each of those it names', () => {
    fc.assert(
      fc.property(day, (given) => {
        const wanted = (start: Instant, agentId: string | null) =>
          decide(read(given), { zone: ZONE, start, agentId }, given.now);
        for (const slot of offer(given.held, given.need, given.now)) {
          expect(wanted(slot.start, null)).toMatchObject({ ok: true, during: { start: slot.start, end: slot.end } });
          for (const { agentId } of slot.free) expect(wanted(slot.start, agentId).ok).toBe(true);
        }
      }),
    );
  });

  it('booking one after the other, whoever is asked for, never passes what the counters can take', () => {
    fc.assert(
      fc.property(day, fc.array(fc.nat(30), { maxLength: 30 }), (given, picks) => {
        let { held } = given;
        for (const pick of picks) {
          const offered = offer(held, given.need, given.now);
          const slot = offered[pick % Math.max(1, offered.length)];
          if (!slot) break;
          const decision = decide(
            read({ ...given, held }),
            { zone: ZONE, start: slot.start, agentId: null },
            given.now,
          );
          if (!decision.ok) throw new Error(decision.why);
          expect(decision.counters).toHaveLength(given.need.agents);
          const taken = { ...decision.takes, until: null, away: false };
          held = {
            ...held,
            counters: held.counters.map((counter) => {
              if (!decision.counters.some(({ resourceId }) => resourceId === counter.resourceId)) return counter;
              expect(counter.busy.some((one) => concerns(held, one) && overlaps(one, taken))).toBe(false);
              return { ...counter, busy: [...counter.busy, taken] };
            }),
          };
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
        ({ held, need, now }, part, agent) => {
          const wide = offer(held, need, now);
          const asked = {
            ...held,
            counters: held.counters.map((one, n) => ({ ...one, answers: agent === null || n === agent })),
          };
          const narrow = matching(offer(asked, need, now), { part, zone: ZONE });
          const known = new Set(wide.map(key));
          for (const slot of narrow) {
            expect(known.has(key(slot))).toBe(true);
            if (part) expect(toLocal(slot.start, ZONE).slice(11) < '12:00' ? 'morning' : 'afternoon').toBe(part);
            if (agent !== null) expect(slot.free.some(({ resourceId }) => resourceId === `r${agent}`)).toBe(true);
          }
          const parts = (['morning', 'afternoon'] as const).flatMap((one) => matching(wide, { part: one, zone: ZONE }));
          expect(parts.map(key).sort()).toEqual(wide.map(key).sort());
        },
      ),
    );
  });

  it('asking from later gives the same slots, less those that have begun', () => {
    fc.assert(
      fc.property(day, fc.nat(600), ({ held, need, now }, later) => {
        const then = (now + later * MINUTE) as Instant;
        expect(offer(held, need, then)).toEqual(offer(held, need, now).filter((slot) => slot.start >= then));
      }),
    );
  });

  it('what someone else is being written down for is shown with its end, and not offered', () => {
    const until = at('2027-03-27T10:04');
    const during = { start: NOON, end: (NOON + 60 * MINUTE) as Instant };
    const busy = [{ start: NOON, end: (NOON + 30 * MINUTE) as Instant, until, away: false }];
    const held: Held = {
      ...{ id: 'date', siteId: 's', roomId: null, mode: 'appointment', during, lengths: [] },
      counters: [{ resourceId: 'r', agentId: 'ana', seat: null, answers: true, busy }],
    };
    const need = { durationMinutes: 30, pauseBefore: 0, pauseAfter: 0, agents: 1 };
    expect(offer(held, need, NOON).map(({ start }) => start)).toEqual([NOON + 30 * MINUTE]);
    expect(heldSlots(held, need, NOON)).toEqual([{ start: NOON, end: NOON + 30 * MINUTE, until }]);
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
    need: { durationMinutes: 30, pauseBefore: 0, pauseAfter: 0, agents: 1 },
    modes: ['on-site'],
    during: { start: at('2027-02-03T09:00'), end: at('2027-02-03T12:30') },
    taken: [],
    counters: [
      { resourceId: 'ana', agentId: 'ana', seat: null },
      { resourceId: 'bilal', agentId: 'bilal', seat: null },
    ],
  };
  const why = (more: Partial<OpenSlot>, start: string, agentId: string | null = null, exact = false) => {
    const wanted = { zone: ZONE, start: at(start), agentId, exact };
    const decision = decide({ ...slot, ...more }, wanted, at('2027-02-03T08:00'));
    return decision.ok ? decision.counters.map(({ resourceId }) => resourceId).join(' ') : decision.why;
  };
  const busy = (resourceId: string, more: Partial<Presence> = {}): Presence => ({
    ...{ resourceId, heldBy: null, until: null, away: false },
    ...{ start: at('2027-02-03T09:00'), end: at('2027-02-03T09:30') },
    ...more,
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

  it('an hour nobody was offered, 10:07, is refused, unless it is asked for at this very hour', () => {
    expect(why({}, '2027-02-03T10:07')).toBe('not-offered');
    expect(why({}, '2027-02-03T10:07', null, true)).toBe('ana');
    expect(why({ taken: [busy('ana')] }, '2027-02-03T09:15', null, true)).toBe('bilal');
    expect(why({ taken: [busy('ana'), busy('bilal')] }, '2027-02-03T09:15', null, true)).toBe('slot-taken');
  });

  it('an agent who is away, a slot that is being booked: each says so', () => {
    expect(why({ taken: [busy('ana', { away: true })] }, '2027-02-03T09:00', 'ana')).toBe('agent-away');
    const held = { until: at('2027-02-03T08:03') };
    const taken = [busy('ana', held), busy('bilal')];
    const wanted = { zone: ZONE, start: at('2027-02-03T09:00'), agentId: null };
    expect(decide({ ...slot, taken }, wanted, at('2027-02-03T08:00'))).toMatchObject({
      why: 'slot-held',
      until: '2027-02-03T08:03',
    });
  });

  it('two agents are taken together, the one asked for among them', () => {
    const need = { ...slot.need, agents: 2 };
    expect(why({ need }, '2027-02-03T09:00')).toBe('ana bilal');
    expect(why({ need }, '2027-02-03T09:00', 'bilal')).toBe('bilal ana');
    expect(why({ need, taken: [busy('ana')] }, '2027-02-03T09:00')).toBe('slot-taken');
  });

  it('who moves is no obstacle to herself', () => {
    const one = { ...slot, counters: slot.counters.slice(0, 1), taken: [busy('ana', { heldBy: 'me' })] };
    const wanted = { zone: ZONE, start: at('2027-02-03T09:15'), agentId: null, exact: true };
    expect(decide(one, wanted, at('2027-02-03T08:00'))).toMatchObject({ ok: false });
    expect(decide(one, { ...wanted, moving: 'me' }, at('2027-02-03T08:00'))).toMatchObject({ ok: true });
  });
});

describe('the few that are shown', () => {
  const slotAt = (local: string, agents: (string | null)[] = [null]): Offered => ({
    start: at(local),
    end: (at(local) + 30 * MINUTE) as Instant,
    occurrence: { id: 'date', siteId: 's' } as Held,
    free: agents.map((agentId, n) => ({ resourceId: `${n}`, agentId, seat: null, answers: true, busy: [] })),
    pairs: [],
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
