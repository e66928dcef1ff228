// A thread that answers hostile inputs, so that a hang can be seen and stopped from outside.
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import {
  describeRule,
  expandToInstants,
  firstOccurrenceOnOrAfter,
  formatRule,
  parseRule,
  prepareSeries,
  readCalendar,
  readWording,
  sayRules,
  upcomingDates,
} from '@app/recurrence';
import { HOME_ZONE, localDateTime, plainDate, plainTime } from '@app/time';
import { hostileInput, type Kind } from './hostile-inputs';

export interface Share {
  kind: Kind;
  from: number;
  to: number;
  /** Where the thread is: the number of the input it answers. */
  at: Int32Array;
}

export interface Answers {
  answered: number;
  slowest: { ms: number; input: string };
  crashes: { input: string; error: string }[];
  /** Rules accepted, phrases read as exact, calendars that give lines. */
  accepted: number;
}

const TODAY = plainDate('2027-01-01');
const NINE = plainTime('09:00');
const YEAR = { from: localDateTime(TODAY, NINE), to: localDateTime(plainDate('2028-01-01'), NINE) };
const FAR = { from: localDateTime(plainDate('9000-01-01'), NINE), to: localDateTime(plainDate('9001-01-01'), NINE) };
/** A slow answer is asked for again: whatever else the machine did is not the answer's. */
const AGAIN = 3;

const ANSWERS: Record<Kind, (input: string) => boolean> = {
  rules: answerRule,
  wordings: answerWording,
  calendars: answerCalendar,
};

const { kind, from, to, at } = workerData as Share;
const found: Answers = { answered: 0, slowest: { ms: 0, input: '' }, crashes: [], accepted: 0 };
for (let number = from; number < to; number += 1) {
  Atomics.store(at, 0, number);
  const input = hostileInput(kind, number);
  try {
    let ms = timed(input, true);
    for (let times = 0; times < AGAIN && ms > found.slowest.ms; times += 1) ms = Math.min(ms, timed(input, false));
    if (ms > found.slowest.ms) found.slowest = { ms, input };
    found.answered += 1;
  } catch (error) {
    found.crashes.push({ input, error: String(error) });
  }
}
parentPort?.postMessage(found);

function timed(input: string, counted: boolean): number {
  const began = performance.now();
  const accepted = ANSWERS[kind](input);
  const ms = performance.now() - began;
  if (accepted && counted) found.accepted += 1;
  return ms;
}

/** All that is done with a rule someone pastes: read, started, said, expanded near and far. */
function answerRule(text: string): boolean {
  const parsed = parseRule(text);
  if (!parsed.ok) return false;
  const { rule } = parsed;
  parseRule(formatRule(rule));
  const first = firstOccurrenceOnOrAfter(rule, TODAY);
  if (first === null) return true;
  const series = prepareSeries({ rule, dtstart: localDateTime(first, NINE), zone: HOME_ZONE });
  if (!series.ok) throw new Error(`the first date ${first} is refused: ${series.textEn}`);
  describeRule(rule, 'fr', { start: first });
  describeRule(rule, 'en', { start: first });
  expandToInstants(series.series, HOME_ZONE, YEAR);
  expandToInstants(series.series, HOME_ZONE, FAR);
  return true;
}

/** All that is done with a calendar someone uploads. */
function answerCalendar(text: string): boolean {
  const reading = readCalendar(new TextEncoder().encode(text), { today: TODAY, zone: HOME_ZONE });
  return reading.ok && reading.lines.length > 0;
}

/** All that is done with a phrase someone pastes: read, its dates, said back. */
function answerWording(phrase: string): boolean {
  const reading = readWording(phrase, TODAY);
  for (const rule of reading.rules) {
    upcomingDates(rule, { from: TODAY, count: 8, zone: 'C', territory: 'metropole' });
  }
  sayRules(reading.rules, 'fr');
  sayRules(reading.rules, 'en');
  return reading.verdict === 'exact';
}
