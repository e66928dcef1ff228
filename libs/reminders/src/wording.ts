import {
  dateOf,
  isoWeekday,
  type Language,
  type LocalDateTime,
  type PlainDate,
  sayDate,
  sayList,
  sayTime,
  sayWeekday,
  timeOf,
} from '@app/time';
import { inGsmAlphabet } from './gsm';
import type { Kind } from './planning';

/** What the person is told about, and what may be said of it. */
export interface Told {
  kind: Kind;
  language: Language;
  start: LocalDateTime;
  /** Those that are said with it, itself among them: booked or cancelled in one act. */
  together?: readonly LocalDateTime[];
  /** Date of the day it is written: its own year need not be said. */
  today: PlainDate;
  site: { name: string; address: string; phone: string | null };
  /** The service's name, only where it may be read by whoever holds the phone (see `mayNameService`). */
  service: string | null;
  /** How she is received: in the place itself when it isn't said. */
  mode?: 'on-site' | 'phone' | 'home' | 'video';
  /** The first name of whom it is about, when somebody else is told in her place. */
  whose?: string | null;
}

/** Discreet unless the motif allows the name, the phone is the person's own and nothing about it is confidential. */
export function mayNameService(motif: { namesService: boolean; confidential: boolean }, phoneShared: boolean): boolean {
  return motif.namesService && !motif.confidential && !phoneShared;
}

/** The words of an SMS, a call or a letter: one sentence or two, in the SMS alphabet, never the reason nor the agent. */
export function wordsOf(told: Told): string {
  const { kind, together = [] } = told;
  if (together.length > 1 && (kind === 'confirmation' || kind === 'cancelled'))
    return wordsOfSeries(told, kind, together);
  const day = sayDate(dateOf(told.start), told.language, { relativeTo: told.today });
  const hour = sayTime(timeOf(told.start), told.language);
  const said = told.language === 'fr' ? inFrench(told, `${day} à ${hour}`) : inEnglish(told, `${day} at ${hour}`);
  return inGsmAlphabet(said);
}

/** Elsewhere than in the place; where somebody lives is asked from her, never written. */
const HOW: Record<Language, Partial<Record<NonNullable<Told['mode']>, string>>> = {
  fr: { phone: 'par téléphone', home: 'à domicile', video: 'en visioconférence' },
  en: { phone: 'by phone', home: 'at home', video: 'by video' },
};

function inFrench({ kind, site, service, whose, mode = 'on-site' }: Told, when: string): string {
  const of = whose ? ` ${/^[aeiouhàâäéèêëîïôöùûü]/i.test(whose) ? 'd’' : 'de '}${whose}` : '';
  const withWhom = service ? ` avec ${service}` : '';
  const where = HOW.fr[mode] ?? placeOf(site);
  const call = mode === 'phone' && kind !== 'cancelled' ? ' Nous vous appellerons.' : '';
  const phone = site.phone ? sayPhone(site.phone) : null;
  const change = phone ? ` Pour changer ou annuler : ${phone}.` : '';
  switch (kind) {
    case 'confirmation':
      return `Rendez-vous${of}${withWhom} le ${when}, ${where}.${call}${change}`;
    case 'before':
      return `Rappel : rendez-vous${of}${withWhom} le ${when}, ${where}.${call}${change}`;
    case 'moved':
      return `${of ? `Le rendez-vous${of}` : 'Votre rendez-vous'}${withWhom} est déplacé au ${when}, ${where}.${call}${change}`;
    case 'cancelled':
      return `${of ? `Le rendez-vous${of}` : 'Votre rendez-vous'}${withWhom} du ${when}, ${where}, est annulé.${phone ? ` Pour en reprendre un : ${phone}.` : ''}`;
  }
}

function inEnglish({ kind, site, service, whose, mode = 'on-site' }: Told, when: string): string {
  const of = whose ? ` of ${whose}` : '';
  const withWhom = service ? ` with ${service}` : '';
  const where = HOW.en[mode] ?? placeOf(site);
  const call = mode === 'phone' && kind !== 'cancelled' ? ' We will call you.' : '';
  const phone = site.phone ? sayPhone(site.phone) : null;
  const change = phone ? ` To change or cancel: ${phone}.` : '';
  switch (kind) {
    case 'confirmation':
      return `Appointment${of}${withWhom} on ${when}, ${where}.${call}${change}`;
    case 'before':
      return `Reminder: appointment${of}${withWhom} on ${when}, ${where}.${call}${change}`;
    case 'moved':
      return `${of ? `The appointment${of}` : 'Your appointment'}${withWhom} is moved to ${when}, ${where}.${call}${change}`;
    case 'cancelled':
      return `${of ? `The appointment${of}` : 'Your appointment'}${withWhom} on ${when}, ${where}, is cancelled.${phone ? ` To make a new one: ${phone}.` : ''}`;
  }
}

