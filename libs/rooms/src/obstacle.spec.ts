import { type Instant, type Interval, MINUTE } from '@app/time';
import { expect, it } from '@jest/globals';
import { nextFree, obstacleTo } from './obstacle';

const clock = (text: string) => ((Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * MINUTE) as Instant;
const range = (start: string, end: string): Interval => ({ start: clock(start), end: clock(end) });
const held = (start: string, end: string, publishedName: string | null = null) => ({
  during: range(start, end),
  publishedName,
});

it('a room free at these hours has nothing in the way, even when it is taken right before and after', () => {
  expect(obstacleTo(range('10:00', '11:00'), [held('09:00', '10:00'), held('11:00', '12:00')])).toBeNull();
});

it('a room is taken until the end of the unbroken stretch', () => {
  const day = [held('14:00', '15:00', 'Conseil budget'), held('15:00', '16:30'), held('17:00', '18:00')];
  expect(obstacleTo(range('14:30', '15:30'), day)).toEqual({ heldBy: 'Conseil budget', until: clock('16:30') });
});

it('what is told is the first thing in the way, not what was there before', () => {
  const day = [held('09:00', '10:00', 'Parquet'), held('10:30', '11:00')];
  expect(obstacleTo(range('10:00', '11:00'), day)).toEqual({ heldBy: null, until: clock('11:00') });
});

it('the next free time is as long as what was wanted', () => {
  const day = [held('14:00', '15:00'), held('15:30', '16:00')];
  expect(nextFree(range('14:00', '15:00'), day, clock('17:30'))).toEqual(range('16:00', '17:00'));
  expect(nextFree(range('14:00', '14:30'), day, clock('17:30'))).toEqual(range('15:00', '15:30'));
});

it('there is none once the place closes', () => {
  expect(nextFree(range('14:00', '15:00'), [held('14:00', '17:00')], clock('17:30'))).toBeNull();
  expect(nextFree(range('18:00', '19:00'), [held('18:00', '19:00')], clock('17:30'))).toBeNull();
});
