import { type Contact, isLanguage, looksLikeNir, type UsagerBody, whyNotAName } from '@app/contract';
import { type Phone, parsePhone } from './phone';

export interface FieldError {
  at: string;
  why:
    | 'nir'
    | 'nir-shared'
    | 'hidden'
    | 'not-a-name'
    | 'language'
    | 'phone'
    | 'birth-year'
    | 'contact-phone'
    | 'safe-hours';
}

/** What is kept of a person: the fields as written, and numbers as they are dialled from anywhere. */
export type UsagerFacts = Omit<UsagerBody, 'phone' | 'contact'> & {
  phone: Phone | null;
  contact: (Omit<Contact, 'phone'> & { phone: Phone | null }) | null;
};

/** Reads what was typed about a person, born at the latest in `thisYear`. */
export function parseUsager(body: UsagerBody, thisYear: number): { facts: UsagerFacts } | { errors: FieldError[] } {
  const errors: FieldError[] = (['firstName', 'lastName', 'language', 'note'] as const)
    .filter((field) => looksLikeNir(body[field]))
    .map((at) => ({ at, why: 'nir' }));
  if (errors.length === 0 && isSharedOut(body.firstName, body.lastName))
    errors.push({ at: 'lastName', why: 'nir-shared' });
  if (errors.length === 0) errors.push(...namesOf(body));
  if (!isLanguage(body.language)) errors.push({ at: 'language', why: 'language' });
  const phone = phoneOf(body.phone, 'phone', errors);
  const contact = body.contact && { ...body.contact, phone: phoneOf(body.contact.phone, 'contact.phone', errors) };
  if (contact && looksLikeNir(contact.name)) errors.push({ at: 'contact.name', why: 'nir' });
  if (contact?.told && !body.contact?.phone?.trim()) errors.push({ at: 'contact.phone', why: 'contact-phone' });
  if (body.birthYear !== null && body.birthYear > thisYear) errors.push({ at: 'birthYear', why: 'birth-year' });
  // Times of one day, written alike: their order is that of their letters.
  if (body.safeHours && body.safeHours.until <= body.safeHours.from)
    errors.push({ at: 'safeHours.until', why: 'safe-hours' });
  const safeHours = body.safeContact ? body.safeHours : null;
  return errors.length ? { errors } : { facts: { ...body, phone, contact, safeHours } };
}

function namesOf({ firstName, lastName, contact }: UsagerBody): FieldError[] {
  const names = { firstName, lastName, 'contact.name': looksLikeNir(contact?.name ?? '') ? '' : (contact?.name ?? '') };
  return Object.entries(names).flatMap(([at, name]) => {
    const why = whyNotAName(name);
    return why ? [{ at, why }] : [];
  });
}

/** Half a number in each field is a number. */
function isSharedOut(one: string, other: string): boolean {
  return looksLikeNir(`${one} ${other}`) || looksLikeNir(`${other} ${one}`);
}

function phoneOf(written: string | null, at: string, errors: FieldError[]): Phone | null {
  const typed = written?.trim() ?? '';
  const phone = typed ? parsePhone(typed) : null;
  if (typed && !phone) errors.push({ at, why: looksLikeNir(typed) ? 'nir' : 'phone' });
  return phone;
}
