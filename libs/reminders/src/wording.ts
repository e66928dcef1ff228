import { dateOf, type Language, type LocalDateTime, type PlainDate, sayDate, sayTime, timeOf } from '@app/time';
import { inGsmAlphabet } from './gsm';
import type { Kind } from './planning';

/** What the person is told about, and what may be said of it. */
export interface Told {
  kind: Kind;
  language: Language;
  start: LocalDateTime;
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
