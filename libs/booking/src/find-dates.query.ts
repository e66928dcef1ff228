import type { Transaction } from '@app/persistence';
import { addMinutes, type Instant, instantToIso, type Interval, type LocalDateTime, overlaps } from '@app/time';
import type { Filters } from './emptied';
import type { FoundDate, Verdict } from './found-date';
import type { Attended, Held } from './offer';

/** Minutes that a motif may keep before or after an appointment; the database accepts no more. */
const LONGEST_PAUSE = 120;

/** What narrows a search; each is a filter. */
export interface Asked extends Filters {
  /** As the public page would: notice, horizon, and only what is booked there. */
  public?: boolean | undefined;
  /** One date only. */
  occurrence?: string | undefined;
}

export interface DatesWanted {
  motifIds: readonly string[];
  window: Interval;
  zone: string;
  asked: Asked;
  /** Of one day, no more than this counts. */
  perDay: number;
  /** Enough dates to offer so many. */
  most: number;
}

export interface DatesFound {
  dates: FoundDate[];
  /** Everything before it was looked at. */
  until: Instant;
}

/** When a counter can't receive, as the database tells it: instants in milliseconds. */
type BusyRow = [start: number, end: number, until: number | null, away: boolean];

/** A counter of the dates that follow, until the next such list. `owner`: its agent, or the rule whose place it is. */
type CounterRow = [
  owner: string,
  resourceId: string,
  agentId: string | null,
  seat: number | null,
  answers: boolean,
  busy: BusyRow[] | null,
];

interface DateRow {
  verdict: Verdict;
  occurrence_id: string;
  site_id: string;
  room_id: string | null;
  starts_at: Instant;
  ends_at: Instant;
  original_start: LocalDateTime;
  mode: Held['mode'];
  cause: string;
  lengths: number[] | null;
  /** Who receives when it is open: these agents, or the places of this rule from the first to `seats`. */
  owners: string[] | null;
  seats: number | null;
}

type Row = { motif_id: string } & (
  | DateRow
  | { verdict: 'counters'; counters: CounterRow[] }
  | { verdict: 'looked-until'; starts_at: Instant }
);

/** The dates of each motif, in order of time: one query for all of them. A motif that is not booked here is absent. */
export async function findDates(tx: Transaction, wanted: DatesWanted): Promise<Map<string, DatesFound>> {
  const rows = await tx.prepared<Row>(
    'booking.find-dates',
    'select * from find_dates($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      wanted.motifIds,
      instantToIso(wanted.window.start),
      instantToIso(wanted.window.end),
      instantToIso(tx.now),
      wanted.zone,
      JSON.stringify(wanted.asked),
      wanted.perDay,
      wanted.most,
    ],
  );
  const found = new Map<string, DatesFound>();
  let counters: Counters = new Map();
  for (const row of rows) {
    const known = found.get(row.motif_id) ?? { dates: [], until: wanted.window.end };
    found.set(row.motif_id, known);
    if (row.verdict === 'looked-until') known.until = row.starts_at;
    else if (row.verdict === 'counters') counters = countersOf(row.counters);
    else known.dates.push(dateOf(row, counters));
  }
  return found;
}

export interface Looked {
  window: Interval;
  asked: Asked;
}

/** All the dates of one motif that touch each of these windows: one query, the n-th list for the n-th window. */
export async function findDatesEach(
  tx: Transaction,
  motifId: string,
  looked: readonly Looked[],
  zone: string,
): Promise<FoundDate[][]> {
  const lists: FoundDate[][] = looked.map(() => []);
  if (!looked.length) return lists;
  const rows = await tx.prepared<Row & { nth: number }>(
    'booking.find-dates-each',
    // Never enough of them: nothing of a window is cut off.
    `select w.nth::int as nth, d.*
     from unnest($2::timestamptz[], $3::timestamptz[], $6::jsonb[]) with ordinality as w(window_start, window_end, asked, nth)
     cross join lateral find_dates(array[$1::uuid], w.window_start, w.window_end, $4, $5, w.asked, 1, 1000000) d`,
    [
      motifId,
      looked.map(({ window }) => instantToIso(window.start)),
      looked.map(({ window }) => instantToIso(window.end)),
      instantToIso(tx.now),
      zone,
      looked.map(({ asked }) => JSON.stringify(asked)),
    ],
  );
  let counters: Counters = new Map();
  for (const row of rows) {
    if (row.verdict === 'looked-until') continue;
    if (row.verdict === 'counters') counters = countersOf(row.counters);
    else lists[row.nth - 1]?.push(dateOf(row, counters));
  }
  return lists;
}

/** By owner, each with its rank in the order they are given out. */
type Counters = Map<string, { nth: number; counter: Attended }[]>;

function countersOf(rows: readonly CounterRow[]): Counters {
  const counters: Counters = new Map();
  rows.forEach(([owner, resourceId, agentId, seat, answers, rowBusy], nth) => {
    const busy = (rowBusy ?? []).map(
      ([start, end, until, away]) => ({ start, end, until, away }) as Attended['busy'][number],
    );
    const counter = { resourceId, agentId, seat, answers, busy };
    const known = counters.get(owner);
    if (known) known.push({ nth, counter });
    else counters.set(owner, [{ nth, counter }]);
  });
  return counters;
}

function dateOf(row: DateRow, counters: Counters): FoundDate {
  const during = { start: row.starts_at, end: row.ends_at };
  return {
    id: row.occurrence_id,
    siteId: row.site_id,
    roomId: row.room_id,
    during,
    originalStart: row.original_start,
    mode: row.mode,
    cause: row.cause,
    verdict: row.verdict,
    lengths: row.lengths ?? [],
    counters: attending(row, counters).map((counter) => ({ ...counter, busy: around(during, counter.busy) })),
  };
}

function attending({ owners, seats }: DateRow, counters: Counters): Attended[] {
  const all = (owners ?? []).flatMap((owner) => counters.get(owner) ?? []);
  if (all.length > 1) all.sort((a, b) => a.nth - b.nth);
  return all.map(({ counter }) => counter).filter(({ seat }) => seat === null || seat <= (seats ?? 0));
}

/** What could matter to a date: a counter is told once for all of its dates. */
function around(during: Interval, busy: Attended['busy']): Attended['busy'] {
  const near = { start: addMinutes(during.start, -LONGEST_PAUSE), end: addMinutes(during.end, LONGEST_PAUSE) };
  return busy.filter((one) => overlaps(one, near));
}
