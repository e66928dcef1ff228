import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@app/time';

/** What a form is about, carried by the form itself and signed: what comes back is what was given out. */
export interface FormState {
  /** Made for this form alone: it is answered once. */
  key: string;
  motifId: string;
  occurrenceId: string;
  /** Local, such as "2027-01-12T09:00". */
  start: string;
  givenAt: Instant;
}

/** Time enough to read, look for a number and ask at home. */
export const FORM_MS = 60 * 60_000;

export function sealForm(state: FormState, secret: Buffer): string {
  const said = Buffer.from(JSON.stringify(state)).toString('base64url');
  return `${said}.${signed(said, secret).toString('base64url')}`;
}

/** What a form of ours says; null when it was not given out by us, or too long ago. */
export function openForm(text: string, secret: Buffer, now: Instant): FormState | null {
  const [said = '', signature = ''] = text.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = signed(said, secret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const state = JSON.parse(Buffer.from(said, 'base64url').toString()) as FormState;
  return now - state.givenAt <= FORM_MS ? state : null;
}

function signed(said: string, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(said).digest();
}
