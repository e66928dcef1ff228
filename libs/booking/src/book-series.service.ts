import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Booked, SeriesBody, Slot } from '@app/contract';
import {
  Database,
  done,
  isClaimTaken,
  type Once,
  type Outcome,
  type Refusal,
  refuse,
  type Transaction,
} from '@app/persistence';
import { dateOf, type Instant, type LocalDateTime, parseLocalDateTime, toInstant } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { lockAppointment, whereBooked } from './appointment.query';
import type { SlotRefusal } from './bookable';
import { bookSlot } from './book-appointment.service';
import { keptBy } from './hold.query';
import { keepDates } from './open-slot.query';
import { PlanSeries } from './plan-series.service';
import { lockSlots, MOST_SISTERS, sistersOf } from './series.query';

const dayOf = ({ start }: Pick<Slot, 'start'>) => dateOf(start as LocalDateTime);

/** What became of one date: the n-th of what was asked. */
export interface TriedDate {
  start: LocalDateTime;
  booked: Booked | null;
  refusal: Refusal<SlotRefusal> | null;
}

export interface TriedSeries {
  id: string;
  dates: TriedDate[];
}

type SeriesRefusal = 'not-found' | 'no-such-reference' | 'series-full' | 'key-reused' | 'slot-taken' | 'version';

/** The follow-ups of one person, booked together: each date as any other is, or refused for itself. */
@Injectable()
export class BookSeries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PlanSeries) private readonly plans: PlanSeries,
  ) {}

  /**
   * All that can be is booked in one transaction, under one id; a refused date says why and gives the nearest that are free.
   * 'not-found': no such person for this viewer. 'no-such-reference': the appointment to follow is not this person's, or not
   * for this motif. 'series-full': it would be longer than any follow-up. 'version': that appointment was moved meanwhile.
   */
  async book(viewer: Viewer, body: SeriesBody, once: Once | null): Promise<Outcome<TriedSeries, SeriesRefusal>> {
    const outcome = await this.database
      .once<TriedSeries, SeriesRefusal>(contextOf(viewer), once, (tx) => bookAll(tx, viewer, body))
      .catch((error): Outcome<TriedSeries, SeriesRefusal> => {
        // The locks leave nothing to race for; if a claim came by another way, its holder was first.
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
    if (!outcome.ok) return outcome;
    return done(await this.withWaysOut(viewer, body, outcome.value));
  }

  private async withWaysOut(viewer: Viewer, body: SeriesBody, tried: TriedSeries): Promise<TriedSeries> {
    const refused = tried.dates.flatMap((date, nth) => {
      const asked = body.dates[nth];
      return date.refusal && asked ? [{ nth, asked }] : [];
    });
    if (!refused.length) return tried;
    const sites = await this.sitesOf(viewer, refused);
    const wanted = refused.map(({ asked: { start, agentId, occurrenceId } }) => ({
      start: toInstant(start as LocalDateTime, viewer.space.zone),
      agentId,
      siteId: sites.get(occurrenceId) ?? null,
    }));
    const ways = await this.plans.waysOut(viewer, body, wanted);
    const dates = [...tried.dates];
    const days = new Set(body.dates.map(dayOf));
    refused.forEach(({ nth }, at) => {
      const date = dates[nth];
      if (!date?.refusal) return;
      // The day of another of these dates is no way out: she is received then already.
      const alternatives = (ways[at] ?? []).filter(
        (slot) => dayOf(slot) === dateOf(date.start) || !days.has(dayOf(slot)),
      );
      dates[nth] = { ...date, refusal: { heldBy: null, ...date.refusal, alternatives } };
    });
    return { ...tried, dates };
  }

  /** The database can't tell a date that is gone from one that is not for this viewer: each such try is kept. */
  private async sitesOf(
    viewer: Viewer,
    refused: readonly { asked: { occurrenceId: string } }[],
  ): Promise<Map<string, string>> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const ids = [...new Set(refused.map(({ asked }) => asked.occurrenceId))];
      const rows = await tx.query<{ id: string; site_id: string }>(
        'select id, site_id from occurrence where space_id = $1 and id = any ($2)',
        [tx.context.spaceId, ids],
      );
      const sites = new Map(rows.map(({ id, site_id }) => [id, site_id]));
      for (const id of ids) if (!sites.has(id)) await tx.audit('series.book', 'occurrence', id, 'refused');
      return sites;
    });
  }
}

