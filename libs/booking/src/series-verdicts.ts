import type { SeriesDate, Slot } from '@app/contract';
import {
  dateAt,
  dateOf,
  type Instant,
  type LocalDateTime,
  minuteOfDay,
  overlaps,
  type PlainDate,
  timeOf,
  toEpochDay,
  toLocal,
} from '@app/time';
import type { FoundDate } from './found-date';
import { notOffered, type Told, type Why, whyNotOffered } from './not-offered';
import { type Attended, heldFor, matching, type Need, needOn, type Offered, offer, slotOf, takenBy } from './offer';

/** Ways out of one date: with the same person first, then with another. */
const SAME_PERSON = 3;
const OTHER_PERSON = 2;

/** What is wanted of each date. */
export interface WantedDate {
  start: Instant;
  siteId: string;
  /** Null: whoever is free. */
  agent: { id: string; name: string } | null;
}

/** What was found around it. */
export interface Around {
  /** Every date of the motif at the site. */
  there: readonly FoundDate[];
  /** The same person's, at any site. */
  theirs: readonly FoundDate[];
}

export interface About extends Told {
  need: Need;
  earliest: Instant;
  /** The first day that is not laid out yet; null when it is not known. */
  laidOutUntil: PlainDate | null;
}

/** One date of a series: free, free at another hour, or not, why, and the nearest ways out. */
export function verdictOn(wanted: WantedDate, around: Around, about: About): Omit<SeriesDate, 'date' | 'start'> {
  const agentId = wanted.agent?.id ?? null;
  const there = offeredOn(around.there, about);
  const exact = there.find(
    (slot) => slot.start === wanted.start && slot.occurrence.siteId === wanted.siteId && receives(slot, agentId),
  );
  if (exact) return { verdict: 'free', slot: said(exact, agentId, about), alternatives: [], why: null };
  const known = new Set(around.there.map(({ id }) => id));
  const elsewhere = around.theirs.filter(({ id }) => !known.has(id));
  const all = [...there, ...matching(offeredOn(elsewhere, about), { zone: about.zone })];
  const alternatives = waysOut(all, wanted, about);
  const day = dateAt(wanted.start, about.zone);
  const sameDay = all.some((slot) => dateAt(slot.start, about.zone) === day && receives(slot, agentId));
  return {
    verdict: sameDay ? 'other-hour' : 'not-possible',
    slot: null,
    alternatives,
    why: whyNot(wanted, around, sameDay, about),
  };
}

/** The nearest free slots: the same person's before another's, the nearest day, then the nearest hour of the day. */
function waysOut(offered: readonly Offered[], wanted: WantedDate, about: About): Slot[] {
  const agentId = wanted.agent?.id ?? null;
  const [day, minute] = dayAndMinute(wanted.start, about.zone);
  const near = (slots: readonly Offered[], count: number): Offered[] => {
    const far = slots.map((slot) => {
      const [thatDay, thatMinute] = dayAndMinute(slot.start, about.zone);
      return { slot, days: Math.abs(thatDay - day), minutes: Math.abs(thatMinute - minute) };
    });
    return far
      .sort((a, b) => a.days - b.days || a.minutes - b.minutes || a.slot.start - b.slot.start)
      .slice(0, count)
      .map(({ slot }) => slot);
  };
  const same = offered.filter((slot) => receives(slot, agentId));
  const other = offered.filter((slot) => !receives(slot, agentId));
  return [
    ...near(same, SAME_PERSON + (agentId === null ? OTHER_PERSON : 0)).map((slot) => said(slot, agentId, about)),
    ...near(other, OTHER_PERSON).map((slot) => said(slot, null, about)),
  ];
}

function dayAndMinute(at: Instant, zone: string): [day: number, minute: number] {
  const local = toLocal(at, zone);
  return [toEpochDay(dateOf(local)), minuteOfDay(timeOf(local))];
}

