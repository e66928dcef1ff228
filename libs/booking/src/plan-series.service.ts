import { contextOf, type Viewer } from '@app/accounts';
import { MOST_OF_A_SERIES, type SeriesPlan, type SeriesQuery, type Slot } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  addDays,
  dateAt,
  dateOf,
  dayBounds,
  type Instant,
  instantToIso,
  type Interval,
  parseLocalDateTime,
  parsePlainDate,
  type PlainDate,
  toInstant,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type Asked, findDatesEach } from './find-dates.query';
import { type Motif, motifsFor } from './motif.query';
import type { FoundDate } from './found-date';
import { MOST_SISTERS } from './series.query';
import { reachOf, type Rhythm, sayRhythm, startsOf } from './series-dates';
import { type About, momentOf, receivers, verdictOn, whoReceives } from './series-verdicts';

/** Refused dates are looked for as those of a monthly series: far enough to find another day. */
const ANY_DAY: Rhythm = { weeks: null };

type PlanRefusal = 'not-found' | 'not-bookable-here' | 'no-such-moment';

/** What each date of a series would be, before anything is booked: the search's own dates, slots and words. */
@Injectable()
export class PlanSeries {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A verdict a date, in as many queries whatever their number. 'not-found': no such motif for this viewer;
   * 'not-bookable-here': there is nothing to repeat.
   */
  async plan(viewer: Viewer, query: SeriesQuery): Promise<Outcome<SeriesPlan, PlanRefusal>> {
    const { zone } = viewer.space;
    const start = parseLocalDateTime(query.start);
    if (!start) return refuse('no-such-moment');
    const rhythm = { weeks: query.weeks ?? null };
    const until = query.until ? parsePlainDate(query.until) : null;
    const { starts, more } = startsOf({ ...rhythm, start, times: query.times, until }, MOST_OF_A_SERIES);
    return this.database.within(contextOf(viewer), async (tx) => {
      const [motif] = await motifsFor(tx, [query.motif], query.interpreter);
      if (!motif) return refuse('not-found');
      if (motif.booked !== 'here') return refuse('not-bookable-here');
      const toCome = starts.map((local) => toInstant(local, zone)).filter((at) => at >= tx.now);
      const days = query.booked ? await daysOf(tx, query, toCome, zone) : new Set();
      // The first is booked, whether or not the viewer may see where it is now.
      const wanted = toCome.filter(
        (at) => !days.has(dateAt(at, zone)) && !(query.booked && at === toInstant(start, zone)),
      );
      const asked = { mode: query.mode, interpreter: query.interpreter };
      const windows = wanted.map((at) => windowAround(at, rhythm, tx.now, zone));
      const there = await datesAround(tx, viewer, motif, windows, { ...asked, sites: [query.site] });
      const known = await knownOf(tx, query, motif);
      const about = aboutOf(viewer, tx, motif, known.laidOutUntil);
      const agentId = query.anyone ? null : (query.agent ?? whoReceives(wanted, there, { ...about, ...known }));
      const agent = agentId === null ? null : await agentNamed(tx, agentId);
      const theirs = agent ? await datesAround(tx, viewer, motif, windows, { ...asked, agent: agent.id }) : [];
      const dates = wanted.map((at, nth) => ({
        ...momentOf(at, zone),
        ...verdictOn(
          { start: at, siteId: query.site, agent },
          { there: there[nth] ?? [], theirs: theirs[nth] ?? [] },
          about,
        ),
      }));
      return done({
        words: sayRhythm(rhythm, dateOf(start), viewer.language),
        agentId: agent?.id ?? null,
        agentIds: receivers(there),
        dates,
        already: days.size,
        more,
      });
    });
  }

