import type { Slot, Slots } from '@app/contract';
import { dateOf, type LocalDateTime, type PlainDate } from '@app/time';

/** A day and the hours a person may choose from. */
export interface OfferedDay {
  date: PlainDate;
  slots: Slot[];
  /** More hours exist that day. */
  more: boolean;
}

/** Enough to choose from, and to see more of; a page of an old phone. */
export const SLOTS_A_PAGE = 15;
export const SLOTS_A_DAY = 3;

/** A page of days, and the day the next page begins with; null: there is no other. One hour is offered once, whoever receives. */
export function daysOf(
  found: Pick<Slots, 'slots' | 'more'>,
  most = SLOTS_A_PAGE,
): { days: OfferedDay[]; next: PlainDate | null } {
  const days = new Map<PlainDate, Slot[]>();
  for (const slot of found.slots) {
    const date = dateOf(slot.start as LocalDateTime);
    const slots = days.get(date) ?? [];
    if (!slots.some(({ start, siteId }) => start === slot.start && siteId === slot.siteId)) slots.push(slot);
    days.set(date, slots);
  }
  const all = [...days].map(([date, slots]) => ({
    date,
    slots,
    more: found.more.some((one) => one.date === date && one.left > 0),
  }));
  if (found.slots.length < most) return { days: all, next: null };
  // The last day may be cut: it begins the next page, unless it is alone.
  const last = all.at(-1);
  return all.length > 1 && last ? { days: all.slice(0, -1), next: last.date } : { days: all, next: null };
}
