import type { Invited, OfferShown } from '@app/waiting';
import {
  addDays,
  dateOf,
  type Language,
  type LocalDateTime,
  type PlainDate,
  plainDate,
  sayDate,
  sayTime,
  timeOf,
} from '@app/time';
import { framed } from '../public/frame';
import { type Html, html } from '../public/html';
import { phoneLink } from '../public/page';
import { LINK_WORDS } from './link-page-words';

export interface LinkPage {
  space: string;
  /** "/o/7Yk…" */
  path: string;
  today: PlainDate;
  /** What could not be done, said first. */
  notice: string | null;
}

/** A slot that is kept for her: she takes it, leaves it to somebody else, or waits no more. */
export function offerPage({ space, path, today, notice }: LinkPage, offer: OfferShown): string {
  const { language } = offer;
  const words = LINK_WORDS[language];
  const title = words.offer[offer.state];
  const where = html`<p class="when"><b>${moment(offer.start, today, language)}</b></p>${whereOf({ ...offer, mode: 'on-site' }, language)}`;
  const main = html`<h1>${title}</h1>${said(notice)}
<div class="card">${where}</div>
${
  offer.state === 'offered'
    ? html`<p>${words.until(moment(offer.deadline, today, language))}</p>
<form method="post" action="${path}"><p><button name="reponse" value="oui">${words.accept}</button></p>
${refusals(offer, words)}</form>`
    : html`<p>${words.offerNote[offer.state]}</p>`
}${offer.phone && html`<p>${words.call} ${phoneLink(offer.phone)}</p>`}`;
  return framed({ title, space, language, other: null, back: null, main });
}

/** Another place instead, or none any more: the same, for one session. */
function refusals({ ofSession }: OfferShown, words: (typeof LINK_WORDS)[Language]): Html {
  if (ofSession) return html`<p><button name="reponse" value="fini" class="plain">${words.declineSession}</button></p>`;
  return html`<p><button name="reponse" value="non" class="plain">${words.decline}</button></p>
<p><button name="reponse" value="fini" class="plain">${words.gone}</button></p>`;
}

/** The slots she may choose from, three a day. */
export function invitationPage({ space, path, today, notice }: LinkPage, invited: Invited): string {
  const { language } = invited;
  const words = LINK_WORDS[language];
  const title = words.invitation[invited.state];
  const main = html`<h1>${title}</h1>${said(notice)}
${
  invited.state === 'open'
    ? choices(path, invited, today)
    : html`${invited.booked && html`<div class="card"><p class="when"><b>${moment(invited.booked.start, today, language)}</b></p>${whereOf(invited.booked, language)}</div>`}<p>${words.invitationNote[invited.state]}</p>`
}${invited.phone && html`<p>${words.call} ${phoneLink(invited.phone)}</p>`}`;
  return framed({ title, space, language, other: null, back: null, main });
}

/** The place, and that one comes to its desk; or how else one meets. The name of a place may begin its address already. */
function whereOf({ mode, site, address }: NonNullable<Invited['booked']>, language: Language): Html {
  const words = LINK_WORDS[language];
  if (mode !== 'on-site') return html`<p>${words.elsewhere[mode]}</p>`;
  return html`<p>${address.startsWith(site) ? address : html`${site}${address && html`<br>${address}`}`}</p><p>${words.desk}</p>`;
}

function choices(
  path: string,
  { language, motif, agent, minutes, slots, more, goesOn }: Invited,
  today: PlainDate,
): Html {
  const words = LINK_WORDS[language];
  const days = [...new Set(slots.map(({ start }) => start.slice(0, 10)))];
  const last = days.at(-1);
  const dayOf = (day: string) => plainDate(day);
  return html`<p>${[motif, agent, words.minutes(minutes)].filter(Boolean).join(' · ')}</p>
${
  days.length === 0 || !last
    ? html`<p>${words.noSlot}</p>`
    : html`<form method="post" action="${path}"><ul>${days.map(
        (day) =>
          html`<li><h2>${sayDate(dayOf(day), language, { relativeTo: today })}</h2><div class="hours">${slots
            .filter(({ start }) => start.startsWith(day))
            .map(
              (slot) =>
                html`<button name="creneau" value="${[slot.occurrenceId, slot.start, slot.agentId ?? ''].join(' ')}">${sayTime(timeOf(slot.start as LocalDateTime), language)}<span class="vh">, ${sayDate(dayOf(day), language)}, ${slot.site}</span></button>`,
            )}</div><p class="where">${[...new Set(slots.filter(({ start }) => start.startsWith(day)).map(({ site }) => site))].join(', ')}${more.some(({ date }) => date === day) && html` · ${words.others}`}</p></li>`,
      )}</ul></form>
${goesOn && html`<p><a href="${path}?apres=${addDays(dayOf(last), 1)}">${words.later}</a></p>`}`
}`;
}

/** The same for an address that never was, that is miscopied and that is over. */
export function noLinkPage(language: Language, tooMany: boolean): string {
  const words = LINK_WORDS[language];
  const main = html`<h1>${words.unknown}</h1><p>${tooMany ? words.tooMany : words.unknownHow}</p>`;
  return framed({ title: words.unknown, space: 'Palier', language, other: null, back: null, main });
}

function said(notice: string | null): Html | null {
  return notice === null ? null : html`<p class="note" role="alert">${notice}</p>`;
}

function moment(at: LocalDateTime, today: PlainDate, language: Language): string {
  const words = LINK_WORDS[language];
  return `${sayDate(dateOf(at), language, { relativeTo: today })} ${words.at} ${sayTime(timeOf(at), language)}`;
}
