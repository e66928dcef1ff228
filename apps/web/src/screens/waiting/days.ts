import { addDays, parsePlainDate } from '@app/time';

/** 'YYYY-MM-DD' so many days later. */
export function daysAfter(day: string, count: number): string {
  const date = parsePlainDate(day);
  return date ? addDays(date, count) : day;
}