async function bookAll(
  tx: Transaction,
  viewer: Viewer,
  body: SeriesBody,
): Promise<Outcome<TriedSeries, 'not-found' | 'no-such-reference' | 'series-full' | 'version'>> {
  const { appointmentId, motifId, dates } = body;
  const from = appointmentId ? await whereBooked(tx, appointmentId) : null;
  if (appointmentId && !from) return refuse('no-such-reference');
  // In the order every command takes its locks: dates, then appointments, then what they hold; each kind in id order.
  await keepDates(tx, [
    ...dates.map(({ occurrenceId }) => occurrenceId),
    ...(from?.occurrenceId ? [from.occurrenceId] : []),
  ]);
  const series = appointmentId ? await joined(tx, appointmentId, from, body) : done(randomUUID());
  if (!series.ok) return series;
  const held: string[] = [];
  for (const { holdId } of dates) if (holdId) held.push(...(await keptBy(tx, holdId)));
  await lockSlots(tx, motifId, dates, held);
  const tried: TriedDate[] = [];
  for (const { start, ...date } of dates) {
    const at = start as LocalDateTime;
    const outcome = await bookOne(tx, viewer, body, { ...date, start: at }, series.value);
    if (outcome.ok) tried.push({ start: at, booked: outcome.value, refusal: null });
    else {
      const { why, ok: _, ...more } = outcome;
      if (why === 'not-found') return refuse(why);
      tried.push({ start: at, booked: null, refusal: refuse(why, more) });
    }
  }
  return done({ id: series.value, dates: tried });
}

async function bookOne(
  tx: Transaction,
  viewer: Viewer,
  { motifId, usagerId, mode, interpreter }: SeriesBody,
  { start, ...date }: SeriesBody['dates'][number] & { start: LocalDateTime },
  seriesId: string,
): Promise<Outcome<Booked, SlotRefusal | 'not-found'>> {
  const local = parseLocalDateTime(start);
  if (!local) return refuse('occurrence-changed');
  const at: Instant = toInstant(local, viewer.space.zone);
  const outcome = await bookSlot(
    tx,
    viewer,
    { ...date, start, motifId, usagerId, mode, interpreter, seriesId, notTwice: true },
    at,
  );
  if (outcome.ok) return outcome;
  const { why, ok: _, ...more } = outcome;
  // Nobody is written down here: what may be wrong with a new person can't be.
  return why === 'nir' || why === 'invalid' || why === 'key-reused' ? refuse('not-found') : refuse(why, more);
}

/** The series of an appointment that others follow; from now on it is the first of one when it stood alone. */
async function joined(
  tx: Transaction,
  appointmentId: string,
  from: { occurrenceId: string | null } | null,
  { motifId, usagerId, dates }: SeriesBody,
): Promise<Outcome<string, 'no-such-reference' | 'series-full' | 'version'>> {
  const appointment = await lockAppointment(tx, appointmentId);
  if (!appointment || appointment.motifId !== motifId || appointment.usagerId !== usagerId)
    return refuse('no-such-reference');
  if (appointment.occurrenceId !== from?.occurrenceId) return refuse('version');
  if (appointment.seriesId !== null) {
    const sisters = await sistersOf(tx, appointment.seriesId);
    if (sisters.length + dates.length > MOST_SISTERS) return refuse('series-full');
    return done(appointment.seriesId);
  }
  const id = randomUUID();
  await tx.query('update appointment set series_id = $3 where space_id = $1 and id = $2', [
    tx.context.spaceId,
    appointmentId,
    id,
  ]);
  const { partnerId, confidential, siteId } = appointment;
  await tx.record({ kind: 'appointment.repeated', subjectId: appointmentId, partnerId, confidential, siteId });
  return done(id);
}
