import type { Slot } from '@app/contract';
import type { OfferedDay, OnlineMotif, PersonErrors, TypedPerson } from '@app/self-service';
import { dateOf, type Language, type LocalDateTime, type PlainDate, sayDate, sayTime, timeOf } from '@app/time';
import { framed } from './frame';
import { type Html, html } from './html';
import { ONLINE } from './online-words';
import { phoneLink } from './page';

export interface Place {
  space: string;
  /** "/public/espace/rendez-vous" */
  path: string;
  language: Language;
  today: PlainDate;
}

export interface SiteNames {
  get(id: string): { name: string; phone: string | null } | undefined;
}

/** An address of these pages, with what it asks and the language. */
export function link(path: string, language: Language, asked: Record<string, string | null | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, lang: language === 'en' ? 'en' : null }))
    if (value) query.set(name, value);
  return query.size ? `${path}?${query}` : path;
}

export function otherLanguage(
  path: string,
  language: Language,
  asked: Record<string, string | null | undefined> = {},
): string {
  return link(path, language === 'fr' ? 'en' : 'fr', asked);
}

export function motifsPage(
  place: Place,
  { words, motifs, notice = null }: { words: string; motifs: readonly OnlineMotif[]; notice?: string | null },
): string {
  const said = ONLINE[place.language];
  const everything = place.path.replace(/\/rendez-vous$/, '');
  const main = html`<h1>${said.book}</h1>${notice && note(notice)}
<form role="search" action="${place.path}" method="get">${english(place.language)}
<label for="q">${said.need}</label><div class="askline"><input id="q" name="q" value="${words}" maxlength="100" autocomplete="off"><button>${said.search}</button></div></form>
${
  motifs.length
    ? html`<h2>${said.chooseMotif}</h2><ul>${motifs.map(
        (motif) =>
          html`<li><h3><a href="${link(`${place.path}/${motif.id}`, place.language)}">${motif.label}</a></h3><p>${motif.partner}, ${said.minutes(motif.durationMinutes)}</p>${motif.audience && html`<p>${said.forWhom} ${motif.audience}</p>`}</li>`,
      )}</ul>`
    : html`<p>${words ? said.noMotif : said.noneAtAll}</p>${words && html`<p><a href="${link(place.path, place.language)}">${said.allMotifs}</a></p>`}`
}
<p><a href="${link(everything, place.language, { q: words })}">${said.otherWays}</a></p>`;
  return framed({
    title: said.book,
    space: place.space,
    language: place.language,
    other: otherLanguage(place.path, place.language, { q: words }),
    back: null,
    main,
  });
}

export interface SlotsShown {
  motif: OnlineMotif;
  days: readonly OfferedDay[];
  next: PlainDate | null;
  day: PlainDate | null;
  sites: SiteNames;
  /** What happened to a slot that was chosen before. */
  notice: string | null;
}

export function slotsPage(place: Place, shown: SlotsShown): string {
  const said = ONLINE[place.language];
  const { motif, notice } = shown;
  const path = `${place.path}/${motif.id}`;
  const main = html`<h1>${motif.label}</h1><p>${motif.partner}, ${said.minutes(motif.durationMinutes)}</p>${notice && note(notice)}
<h2>${said.chooseSlot}</h2>
${daysList(place, shown, path, (slot, hour) => html`<a class="go" href="${link(`${path}/creneau`, place.language, { date: slot.occurrenceId, debut: slot.start })}">${hour}</a>`)}
${shown.days.length ? null : html`<p>${said.noSlot} ${orDesk(motif.phone, place.language)}</p>`}`;
  return framed({
    title: motif.label,
    space: place.space,
    language: place.language,
    other: otherLanguage(path, place.language),
    back: { href: link(place.path, place.language), words: said.back },
    main,
  });
}

/** Days with their hours, each written by `hourOf`; the ways to more of them. */
export function daysList(
  { language, today }: Pick<Place, 'language' | 'today'>,
  { days, next, day, sites }: Pick<SlotsShown, 'days' | 'next' | 'day' | 'sites'>,
  path: string,
  hourOf: (slot: Slot, hour: Html) => Html,
): Html {
  const said = ONLINE[language];
  const several = new Set(days.flatMap(({ slots }) => slots.map(({ siteId }) => siteId))).size > 1;
  return html`<ul>${days.map(({ date, slots, more }) => {
    const dayWords = sayDate(date, language, { relativeTo: today });
    const hours = slots.map((slot) => {
      const time = sayTime(timeOf(slot.start as LocalDateTime), language);
      const where = several ? sites.get(slot.siteId)?.name : null;
      return hourOf(slot, html`<span class="vh">${dayWords} </span>${time}${where && html` <small>${where}</small>`}`);
    });
    return html`<li><h3>${dayWords}</h3><p class="hours">${hours}</p>${more && !day && html`<p><a href="${link(path, language, { jour: date })}">${said.moreThatDay}<span class="vh">, ${dayWords}</span></a></p>`}</li>`;
  })}</ul>${next && html`<p><a class="go" href="${link(path, language, { apres: next })}">${said.moreDates}</a></p>`}`;
}

