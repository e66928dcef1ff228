import { describe, expect, it } from '@jest/globals';
import { type Instant, type LocalDateTime, toInstant } from '@app/time';
import { ahead, canStillBeSeen, type InQueue, type Queue } from './queue';

const at = (time: string): Instant => toInstant(`2027-01-04T${time}` as LocalDateTime, 'Europe/Paris');
const waiting = (count: number, more: Partial<InQueue> = {}): InQueue[] =>
  Array.from({ length: count }, () => ({ urgent: false, minutes: 15, receivedAt: null, ...more }));
const parquet = (people: InQueue[], more: Partial<Queue> = {}): Queue => ({
  start: at('09:00'),
  end: at('10:30'),
  counters: 1,
  people,
  isClosed: false,
  ...more,
});
const someone = { urgent: false, minutes: 15 };

describe('a queue is full before its permanence closes', () => {
  it('at 9:40 with one person waiting, one more is seen before 10:30', () => {
    expect(canStillBeSeen(parquet(waiting(1)), someone, at('09:40'))).toBe(true);
  });
  it('at 9:45 four people at a quarter of an hour each leave no turn before 10:30', () => {
    expect(canStillBeSeen(parquet(waiting(4)), someone, at('09:45'))).toBe(false);
  });
  it('the last turn must end before the door closes', () => {
    expect(canStillBeSeen(parquet([]), someone, at('10:15'))).toBe(true);
    expect(canStillBeSeen(parquet([]), someone, at('10:16'))).toBe(false);
  });
  it('a turn nobody measured is a quarter of an hour', () => {
    expect(canStillBeSeen(parquet([]), { urgent: false, minutes: null }, at('10:15'))).toBe(true);
    expect(canStillBeSeen(parquet([]), { urgent: false, minutes: null }, at('10:16'))).toBe(false);
  });
  it('before it opens, turns are counted from its opening', () => {
    expect(canStillBeSeen(parquet(waiting(5)), someone, at('08:00'))).toBe(true);
    expect(canStillBeSeen(parquet(waiting(6)), someone, at('08:00'))).toBe(false);
  });
  it('two agents receive two people at once', () => {
    expect(canStillBeSeen(parquet(waiting(4), { counters: 2 }), someone, at('09:45'))).toBe(true);
  });
  it('whoever is being received holds her agent for the rest of her turn, and no longer than usual', () => {
    const received = waiting(1, { receivedAt: at('10:00') });
    expect(canStillBeSeen(parquet(received), someone, at('10:05'))).toBe(true);
    expect(canStillBeSeen(parquet([...received, ...waiting(1)]), someone, at('10:05'))).toBe(false);
    expect(canStillBeSeen(parquet(waiting(1, { receivedAt: at('09:10') })), someone, at('10:15'))).toBe(true);
  });
  it('an urgent need passes everyone but other urgent needs', () => {
    const urgent = { urgent: true, minutes: 15 };
    expect(canStillBeSeen(parquet(waiting(4)), urgent, at('09:45'))).toBe(true);
    expect(canStillBeSeen(parquet(waiting(4, { urgent: true })), urgent, at('09:45'))).toBe(false);
    const people = [...waiting(1, { urgent: true }), ...waiting(3)];
    expect(ahead({ people }, urgent)).toBe(1);
    expect(ahead({ people }, someone)).toBe(4);
  });
  it('after the last entry nobody joins, save an urgent need', () => {
    expect(canStillBeSeen(parquet([], { isClosed: true }), someone, at('09:10'))).toBe(false);
    expect(canStillBeSeen(parquet([], { isClosed: true }), { urgent: true, minutes: 15 }, at('09:10'))).toBe(true);
  });
});
