import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceBody, PermanenceDate, Preview, PreviewBody } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { addDays, dateOf, type LocalDateTime, localDateTime, type PlainDate, plainTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { asBody } from './body';
import { sayCause } from './causes';
import { checkChoices, exceptionsOf, replaced } from './choices';
import { datesOf } from './dates';
import { keyOf } from './difference';
import { type Obstacle, obstaclesAhead } from './obstacles.query';
import type { DateException, Place, PlannedRule, WantedDate } from './permanence';
import { type PartnerFacts, readPartner, readPermanences, readPlace } from './permanence.query';
import { invalid, refusalToWrite } from './rights';
import { checkRules } from './rule-check';
import { type Hindered, waysOutOf } from './ways-out.query';
import { sayRule } from './wording';

export type PreviewRefusal = 'not-found' | 'not-yours' | 'invalid';

/** Where dates are looked for: as far as they are laid out, then much farther for a rule that is rare. */
const FIRST_LOOK_DAYS = 550;
const FAR_LOOK_DAYS = 3_660;

/** What of a permanence exists already when its change is previewed. */
interface Known {
  ruleIds: ReadonlySet<string>;
  exceptions: readonly DateException[];
  stored: ReadonlyMap<string, { id: string; booked: number }>;
}

const NOTHING_KNOWN: Known = { ruleIds: new Set(), exceptions: [], stored: new Map() };

/** Shows the dates that a permanence would have and what stands in their way, before anything is written. */
@Injectable()
export class PreviewPermanence {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The next `count` dates from a day (now, one under way included), those that a holiday removes among them, with their obstacles. */
  async preview(
    viewer: Viewer,
    { permanence, permanenceId, count, from }: z.infer<typeof PreviewBody>,
  ): Promise<Outcome<Preview, PreviewRefusal>> {
    return this.database.command<Preview, PreviewRefusal>(contextOf(viewer), async (tx) => {
      const place = await readPlace(tx);
      const partner = await readPartner(tx, permanence.partnerId, permanence.invitedPartnerIds);
      if (!partner) return refuse('not-found');
      const refusal = refusalToWrite(
        tx.context,
        permanence.partnerId,
        permanence.confidential || partner.confidential,
        viewer.language,
      );
      if (refusal) return refusal;
      const known = permanenceId ? await this.knownOf(tx, permanenceId, permanence.partnerId) : NOTHING_KNOWN;
      if (!known) return refuse('not-found');
      return this.dates(tx, viewer, { permanence, partner, place, known, count, from: from as PlainDate | undefined });
    });
  }

  /** The same for a draft that is stored; null when the viewer may not see it. */
  async previewDraft(viewer: Viewer, id: string, count: number, from?: PlainDate): Promise<PermanenceDate[] | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [draft] = await readPermanences(tx, { id });
      const partner = draft && (await readPartner(tx, draft.partnerId, draft.invitedPartnerIds));
      const known = draft && (await this.knownOf(tx, id, draft.partnerId));
      if (!draft || !partner || !known) return null;
      const place = await readPlace(tx);
      const shown = await this.dates(tx, viewer, { permanence: asBody(draft), partner, place, known, count, from });
      return shown.ok ? shown.value.dates : [];
    });
  }

  private async dates(
    tx: Transaction,
    { language }: Viewer,
    asked: {
      permanence: PermanenceBody;
      partner: PartnerFacts;
      place: Place;
      known: Known;
      count: number;
      from?: PlainDate;
    },
  ): Promise<Outcome<Preview, 'invalid'>> {
    const { permanence, partner, place, known, count, from } = asked;
    const checked = checkRules(permanence, place, partner, known.ruleIds, language, randomUUID);
    if (!checked.ok) return invalid(checked.errors);
    const { rules } = checked;
    const wrong = checkChoices(permanence.choices, rules, place, language);
    if (wrong.length) return invalid(wrong);
    const exceptions = replaced(known.exceptions, exceptionsOf(permanence.choices, rules));
    const { partnerId, onHoliday, onClosure, schoolHolidays } = permanence;
    const plan = {
      rules,
      partnerId,
      onHoliday,
      onClosure,
      schoolHolidays,
      exceptions,
      stopsOn: null,
    };
    const begin = from ? localDateTime(from, plainTime('00:00')) : toLocal(tx.now, place.zone);
    const dates = firstDates(plan, place, begin, count);
    const occurrenceIds = new Set([...known.stored.values()].map(({ id }) => id));
    const obstacles = await obstaclesAhead(tx, dates, place, {
      occurrenceIds,
      title: permanence.title,
      partnerId,
      language,
    });
    const hindered = hinderedOf(dates, obstacles);
    const found = await waysOutOf(tx, hindered, place, { partnerId, rules, occurrenceIds, language });
    const ways = new Map(hindered.map(({ date }, nth) => [date, found[nth]]));
    return done({
      words: rules.map((rule) => sayRule(rule, language)),
      dates: dates.map((date, nth) => ({
        ...asPermanenceDate(date, rules, place, language),
        ruleId: known.ruleIds.has(date.ruleId) ? date.ruleId : null,
        occurrenceId: known.stored.get(keyOf(date))?.id ?? null,
        booked: known.stored.get(keyOf(date))?.booked ?? 0,
        decided: isDecided(exceptions, date),
        obstacles: obstacles[nth] ?? [],
        ...(ways.has(date) && { waysOut: ways.get(date) }),
      })),
    });
  }

  private async knownOf(tx: Transaction, id: string, partner: string): Promise<Known | null> {
    const [permanence] = await readPermanences(tx, { id, partner });
    if (!permanence) return null;
    const rows = await tx.query<{ id: string; ruleId: string; originalStart: LocalDateTime; booked: number }>(
      `with own as (select id, rule_id, original_start from occurrence where space_id = $1 and permanence_id = $2)
       select own.id, own.rule_id as "ruleId", own.original_start as "originalStart", coalesce(a.booked, 0)::int as booked
       from own left join appointments_on(array(select id from own)) a on a.occurrence_id = own.id`,
      [tx.context.spaceId, id],
    );
    return {
      ruleIds: new Set(permanence.rules.map((rule) => rule.id)),
      // What was decided of a draft's dates comes with what is written.
      exceptions: permanence.state === 'draft' ? [] : permanence.exceptions,
      stored: new Map(rows.map((row) => [keyOf(row), row])),
    };
  }
}

