import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, type Interval, type LocalDateTime } from '@app/time';
import type { FoundDate, Verdict } from './found-date';
import type { Attended, Held } from './offer';

/** What narrows a search; each is a filter. */
export interface Asked {
  sites?: readonly string[] | undefined;
  partner?: string | undefined;
  agent?: string | undefined;
  /** ISO 639 code, spoken by the agent who receives. */
  language?: string | undefined;
  accessible?: boolean | undefined;
  part?: 'morning' | 'afternoon' | undefined;
  mode?: string | undefined;
  interpreter?: boolean | undefined;
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

interface Row {
  motif_id: string;
  occurrence_id: string | null;
  partner_id: string;
  site_id: string;
  room_id: string | null;
  starts_at: Instant;
  ends_at: Instant;
  original_start: LocalDateTime;
  mode: Held['mode'];
  cause: string;
  verdict: Verdict | 'looked-until';
  lengths: number[] | null;
  counters:
    | [
        resourceId: string,
        agentId: string | null,
        seat: number | null,
        answers: boolean,
        busy: [start: number, end: number, until: number | null, away: boolean][] | null,
      ][]
    | null;
}

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
  for (const row of rows) {
    const known = found.get(row.motif_id) ?? { dates: [], until: wanted.window.end };
    if (row.verdict === 'looked-until') known.until = row.starts_at;
    else if (row.occurrence_id !== null) known.dates.push(dateOf(row, row.occurrence_id, row.verdict));
    found.set(row.motif_id, known);
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
  for (const row of rows) {
    if (row.verdict === 'looked-until' || row.occurrence_id === null) continue;
    lists[row.nth - 1]?.push(dateOf(row, row.occurrence_id, row.verdict));
  }
  return lists;
}

function dateOf(row: Row, id: string, verdict: Verdict): FoundDate {
  return {
    id,
    partnerId: row.partner_id,
    siteId: row.site_id,
    roomId: row.room_id,
    during: { start: row.starts_at, end: row.ends_at },
    originalStart: row.original_start,
    mode: row.mode,
    cause: row.cause,
    verdict,
    lengths: row.lengths ?? [],
    counters: (row.counters ?? []).map(
      ([resourceId, agentId, seat, answers, busy]): Attended => ({
        resourceId,
        agentId,
        seat,
        answers,
        busy: (busy ?? []).map(([start, end, until, away]) => ({
          start: start as Instant,
          end: end as Instant,
          until: until as Instant | null,
          away,
        })),
      }),
    ),
  };
}
