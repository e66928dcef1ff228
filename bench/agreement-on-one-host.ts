// One host zone's share of the agreement: forked with TZ set, it sends its counts to whoever forked it.
import { tellTheTime } from './told-clock';
import { expandMinutes, formatRule, prepareSeries, type Rule } from '@app/recurrence';
import {
  fromLocalMinutes,
  HOME_ZONE,
  instantOfLocalMinutes,
  instantToIso,
  type LocalDateTime,
  toInstant,
  toLocalMinutes,
} from '@app/time';
import rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';
import { Draw, type RandomSeries, randomSeries } from './random-rules';

const WINDOW_MINUTES = 3 * 365 * 1440;
const CLOCKS = ['2027-01-15T12:00:00Z', '2027-07-15T12:00:00Z'];
const SHOWN = 10;

export interface Agreement {
  tried: number;
  dates: number;
  /** By oracle and reason. */
  explained: Record<string, number>;
  unexplained: { with: string; rule: string; dtstart: string; ours: string[]; theirs: string[] }[];
  unexplainedCount: number;
}

const [from = 0, to = 0] = process.argv.slice(2).map(Number);
const found: Agreement = { tried: 0, dates: 0, explained: {}, unexplained: [], unexplainedCount: 0 };
for (let seed = from; seed < to; seed += 1) {
  tellTheTime(CLOCKS[seed % CLOCKS.length] as string);
  compare(randomSeries(new Draw(seed)));
}
process.send?.(found);

function compare(asked: RandomSeries): void {
  const { rule, dtstart } = asked;
  const prepared = prepareSeries(asked);
  if (!prepared.ok) throw new Error(`${formatRule(rule)} from ${dtstart}: ${prepared.textEn}`);
  const start = toLocalMinutes(dtstart);
  const minutes = expandMinutes(prepared.series, start, start + WINDOW_MINUTES);
  found.tried += 1;
  found.dates += minutes.length;
  const wall = minutes.map((at) => `${fromLocalMinutes(at)}:00Z`);
  const instants = minutes.map((at) => instantToIso(instantOfLocalMinutes(at, HOME_ZONE)).slice(0, 16));
  note(
    'rrule.js',
    asked,
    wall.map((at) => at.slice(0, 16)),
    byRruleJs(asked),
    explainRruleJs(rule),
  );
  note('rrule-temporal', asked, instants, byRruleTemporal(asked), explainRruleTemporal(rule));
}

function note(
  oracle: string,
  { rule, dtstart }: RandomSeries,
  ours: string[],
  theirs: string[],
  reason: string | null,
): void {
  if (ours.join() === theirs.join()) return;
  if (reason) {
    const key = `${oracle}: ${reason}`;
    found.explained[key] = (found.explained[key] ?? 0) + 1;
    return;
  }
  found.unexplainedCount += 1;
  if (found.unexplained.length >= SHOWN) return;
  const only = (these: string[], others: string[]) => these.filter((one) => !others.includes(one)).slice(0, 5);
  found.unexplained.push({
    with: oracle,
    rule: formatRule(rule),
    dtstart,
    ours: only(ours, theirs),
    theirs: only(theirs, ours),
  });
}

/** Told in "fake UTC": wall-clock time written as if it were UTC, away from any zone. */
function byRruleJs({ rule, dtstart }: RandomSeries): string[] {
  const options = rrule.RRule.parseString(formatRule({ ...rule, until: null }));
  const start = fakeUtc(dtstart);
  const dates = new rrule.RRule({ ...options, dtstart: start, until: rule.until && fakeUtc(rule.until) }).between(
    start,
    windowEnd(start),
    true,
  );
  return unique(dates.map((date) => date.toISOString().slice(0, 16)));
}

/** Told in the zone, to instants; UNTIL in UTC as RFC 5545 wants it beside a zone. */
function byRruleTemporal({ rule, dtstart }: RandomSeries): string[] {
  const until =
    rule.until === null ? '' : `;UNTIL=${compact(instantToIso(toInstant(rule.until, HOME_ZONE)).slice(0, 16))}Z`;
  const text = `DTSTART;TZID=${HOME_ZONE}:${compact(dtstart)}\nRRULE:${formatRule({ ...rule, until: null })}${until}`;
  const start = new Date(toInstant(dtstart, HOME_ZONE));
  const end = new Date(instantOfLocalMinutes(toLocalMinutes(dtstart) + WINDOW_MINUTES, HOME_ZONE) - 1);
  const dates = new RRuleTemporal({ rruleString: text }).between(start, end, true);
  return unique(dates.map((date) => new Date(date.epochMilliseconds).toISOString().slice(0, 16)));
}

/** Counting back further than the month has dates must give none: rrule.js gives the first (python-dateutil gives none). */
function explainRruleJs({ bySetPos }: Rule): string | null {
  return bySetPos !== null && bySetPos < -1 ? 'BYSETPOS counts back beyond the month and still gives a date' : null;
}

/** RFC 5545 §3.3.10 makes each limit the other; rrule-temporal forgets one. */
function explainRruleTemporal({ frequency, byMonth, byDay, byMonthDay }: Rule): string | null {
  const forgets =
    frequency === 'YEARLY' && byMonth.length === 0 && byMonthDay.length > 0 && byDay.some(({ rank }) => rank !== null);
  return forgets ? 'BYMONTHDAY is forgotten beside a day ranked in the year' : null;
}

function fakeUtc(local: LocalDateTime): Date {
  return new Date(`${local}:00Z`);
}

function windowEnd(start: Date): Date {
  return new Date(start.getTime() + WINDOW_MINUTES * 60_000 - 1);
}

function compact(local: string): string {
  return `${local.replace(/[-:]/g, '')}00`;
}

/** De-duplicated: some engines give a date twice. */
function unique(dates: string[]): string[] {
  return [...new Set(dates)].sort();
}
