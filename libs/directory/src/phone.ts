import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A person's number, as it is kept: E.164, and whether it can receive an SMS. */
export interface Phone {
  number: string;
  kind: 'mobile' | 'landline';
}

// Dialled as any French number, but each with an international prefix of its own: 0692 12 34 56 is +262 692 12 34 56.
const OVERSEAS: CountryCode[] = ['GP', 'GF', 'MQ', 'RE', 'YT'];
// Services, not people: 08 and what costs more than a call.
const NOT_A_PERSON = new Set(['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL']);

/** Reads a number as it is dialled from France, or in international form; null when nobody could be called with it. */
export function parsePhone(text: string): Phone | null {
  const found = inInternationalForm(text.trim()) ?? dialledOverseas(text.trim()) ?? read(text.trim(), 'FR');
  if (!found || found.ext) return null;
  return found.countryCallingCode === '33' ? french(found) : foreign(found);
}

function inInternationalForm(text: string): PhoneNumber | undefined {
  return /^(\+|00)/.test(text) ? read(text, 'FR') : undefined;
}

function dialledOverseas(text: string): PhoneNumber | undefined {
  return OVERSEAS.map((country) => read(text, country)).find((number) => number?.isValid());
}

function read(text: string, country: CountryCode): PhoneNumber | undefined {
  // extract: false — a number among other words is not a number
  return parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
}

function french(number: PhoneNumber): Phone | null {
  // The library knows the ranges in service; those given out since, and Arcep's for fiction, follow the same plan.
  if (!/^[1-79]\d{8}$/.test(number.nationalNumber)) return null;
  return { number: number.number, kind: /^[67]/.test(number.nationalNumber) ? 'mobile' : 'landline' };
}

function foreign(number: PhoneNumber): Phone | null {
  const type = number.getType();
  if (!number.isValid() || (type && NOT_A_PERSON.has(type))) return null;
  return { number: number.number, kind: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' ? 'mobile' : 'landline' };
}
