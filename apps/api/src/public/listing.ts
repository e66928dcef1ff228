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
  rhythms: Rhythm[];
  dates: PresenceDate[];
}

/** How a rule is printed in a bulletin: "les 1er et 5e mercredis du mois", "9 h – 12 h 30". */
export interface Rhythm {
  days: string;
  hours: string;
  site: string;
  walkIn: boolean;
}

export interface PresenceDate {
  start: Instant;
  end: Instant;
  site: string;
  walkIn: boolean;
  group: boolean;
  /** Set when the date is not held, with its reason ("jour férié : Jour de l’an"). */
  missed: string | null;
  /** Nobody is there between these moments. */
  away: { start: Instant; end: Instant } | null;
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
  const part = (which: (one: { walkIn: boolean }) => boolean) =>
    oneEntryPerPartner(kept.map((presence) => only(presence, which)))
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
  const isAway = date.away !== null && date.away.start <= now && now < date.away.end;
  return !date.missed && !isAway && date.start <= now && now < date.end;
}

function only(presence: Presence, which: (one: { walkIn: boolean }) => boolean): Presence {
  return { ...presence, dates: presence.dates.filter(which), rhythms: presence.rhythms.filter(which) };
}

/** Two agents of one service are one answer to whoever asks; a group's meeting stays an entry of its own. */
function oneEntryPerPartner(presences: Presence[]): Presence[] {
  const entries = new Map<string, Presence>();
  for (const presence of presences) {
    const key = `${presence.partner}/${presence.dates.some((date) => date.group) ? presence.permanenceId : ''}`;
    const known = entries.get(key);
    entries.set(key, known ? together(known, presence) : presence);
  }
  return [...entries.values()];
}

function together(one: Presence, other: Presence): Presence {
  const unlike = <T>(things: T[], name: (thing: T) => string) => [
    ...new Map(things.map((thing) => [name(thing), thing])).values(),
  ];
  const dates = unlike([...one.dates, ...other.dates], ({ start, site }) => `${start}/${site}`);
  return {
    ...one,
    title: one.partner,
    motifs: [...new Set([...one.motifs, ...other.motifs])],
    rhythms: unlike([...one.rhythms, ...other.rhythms], ({ days, hours, site }) => `${days}/${hours}/${site}`),
    dates: dates.sort((first, second) => first.start - second.start),
  };
}

function asked(date: PresenceDate, { site, day }: Wish): boolean {
  return (!site || date.site === site) && (!day || (date.start >= day.start && date.start < day.end));
}

function firstHeld({ dates }: Presence): number {
  return dates.find((date) => !date.missed)?.start ?? Number.POSITIVE_INFINITY;
}
