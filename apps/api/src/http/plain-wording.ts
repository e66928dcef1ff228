import type { Language } from '@app/time';
import type * as z from 'zod';

type Issue = z.core.$ZodRawIssue;
type Wording = Record<Language, string>;

const INVALID: Wording = { fr: 'Cette valeur ne convient pas.', en: 'Invalid value.' };
const REQUIRED: Wording = { fr: 'À remplir.', en: 'Required.' };
const TYPES: Record<string, Wording> = {
  string: { fr: 'Un texte est attendu.', en: 'A text is expected.' },
  number: { fr: 'Un nombre est attendu.', en: 'A number is expected.' },
  int: { fr: 'Un nombre entier est attendu, sans virgule.', en: 'A whole number is expected, without decimals.' },
  boolean: { fr: 'Oui ou non est attendu.', en: 'Yes or no is expected.' },
  array: { fr: 'Une liste est attendue.', en: 'A list is expected.' },
  date: { fr: 'Une date est attendue.', en: 'A date is expected.' },
};
const FORMATS: Record<string, Wording> = {
  uuid: { fr: 'Ce qui est désigné ici n’existe pas.', en: 'What is named here does not exist.' },
  email: { fr: 'Cette adresse e-mail est incomplète.', en: 'Invalid e-mail address: it is incomplete.' },
  url: { fr: 'Cette adresse web est incomplète.', en: 'Invalid web address: it is incomplete.' },
};

/** What is wrong with an input, without the words of those who program. */
export function plainWording(issue: Issue, language: Language): string {
  return wordingOf(issue)[language];
}

function wordingOf(issue: Issue): Wording {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return REQUIRED;
      return TYPES[String(issue.expected)] ?? INVALID;
    case 'too_small':
      return tooSmall(String(issue.origin), Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return tooBig(String(issue.origin), Number(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return { fr: 'Ce choix n’est pas proposé.', en: 'This is not one of the choices.' };
    case 'invalid_format':
      return (
        FORMATS[String(issue.format)] ?? {
          fr: 'Ce n’est pas écrit comme attendu.',
          en: 'This is not written as expected.',
        }
      );
    case 'not_multiple_of':
      return { fr: `Un multiple de ${issue.divisor} est attendu.`, en: `A multiple of ${issue.divisor} is expected.` };
    case 'unrecognized_keys':
      return { fr: 'Cette demande contient quelque chose d’inconnu.', en: 'This request holds something unknown.' };
    default:
      return INVALID;
  }
}

function tooSmall(origin: string, minimum: number, isIncluded: boolean): Wording {
  if (origin === 'string' || origin === 'array') {
    if (minimum <= 1)
      return origin === 'string' ? REQUIRED : { fr: 'Choisissez-en au moins un.', en: 'Choose at least one.' };
    return origin === 'string'
      ? { fr: `C’est trop court : au moins ${minimum} caractères.`, en: `Too short: at least ${minimum} characters.` }
      : { fr: `Il en faut au moins ${minimum}.`, en: `At least ${minimum} are needed.` };
  }
  return isIncluded
    ? { fr: `C’est trop petit : ${minimum} au moins.`, en: `Too small: at least ${minimum}.` }
    : { fr: `C’est trop petit : plus de ${minimum}.`, en: `Too small: more than ${minimum}.` };
}

function tooBig(origin: string, maximum: number, isIncluded: boolean): Wording {
  if (origin === 'string') {
    return { fr: `C’est trop long : ${maximum} caractères au plus.`, en: `Too long: ${maximum} characters at most.` };
  }
  if (origin === 'array') return { fr: `C’est trop : ${maximum} au plus.`, en: `Too many: ${maximum} at most.` };
  return isIncluded
    ? { fr: `C’est trop grand : ${maximum} au plus.`, en: `Too large: ${maximum} at most.` }
    : { fr: `C’est trop grand : moins de ${maximum}.`, en: `Too large: less than ${maximum}.` };
}