/** The person who receives at that hour on most of the dates: her référent where it is one of them. */
export function whoReceives(
  starts: readonly Instant[],
  found: readonly (readonly FoundDate[])[],
  about: About & { referentId: string | null },
): string | null {
  const times = new Map<string, number>();
  starts.forEach((start, nth) => {
    const free = offeredOn(found[nth] ?? [], about).filter((slot) => slot.start === start);
    const ids = new Set(free.flatMap((slot) => slot.free.flatMap((counter) => counter.agentId ?? [])));
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  });
  const { referentId } = about;
  if (referentId && receivers(found).includes(referentId)) return referentId;
  return [...times].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

/** Everybody who receives on these dates, in the order they are met. */
export function receivers(found: readonly (readonly FoundDate[])[]): string[] {
  return [...new Set(found.flat().flatMap(({ counters }) => counters.flatMap(({ agentId }) => agentId ?? [])))];
}

function offeredOn(dates: readonly FoundDate[], { need, earliest }: Pick<About, 'need' | 'earliest'>): Offered[] {
  return dates.filter(({ verdict }) => verdict === 'open').flatMap((date) => offer(date, needOn(date, need), earliest));
}

function receives({ free, pairs }: Offered, agentId: string | null): boolean {
  if (agentId === null) return true;
  return pairs.length ? pairs.some((pair) => pair.some(isThem(agentId))) : free.some(isThem(agentId));
}

const isThem =
  (agentId: string) =>
  (counter: Attended): boolean =>
    counter.agentId === agentId;

/** As it is spoken, with the person asked for named. */
function said(slot: Offered, agentId: string | null, { motifId, zone }: About): Slot {
  if (agentId === null) return slotOf(slot, motifId, zone);
  const pairs = slot.pairs
    .filter((pair) => pair.some(isThem(agentId)))
    .map((pair): [Attended, Attended] => (pair[0].agentId === agentId ? pair : [pair[1], pair[0]]));
  const free = slot.pairs.length ? slot.free : slot.free.filter(isThem(agentId));
  return { ...slotOf({ ...slot, free, pairs }, motifId, zone), agentId };
}

/** The first reason, of the dates there are that day; the one that is nearest to what was wanted. */
function whyNot(
  { start, siteId, agent }: WantedDate,
  around: Around,
  sameDay: boolean,
  about: About,
): SeriesDate['why'] {
  const day = dateAt(start, about.zone);
  const say = (why: Why, cause = '') => notOffered(why, { date: day, siteId, cause }, about);
  const dates = around.there.filter((date) => dayOf(date, about.zone) === day && date.siteId === siteId);
  if (!dates.length) return say(about.laidOutUntil !== null && day >= about.laidOutUntil ? 'not-laid-out' : 'no-date');
  const isOpen = ({ verdict }: FoundDate) => verdict === 'open';
  // A date that is full says nothing of who receives on it: the search by person does.
  const known = new Set(around.theirs.map(({ id }) => id));
  const isTheirs = ({ id, counters }: FoundDate) => !agent || known.has(id) || counters.some(isThem(agent.id));
  const theirs = dates.filter(isTheirs);
  if (agent && theirs.length === 0 && dates.some(isOpen)) return say('agent-elsewhere', agent.name);
  for (const date of theirs.filter(isOpen)) {
    const need = needOn(date, about.need);
    const during = heldFor(date, start, need.durationMinutes);
    if (during.start !== start || start < date.during.start || during.end > date.during.end) continue;
    const counters = agent ? date.counters.filter(isThem(agent.id)) : date.counters;
    const takes = takenBy(date, during, need);
    const inTheWay = counters.map(({ busy }) => busy.filter((one) => overlaps(one, takes)));
    if (inTheWay.every((busy) => busy.some(({ away }) => away))) return say('absent');
    if (inTheWay.every((busy) => busy.length > 0)) return say(sameDay ? 'taken' : 'full');
  }
  // A half-day that is full has that hour all the same: somebody else's.
  const hers = [...theirs, ...around.theirs.filter((one) => dayOf(one, about.zone) === day && one.siteId === siteId)];
  const isFullThen = ({ verdict, during }: FoundDate) =>
    verdict === 'full' && during.start <= start && start < during.end;
  if (hers.some(isFullThen)) return say(sameDay ? 'taken' : 'full');
  if (theirs.some(isOpen)) return say('other-hours');
  for (const date of theirs.length > 0 ? theirs : dates) {
    const why = whyNotOffered(date, needOn(date, about.need), about.earliest, about);
    if (why) return { ...why, date: day };
  }
  return say('no-date');
}

/** A date that is not held is looked for on the day it was planned. */
function dayOf({ verdict, originalStart, during }: FoundDate, zone: string): PlainDate {
  return verdict === 'skipped' ? dateOf(originalStart) : dateAt(during.start, zone);
}

/** What is said of a wanted moment: its day and its hour on the wall. */
export function momentOf(start: Instant, zone: string): { date: PlainDate; start: LocalDateTime } {
  const local = toLocal(start, zone) as LocalDateTime;
  return { date: dateOf(local), start: local };
}
