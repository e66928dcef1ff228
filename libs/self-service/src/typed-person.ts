import { looksLikeNir, whyNotAName } from '@app/contract';
import { parsePhone } from '@app/directory';

/** What someone typed of herself, as she typed it. */
export interface TypedPerson {
  firstName: string;
  lastName: string;
  phone: string;
}

export type PersonError = 'missing' | 'too-long' | 'nir' | 'hidden' | 'not-a-name' | 'phone' | 'mobile';
export type PersonErrors = Partial<Record<keyof TypedPerson, PersonError>>;

export interface KnownPerson {
  firstName: string;
  lastName: string;
  /** E.164. */
  phone: string;
}

const LONGEST_NAME = 80;

/** Reads a name and a number; or says what is wrong with each. `byCode`: the number must receive an SMS. */
export function readPerson(typed: TypedPerson, byCode: boolean): { person: KnownPerson } | { errors: PersonErrors } {
  const [firstName, lastName] = [typed.firstName.trim(), typed.lastName.trim()];
  const phone = parsePhone(typed.phone);
  const errors: PersonErrors = {};
  for (const [field, name] of [
    ['firstName', firstName],
    ['lastName', lastName],
  ] as const) {
    if (!name) errors[field] = 'missing';
    else if (name.length > LONGEST_NAME) errors[field] = 'too-long';
    else if (looksLikeNir(name)) errors[field] = 'nir';
    else {
      const why = whyNotAName(name);
      if (why) errors[field] = why;
    }
  }
  if (!typed.phone.trim()) errors.phone = 'missing';
  else if (looksLikeNir(typed.phone)) errors.phone = 'nir';
  else if (!phone) errors.phone = 'phone';
  else if (byCode && phone.kind !== 'mobile') errors.phone = 'mobile';
  if (Object.keys(errors).length || !phone) return { errors };
  return { person: { firstName, lastName, phone: phone.number } };
}
