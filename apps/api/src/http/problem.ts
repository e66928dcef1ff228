import type { Problem } from '@app/contract';
import type { Refusal } from '@app/persistence';
import type { Language } from '@app/time';
import type * as z from 'zod';
import { plainWording } from './plain-wording';
import { REFUSALS } from './refusals';

const BY_STATUS: Record<number, { fr: string; en: string }> = {
  400: { fr: 'Demande incomprise.', en: 'Bad request.' },
  404: { fr: 'Introuvable.', en: 'Not found.' },
  405: { fr: 'Cela ne se fait pas ici.', en: 'Not allowed here.' },
  413: { fr: 'C’est trop long.', en: 'Too large.' },
  415: { fr: 'Seul le JSON est lu ici.', en: 'Only JSON is read here.' },
  500: { fr: 'Palier a rencontré une erreur.', en: 'Palier met an error.' },
  503: { fr: 'Palier n’est pas prêt. Réessayez dans un instant.', en: 'Palier is not ready. Try again in a moment.' },
};

/** The language of an answer: the account's, else the first of Accept-Language that we speak, else French. */
export function languageOf(account: Language | undefined, acceptLanguage: string | undefined): Language {
  if (account) return account;
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = Number(/^\s*q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1);
      return { language: tag.slice(0, 2), weight: Number.isNaN(weight) ? 0 : weight };
    })
    .filter(({ language, weight }) => weight > 0 && (language === 'fr' || language === 'en'))
    .sort((one, other) => other.weight - one.weight);
  return ranked[0]?.language === 'en' ? 'en' : 'fr';
}

/** RFC 9457 for a refusal: the title of its `why`, then what the service added. */
export function problemOf(refusal: Omit<Refusal, 'ok'>, language: Language): Problem {
  const { why, errors, heldBy, until, alternatives, consequences } = refusal;
  const wording = REFUSALS[why];
  const detail = refusal.detail ?? wording?.detail?.(refusal, language);
  return {
    type: `urn:palier:problem:${why}`,
    title: wording?.[language] ?? (language === 'fr' ? 'Ce n’est pas possible.' : 'This is not possible.'),
    status: wording?.status ?? 409,
    why,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...(heldBy === undefined ? {} : { heldBy }),
    ...(until === undefined ? {} : { until }),
    ...(alternatives === undefined ? {} : { alternatives }),
    ...(consequences === undefined ? {} : { consequences }),
  };
}

/** RFC 9457 for a bare HTTP status. */
export function problemOfStatus(status: number, language: Language): Problem {
  const wording = BY_STATUS[status] ?? (status >= 500 ? BY_STATUS[500] : BY_STATUS[400]);
  return { type: 'about:blank', title: wording?.[language] ?? '', status };
}

/** RFC 9457 for input of the wrong shape: where, and what is wrong there, in the viewer's language. */
export function problemOfInput(schema: z.ZodType, value: unknown, language: Language): Problem {
  const { error } = schema.safeParse(value, {
    error: (issue) => ownWording(issue, language) ?? plainWording(issue, language),
  });
  return {
    ...problemOf({ why: 'invalid' }, language),
    errors: (error?.issues ?? [])
      .slice(0, 50)
      .map(({ path, message }) => ({ at: path.map(String).join('.'), message })),
  };
}

/** A rule of ours inside a shape (`params: { why }`) is told as the refusal of the same name. */
function ownWording(issue: z.core.$ZodRawIssue, language: Language): string | undefined {
  return issue.code === 'custom' ? REFUSALS[String(issue.params?.why)]?.[language] : undefined;
}
