import { dateOf, fromLocalMinutes, localDateTime, MINUTES_PER_DAY, plainTime, timeOf, toEpochDay } from '@app/time';
import { firstOccurrenceOnOrAfter } from '../first-occurrence';
import { parseRule } from '../parse';
import { END_OF_DAY, formatRule } from '../rule';
import { expandMinutes, type PreparedSeries, prepareSeries } from '../series';
import type { CalendarClock } from './calendar-clocks';
import { readMoment } from './moments';
import type { NotKeptWhy } from './reading';
import { daysOfUnheldRule } from './unheld-rule';

/** What an RRULE gives from today on, on the wall clock it is written on. */
export type Repetition = Read & {
  /** Its days were looked at one by one. */
  counted?: boolean;
};

type Read =
  | { kind: 'rule'; rrule: string; series: PreparedSeries; first: number; last: number | null; startsOutside: boolean }
  | { kind: 'dates'; starts: number[] }
  | { kind: 'over' }
  | { kind: 'not-kept'; why: NotKeptWhy };

const WEEKDAY = /^(MO|TU|WE|TH|FR|SA|SU)$/;

/**
 * Reads an RRULE beside its DTSTART: as a rule of the whitelist, or the dates of one that ends.
 * @param start and @param today wall-clock minutes of that clock
 */
export function readRepetition(written: string, start: number, clock: CalendarClock, today: number): Repetition {
  const text = untilOnTheWall(simplified(written, start), clock);
  if (text === null) return { kind: 'not-kept', why: 'rule-wrong' };
  const parsed = parseRule(text, 'UTC');
  if (!parsed.ok)
    return parsed.why === 'not-whitelisted' ? { ...countedOut(text, start, today), counted: true } : wrong();
  const begins = fromLocalMinutes(start);
  const firstDate = firstOccurrenceOnOrAfter(parsed.rule, dateOf(begins));
  if (firstDate === null) return { kind: 'over' };
  const prepared = prepareSeries({ rule: parsed.rule, dtstart: localDateTime(firstDate, timeOf(begins)) });
  if (!prepared.ok) return { kind: 'over' };
  const { series } = prepared;
  const [first] = expandMinutes(series, today, Number.MAX_SAFE_INTEGER, 1);
  if (first === undefined) return { kind: 'over' };
  const ends = parsed.rule.count !== null || parsed.rule.until !== null;
  const lastDate = ends ? dateOf(fromLocalMinutes(series.last)) : null;
  // COUNT counts from the very first date, which is long past: the day it ends on says the same from any date.
  const until = lastDate && localDateTime(lastDate, plainTime(END_OF_DAY));
  return {
    kind: 'rule',
    rrule: formatRule({ ...parsed.rule, count: null, until }),
    series,
    first,
    last: ends ? series.last : null,
    startsOutside: firstDate !== dateOf(begins) && start >= today,
  };
}

const wrong = (): Repetition => ({ kind: 'not-kept', why: 'rule-wrong' });

/** Said otherwise where that changes nothing: the hour of DTSTART again, positions of one weekday in the month. */
function simplified(written: string, start: number): string {
  const parts = written
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';', 30)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('X-'));
  const local = fromLocalMinutes(start);
  const same = new Set([
    `BYHOUR=${Number(local.slice(11, 13))}`,
    `BYHOUR=${local.slice(11, 13)}`,
    `BYMINUTE=${Number(local.slice(14))}`,
    `BYMINUTE=${local.slice(14)}`,
    ...['BYSECOND=0', 'BYSECOND=00', 'RSCALE=GREGORIAN'],
  ]);
  const kept = parts.filter((part) => !same.has(part));
  const partOf = (name: string) => kept.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const [day, positions] = [partOf('BYDAY'), partOf('BYSETPOS')];
  const ranks = positions?.split(',', 12) ?? [];
  const isRanked = ranks.length > 0 && ranks.every((rank) => /^[+-]?[1-5]$/.test(rank));
  if (!day || !isRanked || !WEEKDAY.test(day) || partOf('FREQ') !== 'MONTHLY' || partOf('BYMONTHDAY')) {
    return kept.join(';');
  }
  return kept
    .filter((part) => !part.startsWith('BYSETPOS='))
    .map((part) => (part === `BYDAY=${day}` ? `BYDAY=${ranks.map((rank) => rank + day).join(',')}` : part))
    .join(';');
}

/** UNTIL is an instant beside a DTSTART with a zone: it is compared with the clock of that zone. */
function untilOnTheWall(text: string, clock: CalendarClock): string | null {
  const written = /(^|;)UNTIL=([^;]*)/.exec(text)?.[2];
  if (written === undefined) return text;
  const moment = readMoment(written, null);
  if (!moment) return null;
  if (moment.kind === 'date') return text.replace(written, compact(toEpochDay(moment.date) * MINUTES_PER_DAY, true));
  const minutes = moment.kind === 'wall' ? moment.minutes : clock.fromInstant(moment.at);
  return text.replace(written, compact(minutes, false));
}

function compact(minutes: number, isDate: boolean): string {
  const local = fromLocalMinutes(minutes).replace(/[-:]/g, '');
  return isDate ? local.slice(0, 8) : `${local}00`;
}

/** The dates of a rule that we don't hold, when it ends. */
function countedOut(text: string, start: number, today: number): Repetition {
  const until = /(^|;)UNTIL=(\d{4})(\d\d)(\d\d)(T\d{6})?/.exec(text);
  const timeOfDay = start % MINUTES_PER_DAY;
  const lastStart = until && readMoment(until[0].replace(/^;?UNTIL=/, ''), null);
  const last =
    lastStart?.kind === 'date'
      ? toEpochDay(lastStart.date)
      : lastStart?.kind === 'wall'
        ? Math.floor((lastStart.minutes - timeOfDay) / MINUTES_PER_DAY)
        : null;
  const days = daysOfUnheldRule(text, Math.floor(start / MINUTES_PER_DAY), last);
  if (days === null) return { kind: 'not-kept', why: ends(text) ? 'rule-not-held' : 'rule-without-end' };
  const starts = days.map((day) => day * MINUTES_PER_DAY + timeOfDay).filter((at) => at >= today);
  return starts.length > 0 ? { kind: 'dates', starts } : { kind: 'over' };
}

const ends = (text: string): boolean => /(^|;)(COUNT|UNTIL)=/.test(text);
