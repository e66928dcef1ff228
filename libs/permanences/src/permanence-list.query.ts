import { contextOf, type Viewer } from '@app/accounts';
import type { Permanence, PermanenceDate, PermanenceLine } from '@app/contract';
import { Database, type Transaction } from '@app/persistence';
import { resourcesOf, resourcesOfRooms, roomKey, takenDuringEach } from '@app/rooms';
import {
  dateAt,
  type Instant,
  type Interval,
  instantToIso,
  localDateTime,
  type PlainDate,
  plainTime,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { asBody } from './body';
import { closureOfRoom } from './dates';
import { nameOfRoom, type Obstacle, obstaclesOfPlace } from './obstacles.query';
import type { Place, PlannedPermanence, WantedDate } from './permanence';
import { namesOfAgents, readPermanences, readPlace } from './permanence.query';
import { asPermanenceDate, hinderedOf, isDecided, PreviewPermanence } from './preview-permanence.service';
import { asProposal, lastProposal, readProposals } from './proposals.query';
import type { Language } from './rule-check';
import { waysOutOf } from './ways-out.query';
import { sayAgentAway, sayAgentTaken, sayRoomClosed, sayRoomTaken, sayRule } from './wording';

interface OpenConflict {
  kind: 'room-taken' | 'agent-taken' | 'agent-away';
  /** '' of a date left alone: all of its agents are away. */
  wantedId: string;
}

interface ShownDate extends WantedDate {
  id: string;
  booked: number;
  conflicts: OpenConflict[];
}

/** Reads permanences as their screens show them. */
@Injectable()
export class PermanenceList {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PreviewPermanence) private readonly previews: PreviewPermanence,
  ) {}

  /** Every permanence the viewer may see, by title, with its next date and what is to settle. */
  async all(
    viewer: Viewer,
    filter: { partner?: string; state?: PlannedPermanence['state'] },
  ): Promise<PermanenceLine[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const permanences = await readPermanences(tx, filter);
      const ids = permanences.map(({ id }) => id);
      const facts = await tx.query<{ id: string; next: Instant | null; conflicts: number }>(
        `with coming as (
           select permanence_id, min(starts_at) as next from occurrence
           where space_id = $1 and permanence_id = any ($2::uuid[]) and state = 'held' and starts_at >= $3 group by 1
         ), opposed as (
           select o.permanence_id, count(*) as conflicts
           from conflict c join occurrence o on o.space_id = c.space_id and o.id = c.occurrence_id
           where c.space_id = $1 and c.settled_at is null and o.permanence_id = any ($2::uuid[]) and o.ends_at > $3 group by 1
         )
         select p.id, coming.next, coalesce(opposed.conflicts, 0) as conflicts from unnest($2::uuid[]) as p(id)
         left join coming on coming.permanence_id = p.id left join opposed on opposed.permanence_id = p.id`,
        [tx.context.spaceId, ids, instantToIso(tx.now)],
      );
      const known = new Map(facts.map((fact) => [fact.id, fact]));
      const waiting = new Map((await readProposals(tx)).map(({ permanenceId, kind }) => [permanenceId, kind]));
      return permanences.map(({ id, partnerId, title, state, visibility, rules, version }) => {
        const { next = null, conflicts = 0 } = known.get(id) ?? {};
        return {
          id,
          partnerId,
          title,
          state,
          visibility,
          words: rules.map((rule) => sayRule(rule, viewer.language)),
          next: next === null ? null : toLocal(next, viewer.space.zone),
          openConflicts: conflicts,
          version,
          waits: waiting.get(id) ?? null,
        };
      });
    });
  }

  /** One permanence as it can be changed and given back; null when the viewer may not see it. */
  async one(viewer: Viewer, id: string): Promise<Permanence | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [permanence] = await readPermanences(tx, { id });
      if (!permanence) return null;
      const body = asBody(permanence);
      const { state, version, laidOutUntil, stopsOn, rules } = permanence;
      return {
        ...body,
        id,
        state,
        version,
        laidOutUntil,
        stopsOn,
        proposal: asProposal(await lastProposal(tx, id), viewer),
        rules: body.rules.map((rule, index) => ({
          ...rule,
          words: sayRule(rules[index] as (typeof rules)[number], viewer.language),
        })),
      };
    });
  }

  /** The next dates from a day (now), as they are; those of a draft as they would be. Null when the viewer may not see it. */
  async dates(
    viewer: Viewer,
    id: string,
    { from, count }: { from?: PlainDate; count: number },
  ): Promise<PermanenceDate[] | null> {
    const dates = await this.database.within(contextOf(viewer), async (tx) => {
      const [permanence] = await readPermanences(tx, { id });
      if (!permanence) return null;
      return permanence.state === 'draft' ? 'draft' : this.laidOut(tx, viewer, permanence, { from, count });
    });
    return dates === 'draft' ? this.previews.previewDraft(viewer, id, count, from) : dates;
  }

  private async laidOut(
    tx: Transaction,
    { language }: Viewer,
    permanence: PlannedPermanence,
    { from, count }: { from?: PlainDate; count: number },
  ): Promise<PermanenceDate[]> {
    const place = await readPlace(tx);
    const begin = from ? toInstant(localDateTime(from, plainTime('00:00')), place.zone) : tx.now;
    const dates = await readDates(tx, permanence.id, begin, count);
    const opposed = await obstaclesKept(tx, dates, place, language);
    const obstacles = dates.map((date, nth) => [...obstaclesOfPlace(date, place, language), ...(opposed[nth] ?? [])]);
    const hindered = hinderedOf(dates, obstacles);
    const own = { ...permanence, occurrenceIds: new Set(dates.map(({ id }) => id)), language };
    const found = await waysOutOf(tx, hindered, place, own);
    const ways = new Map(hindered.map(({ date }, nth) => [date, found[nth]]));
    return dates.map((date, nth) => ({
      ...asPermanenceDate(date, permanence.rules, place, language),
      occurrenceId: date.id,
      booked: date.booked,
      decided: isDecided(permanence.exceptions, date),
      obstacles: obstacles[nth] ?? [],
      ...(ways.has(date) && { waysOut: ways.get(date) }),
    }));
  }
}

