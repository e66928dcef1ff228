import { addDays, civilOf, daysInMonth, epochDayOf, fromEpochDay, type PlainDate, toEpochDay } from '@app/time';

const MONTHS_AHEAD = 18;

/** The day before which dates are laid out: the same day 18 months later, or the day after a shorter month's last. */
export function horizonOf(today: PlainDate): PlainDate {
  const { year, month, day } = civilOf(toEpochDay(today));
  const index = year * 12 + month - 1 + MONTHS_AHEAD;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  const last = daysInMonth(y, m);
  const found = fromEpochDay(epochDayOf(y, m, Math.min(day, last)));
  return day > last ? addDays(found, 1) : found;
}
