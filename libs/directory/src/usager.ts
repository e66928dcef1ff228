import { looksLikeNir, type UsagerBody } from '@app/contract';
import { type Phone, parsePhone } from './phone';

export interface FieldError {
  at: string;
  why: 'nir' | 'phone' | 'birth-year';
}

/** What is kept of a person: the fields as written, and her number as it is dialled from anywhere. */
export type UsagerFacts = Omit<UsagerBody, 'phone'> & { phone: Phone | null };

/** Reads what was typed about a person, born at the latest in `thisYear`. */
export function parseUsager(body: UsagerBody, thisYear: number): { facts: UsagerFacts } | { errors: FieldError[] } {
  const errors: FieldError[] = (['firstName', 'lastName', 'language', 'note'] as const)
    .filter((field) => looksLikeNir(body[field]))
    .map((at) => ({ at, why: 'nir' }));
  const typed = body.phone?.trim() ?? '';
  const phone = typed ? parsePhone(typed) : null;
  if (typed && !phone) errors.push({ at: 'phone', why: looksLikeNir(typed) ? 'nir' : 'phone' });
  if (body.birthYear !== null && body.birthYear > thisYear) errors.push({ at: 'birthYear', why: 'birth-year' });
  return errors.length ? { errors } : { facts: { ...body, phone } };
}
