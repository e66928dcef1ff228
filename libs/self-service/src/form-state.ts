import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@app/time';
import type { KnownPerson } from './typed-person';

/** What a form is about, carried by the form itself and signed: what comes back is what was given out. */
export interface FormState {
  /** The browser's it was given to; where no cookie is kept, made for this form alone. */
  key: string;
  motifId: string;
  occurrenceId: string;
  /** Local, such as "2027-01-12T09:00". */
  start: string;
  givenAt: Instant;
}

/** Time enough to read, look for a number and ask at home. */
export const FORM_MS = 60 * 60_000;

/** What a browser keeps as long as a form: two forms given to it are known to be one person's. */
export type BrowserKey = Pick<FormState, 'key' | 'givenAt'>;

export function sealForm(state: FormState, secret: Buffer): string {
  return seal(state, secret);
}

/** What a form of ours says; null when it was not given out by us, or too long ago. */
export function openForm(text: string, secret: Buffer, now: Instant): FormState | null {
  return open<FormState>(text, secret, now);
}

export function sealBrowser({ key, givenAt }: BrowserKey, secret: Buffer): string {
  return seal({ key, givenAt }, secret);
}

export function openBrowser(text: string, secret: Buffer, now: Instant): BrowserKey | null {
  return open<BrowserKey>(text, secret, now);
}

/**
 * The same browser asking for the same hour for the same person is answered as before. Somebody else who types what she
 * typed is not: he would learn that she comes.
 */
export function answerKey(form: FormState, person: KnownPerson, secret: Buffer): string {
  const names = [person.firstName, person.lastName].map(plain);
  const asked = [form.key, form.motifId, form.occurrenceId, form.start, ...names, person.phone];
  return signed(JSON.stringify(asked), secret).toString('base64url');
}

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

function seal(state: BrowserKey, secret: Buffer): string {
  const said = Buffer.from(JSON.stringify(state)).toString('base64url');
  return `${said}.${signed(said, secret).toString('base64url')}`;
}

function open<State extends BrowserKey>(text: string, secret: Buffer, now: Instant): State | null {
  const [said = '', signature = ''] = text.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = signed(said, secret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const state = JSON.parse(Buffer.from(said, 'base64url').toString()) as State;
  return now - state.givenAt <= FORM_MS ? state : null;
}

function signed(said: string, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(said).digest();
}