/** Two SMS of a message in parts: what a series takes at most. */
const MOST_CHARACTERS = 306;

/** Every date, or as many as two SMS hold and how many more there are. */
function wordsOfSeries(told: Told, kind: 'confirmation' | 'cancelled', together: readonly LocalDateTime[]): string {
  const say = (shown: number) => {
    const dates = datesInWords(told, together, shown);
    return inGsmAlphabet(told.language === 'fr' ? manyInFrench(told, kind, dates) : manyInEnglish(told, kind, dates));
  };
  for (let shown = together.length; shown > 1; shown -= 1) {
    const words = say(shown);
    if (words.length <= MOST_CHARACTERS) return words;
  }
  return say(1);
}

interface DatesInWords {
  /** "le mardi à 9 h" when it is the same for all; else each date says its own. */
  each: string | null;
  count: number;
  list: string;
}

function datesInWords({ language, today }: Told, together: readonly LocalDateTime[], shown: number): DatesInWords {
  const hours = new Set(together.map((start) => `${isoWeekday(dateOf(start))} ${timeOf(start)}`));
  const [first] = together;
  const at = (start: LocalDateTime) =>
    language === 'fr' ? `à ${sayTime(timeOf(start), language)}` : `at ${sayTime(timeOf(start), language)}`;
  const isSame = hours.size === 1 && first !== undefined;
  const said = together.slice(0, shown).map((start) => {
    const day = sayDate(dateOf(start), language, { relativeTo: today });
    return isSame ? day.slice(day.indexOf(' ') + 1) : `${day} ${at(start)}`;
  });
  const left = together.length - said.length;
  if (left > 0) said.push(language === 'fr' ? `${left} autre${left > 1 ? 's' : ''}` : `${left} more`);
  const each = isSame ? `${sayWeekday(isoWeekday(dateOf(first)), language)} ${at(first)}` : null;
  return { each, count: together.length, list: sayList(said, language) };
}

function manyInFrench(told: Told, kind: 'confirmation' | 'cancelled', { each, count, list }: DatesInWords): string {
  const { site, service, whose, mode = 'on-site' } = told;
  const of = whose ? ` ${/^[aeiouhàâäéèêëîïôöùûü]/i.test(whose) ? 'd’' : 'de '}${whose}` : '';
  const withWhom = service ? ` avec ${service}` : '';
  const where = HOW.fr[mode] ?? placeOf(site);
  const phone = site.phone ? sayPhone(site.phone) : null;
  if (kind === 'cancelled') {
    const again = phone ? ` Pour en reprendre : ${phone}.` : '';
    const which = each ? `du ${each} (${list})` : `(${list})`;
    return `${of ? `Les ${count} rendez-vous${of}` : `Vos ${count} rendez-vous`}${withWhom} ${which}, ${where}, sont annulés.${again}`;
  }
  const call = mode === 'phone' ? ' Nous vous appellerons.' : '';
  const change = phone ? ` Pour changer ou annuler : ${phone}.` : '';
  return `${count} rendez-vous${of}${withWhom}${each ? ` le ${each}` : ''} : ${list}, ${where}.${call}${change}`;
}

function manyInEnglish(told: Told, kind: 'confirmation' | 'cancelled', { each, count, list }: DatesInWords): string {
  const { site, service, whose, mode = 'on-site' } = told;
  const of = whose ? ` of ${whose}` : '';
  const withWhom = service ? ` with ${service}` : '';
  const where = HOW.en[mode] ?? placeOf(site);
  const phone = site.phone ? sayPhone(site.phone) : null;
  if (kind === 'cancelled') {
    const again = phone ? ` To make new ones: ${phone}.` : '';
    const which = each ? `on ${each} (${list})` : `(${list})`;
    return `${of ? `The ${count} appointments${of}` : `Your ${count} appointments`}${withWhom} ${which}, ${where}, are cancelled.${again}`;
  }
  const call = mode === 'phone' ? ' We will call you.' : '';
  const change = phone ? ` To change or cancel: ${phone}.` : '';
  return `${count} appointments${of}${withWhom}${each ? ` on ${each}` : ''}: ${list}, ${where}.${call}${change}`;
}

/** The name and the address; only the address when it begins with the name ("3 rue du Béarn"). */
function placeOf({ name, address }: Told['site']): string {
  if (!address) return name;
  return address.startsWith(name) ? address : `${name}, ${address}`;
}

/** "+33145601800" → "01 45 60 18 00"; a foreign number as it is. */
export function sayPhone(phone: string): string {
  const national = /^\+33([1-9]\d{8})$/.exec(phone)?.[1];
  return national ? `0${national}`.replace(/\B(?=(\d{2})+$)/g, ' ') : phone;
}
