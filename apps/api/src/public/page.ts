import {
  dateAt,
  type Instant,
  type Language,
  type PlainDate,
  sayDate,
  sayList,
  sayTime,
  sayWeekday,
  timeOf,
  toLocal,
} from '@app/time';
import { type Html, html } from './html';
import { isNow, type Listing, type Presence, type PresenceDate } from './listing';
import { WORDS } from './words';

export interface PageFacts {
  space: { name: string; zone: string; path: string };
  language: Language;
  now: Instant;
  listing: Listing;
  published: number;
  sites: { id: string; name: string; address: string; phone: string | null }[];
  /** Where something of what is asked for may be booked; null: nothing. */
  online: string | null;
  openings: { weekdays: number[]; opens: string; closes: string }[];
  wish: { words: string; siteId: string | null; day: PlainDate | null };
}

/** The page a town's bulletin would print: plain HTML, no script, readable aloud, printable. */
export function publicPage(facts: PageFacts): string {
  const { space, language, listing, wish } = facts;
  const words = WORDS[language];
  const other = language === 'fr' ? 'en' : 'fr';
  const found = listing.now.length + listing.walkIn.length + listing.byAppointment.length;
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${space.name} — ${words.title}</title><link rel="stylesheet" href="/public/page.css"></head><body>
<a class="skip" href="#liste">${words.toList}</a>
<header><p class="space">${space.name}</p><h1>${words.title}</h1>
<form role="search" action="${space.path}" method="get">${language === 'en' && html`<input type="hidden" name="lang" value="en">`}
<label for="q">${words.need}</label><div class="askline"><input id="q" name="q" value="${wish.words}" placeholder="${words.example}" maxlength="100" autocomplete="off"><button>${words.search}</button></div>
<div class="narrow"><div><label for="lieu">${words.place}</label><select id="lieu" name="lieu"><option value="">${words.anyPlace}</option>${facts.sites.map(
    (site) => html`<option value="${site.id}"${site.id === wish.siteId && html` selected`}>${site.name}</option>`,
  )}</select></div>
<div><label for="jour">${words.day}</label><input id="jour" name="jour" type="date" value="${wish.day}"></div></div></form>${facts.online && html`<p class="online"><a class="go" href="${facts.online}?${new URLSearchParams({ ...(wish.words ? { q: wish.words } : {}), ...(language === 'en' ? { lang: 'en' } : {}) }).toString()}">${words.bookOnline}</a></p>`}</header>
<main id="liste" tabindex="-1">${
    found
      ? [
          section(words.now, 'now', listing.now, facts),
          section(words.walkIn, 'walk-in', listing.walkIn, facts),
          section(words.byAppointment, 'appointment', listing.byAppointment, facts),
        ]
      : facts.published
        ? html`<h2>${words.nothing}</h2><p>${words.nothingHelp}</p><p><a class="go" href="${space.path}${language === 'en' && '?lang=en'}">${words.all}</a></p>`
        : html`<p>${words.empty}</p>`
  }</main>
<footer>${facts.openings.map((opening) => html`<p>${openingWords(opening, language)}</p>`)}<p>${words.welcome}</p>
<ul class="places">${facts.sites.map((site) => html`<li><b>${site.name}</b>${site.address && site.address !== site.name && html` · ${site.address}`}${site.phone && html` · ${phoneLink(site.phone)}`}</li>`)}</ul>
<p><a href="${space.path}${other === 'en' && '?lang=en'}" lang="${other}" hreflang="${other}">${words.other}</a> · <a href="/">${words.staff}</a></p></footer>
</body></html>`;
  return page.text;
}

function section(title: string, kind: string, presences: Presence[], facts: PageFacts): Html | null {
  if (!presences.length) return null;
  return html`<section aria-labelledby="s-${kind}"><h2 id="s-${kind}">${title}</h2><ul>${presences.map((presence) => entry(presence, kind, facts))}</ul></section>`;
}

function entry(presence: Presence, kind: string, facts: PageFacts): Html {
  const words = WORDS[facts.language];
  // A meeting has a name of its own; who receives otherwise is the service, whatever agent the desk's title names.
  const title = presence.dates.some((date) => date.group) ? presence.title : presence.partner;
  const motifs = presence.motifs.filter((motif) => ![presence.description, title].some((said) => said.includes(motif)));
  return html`<li><h3>${title}</h3>
${presence.description && html`<p>${presence.description}</p>`}${motifs.length > 0 && html`<p>${sayList(motifs, facts.language)}</p>`}${presence.audience && html`<p>${words.audience} ${presence.audience}</p>`}
${kind === 'now' ? hereNow(presence, facts) : comingDates(presence, facts)}${presence.note && html`<p>${presence.note}</p>`}
<p class="where">${kind === 'appointment' ? howToBook(presence, facts) : howToCome(presence, facts)}</p></li>`;
}

function howToBook(presence: Presence, { language }: PageFacts): Html | null {
  const words = WORDS[language];
  const group = presence.dates.every((date) => date.group);
  return presence.phone ? html`${group && `${words.group} `}${words.call} ${phoneLink(presence.phone)}` : null;
}

function howToCome({ phone }: Presence, { language }: PageFacts): Html {
  const words = WORDS[language];
  return html`${words.comeIn}${phone && html` ${words.ask} ${phoneLink(phone)}`}`;
}

function hereNow(presence: Presence, facts: PageFacts): Html | null {
  const words = WORDS[facts.language];
  const current = presence.dates.find((date) => isNow(date, facts.now));
  if (!current) return null;
  const later = presence.dates.find(
    (date) => !date.missed && date.start > current.start && dayOf(date, facts) === dayOf(current, facts),
  );
  return html`<p><b>${words.until} ${timeOfDay(current.end, facts)}</b>${later && `, ${words.andThen} ${words.from} ${timeOfDay(later.start, facts)} ${words.to} ${timeOfDay(later.end, facts)}`}. ${current.site}.</p>`;
}

/** The rhythm as a bulletin prints it, up to three dates held, and the one a holiday takes away before the first. */
function comingDates(presence: Presence, facts: PageFacts): Html {
  const words = WORDS[facts.language];
  // A meeting that has begun can no longer be booked; a walk-in still takes people.
  const ahead = (date: PresenceDate) => (date.walkIn ? date.end : date.start) > facts.now;
  const held = presence.dates.filter((date) => !date.missed && ahead(date)).slice(0, 3);
  const missed = presence.dates.find((date) => date.missed && date.start < (held[0]?.start ?? 0));
  const site = sameSite(presence);
  return html`${presence.rhythms.map((rhythm) => html`<p>${capital(rhythm.days)}, <span class="nb">${rhythm.hours}</span>${!site && html` <span class="nb">(${rhythm.site})</span>`}</p>`)}
<p>${held.length > 1 ? words.nextOnes : words.next} ${held.map(
    (date, index) =>
      html`${index > 0 && ', '}<b>${dayWords(date, facts)}</b> <span class="nb">${words.at} ${timeOfDay(date.start, facts)}</span>${awayWords(date, facts)}${!site && html` <span class="nb">(${date.site})</span>`}`,
  )}.${missed && ` ${capital(dayWords(missed, facts))} : ${missed.missed}.`}${site && ` ${site}.`}</p>`;
}

/** "(absent·e de 10 h à 11 h)": what a date does not promise. */
function awayWords({ away }: PresenceDate, facts: PageFacts): Html | null {
  if (!away) return null;
  const words = WORDS[facts.language];
  return html` <span class="nb">(${words.awayFor} ${words.from} ${timeOfDay(away.start, facts)} ${words.to} ${timeOfDay(away.end, facts)})</span>`;
}

/** The one site of a presence, or null when it has several. */
function sameSite({ dates }: Presence): string | null {
  const sites = new Set(dates.map(({ site }) => site));
  return sites.size === 1 ? ([...sites][0] ?? null) : null;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function dayOf(date: PresenceDate, { space }: PageFacts): PlainDate {
  return dateAt(date.start, space.zone);
}

function dayWords(date: PresenceDate, facts: PageFacts): string {
  return sayDate(dayOf(date, facts), facts.language, { relativeTo: dateAt(facts.now, facts.space.zone) });
}

function timeAt(at: Instant, { space }: PageFacts) {
  return timeOf(toLocal(at, space.zone));
}

function timeOfDay(at: Instant, facts: PageFacts): string {
  return sayTime(timeAt(at, facts), facts.language);
}

function openingWords({ weekdays, opens, closes }: PageFacts['openings'][number], language: Language): string {
  const words = WORDS[language];
  const days = dayRange(weekdays, language);
  const hour = (time: string) => sayTime(time as never, language);
  return `${words.open} ${days}, ${words.from} ${hour(opens)} ${words.to} ${hour(closes)}.`;
}

/** "du lundi au vendredi", or the days one by one when they do not follow each other. */
function dayRange(weekdays: readonly number[], language: Language): string {
  const names = weekdays.map((weekday) => sayWeekday(weekday, language));
  const follow = weekdays.every((weekday, index) => index === 0 || weekday === Number(weekdays[index - 1]) + 1);
  if (!follow || names.length < 3) return sayList(names, language);
  return language === 'fr' ? `du ${names[0]} au ${names.at(-1)}` : `${names[0]} to ${names.at(-1)}`;
}

export function phoneLink(phone: string): Html {
  return html`<a class="nb" href="tel:${phone.replace(/[^\d+]/g, '')}">${phone.replace(/ /g, '\u00a0')}</a>`;
}
