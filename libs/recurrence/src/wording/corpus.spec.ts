import fs from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { plainDate } from '@app/time';
import type { ReadRule } from './reading';
import { readWording } from './read-wording';
import { upcomingDates } from './upcoming';

interface Slot {
  rrule: string | null;
  start: string | null;
  end: string | null;
  mode: string;
  first4: string[] | null;
}

interface Entry {
  id: string;
  phrase: string;
  parse: 'exact' | 'needs_times' | 'needs_anchor' | 'needs_human';
  slots: Slot[];
}

const corpus: Entry[] = fs
  .readFileSync(new URL('../../corpus/permanence-phrases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const today = plainDate('2027-01-01');
const named = ({ id, phrase }: Entry): [string, string] => [id, phrase];
const entries = (parse: Entry['parse']) => corpus.filter((entry) => entry.parse === parse);

/** "WE 09:00 12:00 walk-in": what holds on each of a rule's days, however days are grouped into rules. */
function held({ rrule, start, end, mode }: Slot | ReadRule, parity: string | null): string[] {
  const days = /BYDAY=([^;]+)/.exec(rrule ?? '')?.[1]?.split(',') ?? ['?'];
  const months =
    /BYMONTH=([^;]+)/
      .exec(rrule ?? '')?.[1]
      ?.split(',')
      .map(Number)
      .sort((a, b) => a - b) ?? [];
  return days.map((day) => [day, start, end, mode, parity ?? 'any week', ...months].join(' '));
}

function parityOf({ rrule }: Slot): string | null {
  const weeks = /BYWEEKNO=(\d+)/.exec(rrule ?? '')?.[1];
  return weeks === undefined ? null : Number(weeks) % 2 === 0 ? 'even' : 'odd';
}

/** The first four dates of everything that is held from `start` to `end` in a mode, before holidays. */
function firstDates(rules: readonly ReadRule[], slot: Slot): string[] {
  const days = new Set(held(slot, null).map((text) => text.split(' ')[0]));
  const dates = rules
    .filter((rule) => rule.start === slot.start && rule.end === slot.end && rule.mode === slot.mode)
    .filter((rule) => held(rule, null).every((text) => days.has(text.split(' ')[0])))
    .filter((rule) => rule.parity === parityOf(slot))
    .flatMap((rule) => upcomingDates(rule, { from: today, count: 4, zone: 'C', territory: null }));
  return [...new Set(dates.map(({ date }) => date as string))].sort().slice(0, 4);
}

describe('a phrase of a bulletin that says everything', () => {
  test.each(entries('exact').map(named))('%s: %s', (id, phrase) => {
    const entry = corpus.find((one) => one.id === id) as Entry;
    const reading = readWording(phrase, today);
    expect(reading.questions).toEqual([]);
    expect(reading.verdict).toBe('exact');
    const expected = entry.slots.flatMap((slot) => held(slot, parityOf(slot)));
    const understood = reading.rules.flatMap((rule) => held(rule, rule.parity));
    expect(understood.sort()).toEqual(expected.sort());
    for (const slot of entry.slots) expect(firstDates(reading.rules, slot)).toEqual(slot.first4);
  });
});

describe('a phrase of a bulletin that leaves something to ask', () => {
  const about = { needs_times: 'times', needs_anchor: 'anchor' } as const;
  for (const parse of ['needs_times', 'needs_anchor'] as const) {
    test.each(entries(parse).map(named))(`${about[parse]}, %s: %s`, (_, phrase) => {
      const reading = readWording(phrase, today);
      expect(reading.verdict).toBe('question');
      expect(reading.questions.map((question) => question.about)).toContain(about[parse]);
    });
  }

  test.each(entries('needs_human').map(named))('anything, %s: %s', (_, phrase) => {
    const reading = readWording(phrase, today);
    expect(reading.verdict).not.toBe('exact');
    expect(reading.questions.length).toBeGreaterThan(0);
  });
});