export interface FormShown {
  motif: OnlineMotif;
  start: string;
  site: string | null;
  sealed: string;
  typed: TypedPerson;
  errors: PersonErrors;
  /** Why it could not be done, nothing being wrong in what was typed. */
  notice: Html | null;
}

const FIELDS = [
  ['firstName', 'prenom', 'given-name', 'text'],
  ['lastName', 'nom', 'family-name', 'text'],
  ['phone', 'tel', 'tel', 'tel'],
] as const;

export function formPage(place: Place, { motif, start, site, sealed, typed, errors, notice }: FormShown): string {
  const said = ONLINE[place.language];
  const wrong = FIELDS.filter(([field]) => errors[field]);
  const path = `${place.path}/${motif.id}`;
  const when = whenWords(start as LocalDateTime, place);
  const main = html`<h1>${when}</h1><p>${motif.label}${site && html`, ${site}`}</p>${notice}
${wrong.length > 0 && html`<div role="alert" class="wrong"><h2>${said.errorTitle}</h2><ul>${wrong.map(([field, id]) => html`<li><a href="#${id}">${said[field]} : ${said.errors[errors[field] ?? 'missing']}</a></li>`)}</ul></div>`}
<h2>${said.who}</h2>
<form method="post" action="${path}">${english(place.language)}<input type="hidden" name="etat" value="${sealed}">
${FIELDS.map(([field, id, complete, type]) => {
  const error = errors[field];
  const hint = field === 'phone' && motif.byCode ? said.phoneForCode : null;
  const told = [hint && `${id}-aide`, error && `${id}-erreur`].filter(Boolean).join(' ');
  return html`<div class="field"><label for="${id}">${said[field]}</label>${hint && html`<p class="hint" id="${id}-aide">${hint}</p>`}${error && html`<p class="error" id="${id}-erreur">${said.errors[error]}</p>`}<input id="${id}" name="${id}" type="${type}" value="${typed[field]}" autocomplete="${complete}" maxlength="200" required${told && html` aria-describedby="${told}"`}${error && html` aria-invalid="true"`}${wrong[0]?.[0] === field && html` autofocus`}></div>`;
})}
<p class="hint">${said.data}</p>
<p><button>${motif.byCode ? said.goOn : said.confirm}</button></p></form>
<p class="hint">${said.cookie}</p>`;
  return framed({
    title: `${wrong.length ? said.errorPrefix : ''}${when}`,
    space: place.space,
    language: place.language,
    other: null,
    back: { href: link(path, place.language), words: said.back },
    main,
  });
}

export interface CodeShown {
  key: string;
  until: LocalDateTime;
  sandboxText: string | null;
  wrong: boolean;
  notice: string | null;
}

export function codePage(place: Place, { key, until, sandboxText, wrong, notice }: CodeShown): string {
  const said = ONLINE[place.language];
  const path = `${place.path}/code/${key}`;
  const main = html`<h1>${said.codeTitle}</h1>${notice && note(notice)}
<p>${said.codeSent(timeOf(until))}</p>${sandboxText && html`<p class="note">${said.sandbox} « ${sandboxText} »</p>`}
<form method="post" action="${path}">${english(place.language)}<div class="field"><label for="code">${said.code}</label>${wrong && html`<p class="error" id="code-erreur" role="alert">${said.wrongCode}</p>`}<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required autofocus${wrong && html` aria-invalid="true" aria-describedby="code-erreur"`}></div>
<p><button>${said.confirm}</button></p></form>
<form method="post" action="${path}/encore">${english(place.language)}<p><button class="plain">${said.resend}</button></p></form>`;
  return framed({
    title: `${wrong ? said.errorPrefix : ''}${said.codeTitle}`,
    space: place.space,
    language: place.language,
    other: null,
    back: null,
    main,
  });
}

/** "mardi 5 janvier à 9 h" */
export function whenWords(start: LocalDateTime, { language, today }: Pick<Place, 'language' | 'today'>): string {
  const day = sayDate(dateOf(start), language, { relativeTo: today });
  return `${day} ${language === 'fr' ? 'à' : 'at'} ${sayTime(timeOf(start), language)}`;
}

export function note(words: string): Html {
  return html`<p class="note" role="status">${words}</p>`;
}

/** "Présentez-vous à l’accueil ou appelez le 01 …." */
export function orDesk(phone: string | null, language: Language, before: string = ONLINE[language].orElse): Html {
  return html`${before}${phone && html` ${ONLINE[language].orCall} ${phoneLink(phone)}`}.`;
}

export function english(language: Language): Html | null {
  return language === 'en' ? html`<input type="hidden" name="lang" value="en">` : null;
}
