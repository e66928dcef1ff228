import type { Cause } from '@app/recurrence';
import { type Language, type PlainDate, publicHolidayOn, TERRITORIES } from '@app/time';

const HOLIDAY = 'jour férié';
const CLOSURE = 'fermeture';
const SCHOOL = 'vacances scolaires';
const EXCLUDED = 'pas de permanence';
/** Why a date that is held during the school holidays only is not. */
export const TERM_TIME = 'hors vacances scolaires';

const CLOSED: Record<string, string> = {
  [CLOSURE]: 'closed',
  [SCHOOL]: 'school holidays',
  [TERM_TIME]: 'outside school holidays',
};
const ENGLISH: Record<string, string> = { ...CLOSED, [EXCLUDED]: 'no session' };

/** A cause as dates keep it, in French: its kind by its name, a closure is never called a holiday. */
export function storedCause({ kind, text }: Cause): string {
  switch (kind) {
    case 'public-holiday':
      return named(HOLIDAY, text);
    case 'closure':
      return text === 'Fermeture' ? CLOSURE : named(CLOSURE, text);
    case 'school-holidays':
      return text.startsWith(TERM_TIME) ? text : named(SCHOOL, text);
    case 'excluded':
      return text === '' ? EXCLUDED : named(EXCLUDED, text);
    default:
      return text;
  }
}

const named = (kind: string, text: string): string => `${kind} : ${text}`;

/** What follows the kind of a cause; null when it is of another kind. */
function nameIn(cause: string, kind: string): string | null {
  return cause.startsWith(`${kind} : `) ? cause.slice(kind.length + 3) : null;
}

/** Whether the cause of a date is a public holiday. */
export function isHolidayCause(cause: string): boolean {
  return nameIn(cause, HOLIDAY) !== null;
}

/** Whether the cause of a date is that something is closed, or the school holidays. */
export function isClosureCause(cause: string): boolean {
  return Object.keys(CLOSED).some((kind) => cause === kind || nameIn(cause, kind) !== null);
}

/** The name of the holiday that a cause gives, in the reader's language; null when it is none. */
export function holidayOf(cause: string, day: PlainDate, language: Language): string | null {
  const name = nameIn(cause, HOLIDAY);
  return name === null || language === 'fr' ? name : holidayInEnglish(name, day);
}

/** A cause in the reader's language: what someone wrote stays as written, what is named by its kind has both. */
export function sayCause(cause: string, day: PlainDate, language: Language): string {
  if (language === 'fr') return cause;
  const holiday = holidayOf(cause, day, language);
  if (holiday !== null) return `public holiday: ${holiday}`;
  for (const [kind, english] of Object.entries(ENGLISH)) {
    if (cause === kind) return english;
    const name = nameIn(cause, kind);
    if (name !== null) return `${english}: ${name}`;
  }
  return cause;
}

/** That something is closed, and why where it was said. */
export function sayClosed(cause: string, language: Language): string {
  const kind = language === 'fr' ? CLOSURE : (ENGLISH[CLOSURE] ?? CLOSURE);
  if (cause === '') return kind;
  return language === 'fr' ? named(kind, cause) : `${kind}: ${cause}`;
}

/** The same name in French is the same holiday, wherever it is kept. */
function holidayInEnglish(name: string, day: PlainDate): string {
  for (const territory of TERRITORIES) {
    const holiday = publicHolidayOn(day, territory);
    if (holiday?.name === name) return holiday.nameEn;
  }
  return name;
}
