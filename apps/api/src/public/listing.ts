import type { Instant } from '@app/time';

/** One published presence of a partner, as the public page lists it. Instants are epoch milliseconds. */
export interface Presence {
  permanenceId: string;
  title: string;
  partner: string;
  description: string;
  audience: string;
  note: string;
  /** The number that gives appointments, or answers questions. */
  phone: string | null;
  /** Words a person may look for beyond the name: what one may come for. */
  motifs: string[];
  dates: PresenceDate[];
}

export interface PresenceDate {
  start: Instant;
  end: Instant;
  site: string;
  walkIn: boolean;
  group: boolean;
  /** Set when the date is not held, with its reason ("jour férié : Jour de l’an"). */
  missed: string | null;
}

/** What the visitor asked to see. */
export interface Wish {
  /** Everyday words. */
  words: string;
  site: string | null;
  /** A day, [start, end). */
  day: { start: Instant; end: Instant } | null;
}

export interface Listing {
  /** Here now without an appointment. */
  now: Presence[];
  walkIn: Presence[];
  byAppointment: Presence[];
}

const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, ' ');

/** Every word must be found, accents and plurals forgiven: "factures énergie" finds "Facture d’énergie". */
export function answersTo(presence: Presence, words: string): boolean {
  const text = plain(
    [presence.title, presence.partner, presence.description, presence.audience, ...presence.motifs].join(' '),
  );
  return plain(words)
    .split(/\s+/)
    .filter((word) => word.length > 2)
    .every((word) => text.includes(word.replace(/[sx]$/, '')));
}

/** Who receives, sorted as a person asks: now, then without appointment, then by appointment; the soonest first. */
export function listingFor(presences: readonly Presence[], wish: Wish, now: Instant): Listing {
  const kept = presences
    .filter((presence) => answersTo(presence, wish.words))
    .map((presence) => ({ ...presence, dates: presence.dates.filter((date) => asked(date, wish)) }))
    .filter((presence) => presence.dates.some((date) => !date.missed));
  const part = (which: (date: PresenceDate) => boolean) =>
    kept
      .map((presence) => ({ ...presence, dates: presence.dates.filter(which) }))
      .filter((presence) => presence.dates.some((date) => !date.missed))
      .sort((one, other) => firstHeld(one) - firstHeld(other) || one.title.localeCompare(other.title, 'fr'));
  const walkIn = part((date) => date.walkIn);
  const here = walkIn.filter((presence) => presence.dates.some((date) => isNow(date, now)));
  return {
    now: here,
    walkIn: walkIn.filter((presence) => !here.includes(presence)),
    byAppointment: part((date) => !date.walkIn),
  };
}

export function isNow(date: PresenceDate, now: Instant): boolean {
  return !date.missed && date.start <= now && now < date.end;
}

function asked(date: PresenceDate, { site, day }: Wish): boolean {
  return (!site || date.site === site) && (!day || (date.start >= day.start && date.start < day.end));
}

function firstHeld(presence: Presence): Instant {
  return (presence.dates.find((date) => !date.missed) ?? presence.dates[0])!.start;
}