  /** The nearest free slots of each moment that was refused: the n-th list for the n-th moment. */
  async waysOut(
    viewer: Viewer,
    { motifId, mode, interpreter }: { motifId: string } & Pick<Asked, 'mode' | 'interpreter'>,
    refused: readonly { start: Instant; agentId: string | null; siteId: string | null }[],
  ): Promise<Slot[][]> {
    const { zone } = viewer.space;
    return this.database.within(contextOf(viewer), async (tx) => {
      const [motif] = await motifsFor(tx, [motifId], interpreter);
      if (!motif) return refused.map(() => []);
      const windows = refused.map(({ start }) => windowAround(start, ANY_DAY, tx.now, zone));
      const found = await findDatesEach(
        tx,
        motif.id,
        windows.map((window, nth) => {
          const siteId = refused[nth]?.siteId;
          return { window, asked: { mode, interpreter, ...(siteId && { sites: [siteId] }) } };
        }),
        zone,
      );
      const about = aboutOf(viewer, tx, motif, null);
      return refused.map(({ start, agentId, siteId }, nth) => {
        const agent = agentId === null ? null : { id: agentId, name: '' };
        const around = { there: found[nth] ?? [], theirs: [] };
        const { slot, alternatives } = verdictOn({ start, siteId: siteId ?? '', agent }, around, about);
        return slot ? [slot, ...alternatives] : alternatives;
      });
    });
  }
}

function windowAround(at: Instant, rhythm: Rhythm, now: Instant, zone: string): Interval {
  const day = dateAt(at, zone);
  const reach = reachOf(rhythm);
  const start = Math.max(dayBounds(addDays(day, -reach), zone).start, now) as Instant;
  return { start, end: dayBounds(addDays(day, reach), zone).end };
}

function datesAround(
  tx: Transaction,
  viewer: Viewer,
  motif: Motif,
  windows: readonly Interval[],
  asked: Asked,
): Promise<FoundDate[][]> {
  const looked = windows.map((window) => ({ window, asked }));
  return findDatesEach(tx, motif.id, looked, viewer.space.zone);
}

function aboutOf(viewer: Viewer, tx: Transaction, motif: Motif, laidOutUntil: PlainDate | null): About {
  const { language, space } = viewer;
  return { ...motif, motifId: motif.id, zone: space.zone, language, earliest: tx.now, laidOutUntil };
}

/** Which of these days she comes for the motif already: those of her series, or others. */
async function daysOf(
  tx: Transaction,
  { usager, motif }: SeriesQuery,
  starts: readonly Instant[],
  zone: string,
): Promise<Set<PlainDate>> {
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const days = new Set(starts.map((at) => dateAt(at, zone)));
  const rows = await tx.query<{ starts_at: Instant }>(
    `select starts_at from appointment
     where space_id = $1 and usager_id = $2 and motif_id = $3 and starts_at >= $4 and starts_at < $5
       and state not in ('cancelledByUsager', 'cancelledByAgent')
     order by starts_at limit $6`,
    [
      ...[tx.context.spaceId, usager, motif],
      instantToIso(dayBounds(dateAt(first, zone), zone).start),
      instantToIso(dayBounds(dateAt(last, zone), zone).end),
      MOST_SISTERS,
    ],
  );
  return new Set(rows.map(({ starts_at }) => dateAt(starts_at, zone)).filter((day) => days.has(day)));
}

/** Who follows the person there, and until when the motif's permanences are laid out. */
async function knownOf(
  tx: Transaction,
  { usager }: SeriesQuery,
  motif: Motif,
): Promise<{ referentId: string | null; laidOutUntil: PlainDate | null }> {
  const [row] = await tx.query<{ referent_id: string | null; laid_out_until: PlainDate | null }>(
    `select
       (select up.referent_id from usager_partner up
        where up.space_id = m.space_id and up.usager_id = $3 and up.partner_id = m.partner_id) as referent_id,
       (select max(p.laid_out_until) from permanence_motif pm
        join permanence p on p.space_id = pm.space_id and p.id = pm.permanence_id and p.state = 'published'
        where pm.space_id = m.space_id and pm.motif_id = m.id) as laid_out_until
     from motif m where m.space_id = $1 and m.id = $2`,
    [tx.context.spaceId, motif.id, usager],
  );
  return { referentId: row?.referent_id ?? null, laidOutUntil: row?.laid_out_until ?? null };
}

/** Null when there is nobody of this id for the viewer: then whoever is free. */
async function agentNamed(tx: Transaction, id: string): Promise<{ id: string; name: string } | null> {
  const [agent] = await tx.query<{ id: string; name: string }>(
    'select id, name from agent where space_id = $1 and id = $2',
    [tx.context.spaceId, id],
  );
  return agent ?? null;
}
