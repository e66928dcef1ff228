import type { OfferedDay, OwnAppointment } from '@app/self-service';
import { DAY, HOUR, type Instant, type Language, type PlainDate } from '@app/time';
import { framed } from './frame';
import { type Html, html } from './html';
import { daysList, english, link, note, orDesk, otherLanguage, type SiteNames, whenWords } from './online-pages';
import { ONLINE } from './online-words';
import { phoneLink } from './page';

export interface OwnPlace {
  space: string;
  /** "/r/7Yk…" */
  path: string;
  /** Of the link itself, which lists all the dates of a series. */
  whole: string;
  language: Language;
  today: PlainDate;
  now: Instant;
}

/** What was just done, as the address of the page says it. */
export type Done = keyof (typeof ONLINE)['fr']['done'];

/** What an address says was done, as long as it is so: it may be old, or opened again. */
export function doneOf(word: unknown, own: OwnAppointment): Done | null {
  if (typeof word !== 'string' || !Object.hasOwn(ONLINE.fr.done, word)) return null;
  const isSo: Record<Done, boolean> = {
    pris: own.mayChange,
    confirme: own.mayChange && own.state === 'confirmed',
    deplace: own.mayChange && own.lastAct === 'moved',
    annule: own.state === 'cancelledByUsager',
    change: true,
  };
  return isSo[word as Done] ? (word as Done) : null;
}

export function ownPage(
  place: OwnPlace,
  { own, done, address, again }: { own: OwnAppointment; done: Done | null; address: string; again: string },
): string {
  const said = ONLINE[place.language];
  const { language, path } = place;
  const isCancelled = own.state === 'cancelledByUsager' || own.state === 'cancelledByAgent';
  const main = html`<h1>${said.own}</h1>${done && note(said.done[done])}
<div class="card">${facts(place, own)}${isCancelled && html`<p><b>${said.cancelled}</b></p>`}${!isCancelled && !own.mayChange && html`<p>${said.over}</p>`}${own.mayChange && own.state === 'confirmed' && html`<p>${said.coming}</p>`}</div>
${
  own.mayChange
    ? html`${own.state !== 'confirmed' && html`<form method="post" action="${path}/confirmer">${english(language)}<p><button>${said.iCome}</button></p></form>`}
<ul class="acts">${own.online && html`<li><a href="${link(`${path}/deplacer`, language)}">${said.move}</a></li>`}<li><a href="${link(`${path}/annuler`, language)}">${said.cancel}</a></li></ul>
<p>${said.keep} <b class="address">${address}</b></p><p><button type="button" class="plain" data-print hidden>${said.print}</button></p>`
    : html`<p><a href="${again}">${said.again}</a></p>`
}${own.others.length > 0 && otherDates(place, own)}`;
  return framed({
    title: said.own,
    space: place.space,
    language,
    other: otherLanguage(path, language),
    back: null,
    main,
  });
}

/** Each is opened to be confirmed, moved or cancelled. */
function otherDates(place: OwnPlace, { others, online }: OwnAppointment): Html {
  const said = ONLINE[place.language];
  const where = ({ mode, site }: OwnAppointment['others'][number]) => (mode === 'on-site' ? site : said.modes[mode]);
  return html`<h2>${said.others(others.length)}</h2><p class="where">${said.othersHow(online)}</p>
<ul>${others.map((date) => html`<li><a href="${link(`${place.whole}/${date.id}`, place.language)}">${whenWords(date.start, place)}</a><p class="where">${where(date)}${date.state === 'confirmed' && html` · ${said.confirmed}`}</p></li>`)}</ul>`;
}

function facts(place: OwnPlace, own: OwnAppointment): Html {
  const said = ONLINE[place.language];
  const { name, address, phone } = own.site;
  const what = [own.label && html`${said.about} : ${own.label}`, own.service && html`${said.withWhom} ${own.service}`];
  return html`<p class="when"><b>${whenWords(own.start, place)}</b></p>
${own.mode === 'on-site' ? html`<p>${address.startsWith(name) ? address : html`${name}${address && html`<br>${address}`}`}</p><p>${said.desk}</p>` : html`<p>${said.modes[own.mode]}</p>`}
${what.map((line) => line && html`<p>${line}</p>`)}${phone && html`<p>${said.change} ${phoneLink(phone)}</p>`}`;
}

export function movePage(
  place: OwnPlace,
  shown: {
    own: OwnAppointment;
    days: readonly OfferedDay[];
    next: PlainDate | null;
    day: PlainDate | null;
    sites: SiteNames;
    notice: string | null;
  },
): string {
  const said = ONLINE[place.language];
  const { own, notice } = shown;
  const path = `${place.path}/deplacer`;
  const main = html`<h1>${said.moveTitle}</h1>${notice && note(notice)}
${
  shown.days.length
    ? html`<p>${said.moveNow} <b>${whenWords(own.start, place)}</b>.</p><h2>${said.chooseSlot}</h2><form method="post" action="${path}">${english(place.language)}<input type="hidden" name="version" value="${own.version}">
${daysList(place, shown, path, (slot, hour) => html`<button name="vers" value="${slot.occurrenceId} ${slot.start}">${hour}</button>`)}</form>`
    : html`<p>${own.online ? html`${said.noSlot} ${orDesk(own.site.phone, place.language)}` : orDesk(own.site.phone, place.language, said.moveElsewhere)}</p>`
}`;
  return framed({
    title: said.moveTitle,
    space: place.space,
    language: place.language,
    other: otherLanguage(path, place.language),
    back: { href: link(place.path, place.language), words: said.back },
    main,
  });
}

export function cancelPage(place: OwnPlace, own: OwnAppointment): string {
  const said = ONLINE[place.language];
  const left = own.startsAt - place.now;
  const notice =
    left >= DAY
      ? said.inDays(Math.floor(left / DAY))
      : left >= HOUR
        ? said.inHours(Math.floor(left / HOUR))
        : said.soon;
  const main = html`<h1>${said.cancelTitle}</h1><div class="card">${facts(place, own)}</div>
<p>${notice} ${said.given}</p>
<form method="post" action="${place.path}/annuler">${english(place.language)}<input type="hidden" name="version" value="${own.version}"><p><button>${said.yesCancel}</button></p></form>
<p><a href="${link(place.path, place.language)}">${said.no}</a></p>`;
  return framed({
    title: said.cancelTitle,
    space: place.space,
    language: place.language,
    other: otherLanguage(`${place.path}/annuler`, place.language),
    back: null,
    main,
  });
}

/** The same for an address that never was, that is miscopied and that is over. */
export function unknownPage(space: string, language: Language, tooMany: boolean): string {
  const said = ONLINE[language];
  const main = html`<h1>${said.unknownTitle}</h1><p>${tooMany ? `${said.tooMany}.` : said.unknown}</p>`;
  return framed({ title: said.unknownTitle, space, language, other: null, back: null, main });
}