/** A date under way is shown until it ends. */
async function readDates(tx: Transaction, permanenceId: string, begin: Instant, count: number): Promise<ShownDate[]> {
  return tx.query<ShownDate>(
    `with shown as (
       select * from occurrence where space_id = $1 and permanence_id = $2 and ends_at > $3 order by starts_at, id limit $4)
     select o.id, o.rule_id as "ruleId", o.original_start as "originalStart", o.starts_at as "startsAt", o.ends_at as "endsAt",
       o.site_id as "siteId", o.room_id as "roomId", o.workstation_id as "workstationId", o.mode, o.seats, o.state, o.cause, o.unverified,
       array(select oa.agent_id::text from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by 1) as "agentIds",
       coalesce(a.booked, 0)::int as booked,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'wantedId', coalesce(c.wanted_id::text, '')) order by c.kind desc), '[]') from conflict c
        where c.space_id = o.space_id and c.occurrence_id = o.id and c.settled_at is null and c.kind <> 'appointment-stranded') as conflicts
     from shown o left join appointments_on(array(select id from shown)) a on a.occurrence_id = o.id
     order by o.starts_at, o.id`,
    [tx.context.spaceId, permanenceId, instantToIso(begin), count],
  );
}

/** The open conflicts of dates, with who holds now what they wanted. */
async function obstaclesKept(
  tx: Transaction,
  dates: readonly ShownDate[],
  place: Place,
  language: Language,
): Promise<Obstacle[][]> {
  const opposed = dates.filter(({ conflicts }) => conflicts.length);
  if (!opposed.length) return [];
  const wanted = opposed.flatMap(({ conflicts }) => conflicts);
  const idsOf = (kind: OpenConflict['kind']) => wanted.flatMap((one) => (one.kind === kind ? [one.wantedId] : []));
  const rooms = await resourcesOfRooms(
    tx,
    idsOf('room-taken').map((roomId) => ({ roomId, workstationId: null })),
  );
  const presences = await resourcesOf(tx, 'presence', idsOf('agent-taken'));
  const alone = dates.flatMap(({ conflicts, agentIds }) =>
    conflicts.some(({ kind }) => kind === 'agent-away') ? agentIds : [],
  );
  const names = await namesOfAgents(tx, [...idsOf('agent-taken'), ...alone]);
  const resources = [...[...rooms.values()].flat(), ...presences.values()];
  const windows = dates.map(({ startsAt, endsAt }): Interval => ({ start: startsAt, end: endsAt }));
  const lists = await takenDuringEach(tx, resources, windows);
  const days = dates.map(({ startsAt }) => dateAt(startsAt, place.zone));
  return dates.map(({ conflicts }, nth) =>
    conflicts.map(({ kind, wantedId }) => {
      if (kind === 'agent-away') {
        const away = (dates[nth]?.agentIds ?? []).map((id) => names.get(id) ?? '');
        return { kind, text: sayAgentAway(away.join(', '), language) };
      }
      const ids =
        kind === 'room-taken'
          ? (rooms.get(roomKey({ roomId: wantedId, workstationId: null })) ?? [])
          : [presences.get(wantedId)];
      const held = (lists[nth] ?? []).find(({ resourceId }) => ids.includes(resourceId));
      const name =
        kind === 'room-taken'
          ? nameOfRoom({ roomId: wantedId, workstationId: null }, place)
          : (names.get(wantedId) ?? '');
      const closed = kind === 'room-taken' ? closureOfRoom(days[nth] as PlainDate, wantedId, place.closures) : null;
      if (closed !== null) return { kind, text: sayRoomClosed(name, closed, language) };
      if (!held) return { kind, text: sayFreeAgain(name, language) };
      return { kind, text: (kind === 'room-taken' ? sayRoomTaken : sayAgentTaken)(name, held.publishedName, language) };
    }),
  );
}

/** What was wanted came free since; someone still has to take it. */
function sayFreeAgain(name: string, language: Language): string {
  return language === 'fr' ? `${name}\u00a0: libre à nouveau` : `${name}: free again`;
}
