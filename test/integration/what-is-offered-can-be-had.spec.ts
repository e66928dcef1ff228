import { contextOf, type Viewer } from '@app/accounts';
import { bookSlot } from '@app/booking';
import type { Slot, SlotsQuery } from '@app/contract';
import { refuse } from '@app/persistence';
import { type LocalDateTime, toInstant } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { furnish, type GeneratedDays, someDays } from '../support/generated-days';
import { amiss } from '../support/what-is-amiss';

const ZONE = 'Europe/Paris';
const SEED = 20270105;
const RUNS = Number(process.env.FC_RUNS ?? 7);

const key = ({ occurrenceId, start }: Slot) => `${start} ${occurrenceId}`;
const keys = (slots: readonly Slot[]) => slots.map(key).sort();
const isMorning = ({ start }: Slot) => start.slice(11) < '12:00';

type Narrower = Partial<SlotsQuery>;

async function search(
  { space, viewer }: GeneratedDays,
  motif: string,
  more: Narrower,
  as: Viewer = viewer,
): Promise<Slot[]> {
  const found = await space.slots.forMotif(as, { motif, days: 5, perDay: 50, limit: 200, ...more });
  if (!found.ok) throw new Error(found.why);
  // All of them: what is cut short can't be compared.
  expect([found.value.more, found.value.slots.length < 200]).toEqual([[], true]);
  return found.value.slots;
}

/** What booking it as it is offered would answer at this moment, and who would receive it; nothing is kept of it. */
async function answer(
  { space, viewer, usagerId }: GeneratedDays,
  { occurrenceId, motifId, start, agentId }: Slot,
  interpreter: boolean,
): Promise<{ said: string; agents: string[] }> {
  let answered = { said: '', agents: [] as string[] };
  await space.db.command(contextOf(viewer), async (tx) => {
    const wanted = { occurrenceId, motifId, start, agentId, usagerId, interpreter };
    const outcome = await bookSlot(tx, viewer, wanted, toInstant(start as LocalDateTime, ZONE));
    const rows = await tx.query<{ agent: string }>(
      `select unnest(array_remove(array[agent_id, second_agent_id], null)) as agent from appointment where id = $1`,
      [outcome.ok ? outcome.value.id : null],
    );
    answered = { said: outcome.ok ? 'booked' : outcome.why, agents: rows.map(({ agent }) => agent) };
    return refuse('tried');
  });
  return answered;
}

/** Booked as it is offered, it is received by one of those asked for (null: by whoever is there). */
async function expectReceived(
  days: GeneratedDays,
  slot: Slot,
  interpreter: boolean,
  asked: readonly string[] | null = null,
): Promise<void> {
  const { said, agents } = await answer(days, slot, interpreter);
  // What she keeps herself is shown to her and to nobody else: she books it by its hold.
  if (said === 'slot-held' && (await isKeptBy(days, days.viewer, slot))) return;
  const isReceived = asked === null || agents.some((id) => asked.includes(id));
  expect([slot, said, isReceived]).toEqual([slot, 'booked', true]);
}

