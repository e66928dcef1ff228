import type { CalendarLine as Line, CalendarImport, CalendarLineRead } from '@app/contract';
import { siteNamed } from '@app/permanences';
import { type CalendarContent, type CalendarLine, describeRule, parseRule } from '@app/recurrence';
import { dateOf, type Language, type LocalDateTime, type PlainDate, sayDate, sayTime, timeOf } from '@app/time';
import { sayNotKept } from './calendar-words';

/** The places of a space, those in use. */
export interface Places {
  sites: readonly { id: string; name: string; address: string }[];
  rooms: readonly { id: string; name: string; siteId: string }[];
}

/** More lines than anyone looks through. */
const MOST_LINES = 200;

/** What is understood of a calendar, as the space knows its places and in the reader's language. */
export function asImport(content: CalendarContent, places: Places, language: Language): CalendarImport {
  const { name, lines, notKept, past, cancelled } = content;
  const told = lines.slice(0, MOST_LINES);
  return {
    name,
    lines: told.map((line) => asRead(line, places, language)),
    more: lines.length - told.length,
    notKept: notKeptOf(notKept, language),
    past,
    cancelled,
  };
}

/** Told once each. */
function notKeptOf(notKept: CalendarContent['notKept'], language: Language): CalendarImport['notKept'] {
  const told = notKept.map(({ title, when, ...why }) => ({
    title,
    when: when && sayWhen(when, language),
    why: sayNotKept(why, language),
  }));
  return [...new Map(told.map((one) => [Object.values(one).join('\n'), one])).values()];
}

/** A line at the places that its location names. */
export function asRead(line: CalendarLine, places: Places, language: Language): CalendarLineRead {
  const { title, location, rrule, from, last, start, end } = line;
  return {
    title,
    location,
    said: sayDays(line, language),
    rrule,
    from,
    last,
    start,
    end,
    ...placeOf(location, places),
    excluded: line.without.map((day) => ({ from: day, to: day, cause: '' })),
  };
}

/** What of a line is kept beside the permanence it became: no title, no words. */
export function keptOf({ rrule, from, last, start, end, siteId, roomId, excluded }: Line): Line {
  return { rrule, from, last, start, end, siteId, roomId, excluded };
}

export function sayDays({ rrule, from }: Pick<Line, 'rrule' | 'from'>, language: Language): string {
  const parsed = parseRule(rrule);
  return parsed.ok ? describeRule(parsed.rule, language, { start: from as PlainDate }) : rrule;
}

/** The room that a location names, and its site; the site alone, by its name or its address; or none. */
function placeOf(location: string, { sites, rooms }: Places): { siteId: string | null; roomId: string | null } {
  if (location === '') {
    const [only, ...others] = sites;
    return { siteId: only && others.length === 0 ? only.id : null, roomId: null };
  }
  const addresses = sites.filter(({ address }) => address !== '').map(({ id, address }) => ({ id, name: address }));
  const site = siteNamed(location, sites) ?? siteNamed(location, addresses);
  const room = siteNamed(location, site ? rooms.filter(({ siteId }) => siteId === site.id) : rooms);
  return { siteId: site?.id ?? room?.siteId ?? null, roomId: room?.id ?? null };
}

function sayWhen(when: LocalDateTime | PlainDate, language: Language): string {
  const date = sayDate(dateOf(when as LocalDateTime), language);
  return when.length > 10 ? `${date}, ${sayTime(timeOf(when as LocalDateTime), language)}` : date;
}