/** Those that something stands in the way of, and that are not decided by being left out. */
export function hinderedOf<Date extends WantedDate>(
  dates: readonly Date[],
  obstacles: readonly (readonly Obstacle[])[],
): (Hindered & { date: Date })[] {
  return dates.flatMap((date, nth) => {
    const kinds = (obstacles[nth] ?? []).map(({ kind }) => kind);
    const lacksRoom = kinds.includes('room-taken');
    return kinds.length > 0 ? [{ date, lacksRoom }] : [];
  });
}

function firstDates(
  plan: Parameters<typeof datesOf>[0],
  place: Place,
  begin: LocalDateTime,
  count: number,
): WantedDate[] {
  const midnight = localDateTime(dateOf(begin), plainTime('00:00'));
  const within = (days: number) =>
    datesOf(plan, place, {
      from: midnight,
      to: localDateTime(addDays(dateOf(begin), days), plainTime('00:00')),
    }).filter(({ endsAt }) => toLocal(endsAt, place.zone) > begin);
  const near = within(FIRST_LOOK_DAYS);
  return (near.length < count ? within(FAR_LOOK_DAYS) : near).slice(0, count);
}

/** Whether something was decided of this date alone. */
export function isDecided(exceptions: readonly DateException[], date: WantedDate): boolean {
  return exceptions.some((one) => one.ruleId === date.ruleId && one.originalStart === date.originalStart);
}

/** A date as the screens read it, before what is known of it in particular. */
export function asPermanenceDate(
  date: WantedDate,
  rules: readonly Pick<PlannedRule, 'id'>[],
  place: Place,
  language: 'fr' | 'en',
): Omit<PermanenceDate, 'occurrenceId' | 'obstacles' | 'booked' | 'decided'> {
  const start = toLocal(date.startsAt, place.zone);
  return {
    rule: rules.findIndex(({ id }) => id === date.ruleId),
    ruleId: date.ruleId,
    originalStart: date.originalStart,
    start,
    end: toLocal(date.endsAt, place.zone),
    mode: date.mode,
    siteId: date.siteId,
    roomId: date.roomId,
    agentIds: date.agentIds,
    state: date.state === 'held' && start !== date.originalStart ? 'moved' : date.state,
    cause: sayCause(date.cause, dateOf(date.originalStart), language),
    unverified: date.unverified,
  };
}