/** Over generated days, each in a database of its own: the same ones every time; their seed is said when one fails. */
const onDays = (check: (days: GeneratedDays, given: { interpreter: boolean }) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(someDays, async (given) => {
      const days = await furnish(given);
      try {
        await check(days, given);
      } finally {
        await days.space.close();
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );

describe('on generated days', () => {
  it(
    'every slot offered can be booked at once; all of them are, one after the other, and nothing is passed',
    () =>
      onDays(async (days, { interpreter }) => {
        const { space, motifIds } = days;
        for (const motif of motifIds)
          for (const slot of await search(days, motif, { interpreter })) await expectReceived(days, slot, interpreter);

        const third = space.viewer('desk');
        for (let taken = 0; ; taken += 1) {
          const offered: Slot[] = [];
          for (const motif of motifIds) offered.push(...(await search(days, motif, { interpreter }, third)));
          // As people come: some want the first of the day, some the last.
          const slot = offered[(taken * 7) % offered.length];
          if (!slot) break;
          const { occurrenceId, motifId, start, agentId } = slot;
          const usagerId = await space.usager('Zoé', `Numéro ${taken}`);
          const wanted = { occurrenceId, motifId, start, agentId, usagerId, interpreter };
          const outcome = await space.booking.book(third, wanted, null);
          expect([slot, outcome.ok ? 'booked' : outcome.why]).toEqual([slot, 'booked']);
          expect(taken).toBeLessThan(200);
        }
        expect(await amiss(space)).toEqual([]);
      }),
    60_000,
  );

  it(
    'a narrower search is a filter of a wider one, and what it finds is received by whom it asks for',
    () =>
      onDays(async (days, { interpreter }) => {
        const { space, motifIds, agents, sites } = days;
        const dates = await space.sql<{ id: string; named: string[] | null; accessible: boolean; group: boolean }>(
          `select o.id, coalesce(r.accessible, false) as accessible, o.mode = 'group' as group,
           (select array_agg(agent_id) from occurrence_agent where occurrence_id = o.id) as named
         from occurrence o left join room r on r.id = o.room_id`,
        );
        const dateOf = ({ occurrenceId }: Slot) =>
          dates.find(({ id }) => id === occurrenceId) as (typeof dates)[number];
        const two = await space.sql<{ id: string }>('select id from motif where agents_needed = 2');
        for (const motif of motifIds) {
          const narrow = (more: Narrower) => search(days, motif, { interpreter, ...more });
          const wide = await narrow({});
          for (const site of sites)
            expect(await narrow({ site })).toEqual(wide.filter(({ siteId }) => siteId === site));
          expect(await narrow({ part: 'morning' })).toEqual(wide.filter(isMorning));
          expect(await narrow({ part: 'afternoon' })).toEqual(wide.filter((slot) => !isMorning(slot)));
          expect(await narrow({ accessible: true })).toEqual(wide.filter((slot) => dateOf(slot).accessible));

          const byAgent = new Map<string, Slot[]>();
          for (const { id } of agents) byAgent.set(id, await narrow({ agent: id }));
          for (const found of byAgent.values()) expect(keys(wide)).toEqual(expect.arrayContaining(keys(found)));
          const whoOf = (slot: Slot) =>
            agents.filter(({ id }) => byAgent.get(id)?.some((one) => key(one) === key(slot)));
          for (const slot of wide) {
            const { named, group } = dateOf(slot);
            const who = whoOf(slot).map(({ id }) => id);
            // A group is held by whoever is there; any other slot counts those who are free for it, and nobody else.
            if (group || !named) expect([...who].sort()).toEqual([...(named ?? [])].sort());
            else if (two.some(({ id }) => id === motif)) expect(who.length).toBeGreaterThanOrEqual(2);
            else expect(who).toHaveLength(slot.placesLeft);
          }
          const isReceivedBy = async (slot: Slot, asked: string[]) =>
            expectReceived(days, slot, interpreter, dateOf(slot).group || !dateOf(slot).named ? null : asked);
          for (const [id, found] of byAgent) for (const slot of found) await isReceivedBy(slot, [id]);
          for (const language of ['fr', 'ar', 'en']) {
            const speaking = agents.filter((agent) => agent.languages.includes(language)).map(({ id }) => id);
            const found = await narrow({ language });
            // Where nobody is named, the people of the partner receive, in the language of the house.
            const answers = (slot: Slot) =>
              dateOf(slot).named ? whoOf(slot).some(({ id }) => speaking.includes(id)) : language === 'fr';
            expect(keys(found)).toEqual(keys(wide.filter(answers)));
            for (const slot of found) await isReceivedBy(slot, speaking);
          }
        }
      }),
    60_000,
  );
});

/** Whether this very person keeps something around it. */
async function isKeptBy({ space }: GeneratedDays, { accountId }: Viewer, { start, end }: Slot): Promise<boolean> {
  const [row] = await space.sql<{ kept: boolean }>(
    `select exists (select from slot_hold h where h.account_id = $1
       and h.starts_at < ($3::timestamp at time zone $4) + interval '30 minutes'
       and h.ends_at > ($2::timestamp at time zone $4) - interval '30 minutes') as kept`,
    [accountId, start, end, ZONE],
  );
  return row?.kept ?? false;
}
