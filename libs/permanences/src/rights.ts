import type { Context } from '@app/persistence';
import type { Refusal } from '@app/persistence';
import type { FieldError, Language } from './rule-check';

const CONFIDENTIAL = {
  fr: 'Une permanence confidentielle s’écrit depuis un compte de son partenaire.',
  en: 'A confidential permanence is written from an account of its partner.',
};

/** Why this viewer may not write a partner's permanence, or null. The desk's side does not write what it may not read. */
export function refusalToWrite(
  { sight, partnerId: own }: Context,
  partnerId: string,
  confidential: boolean,
  language: Language,
): Refusal<'not-yours'> | null {
  if (sight === 'system' || own === partnerId) return null;
  if (sight !== 'desk') return { ok: false, why: 'not-yours' };
  return confidential ? { ok: false, why: 'not-yours', detail: CONFIDENTIAL[language] } : null;
}

/** Input that has the right shape and can't hold, field by field. */
export function invalid(errors: FieldError[]): Refusal<'invalid'> {
  return { ok: false, why: 'invalid', errors };
}
