import type { EligibilityNote } from '@app/contract';
import { type Language, type PlainDate, sayDate, sayList } from '@app/time';

/** Whom a motif is for. */
export interface Audience {
  minAge: number | null;
  maxAge: number | null;
  communes: readonly string[];
  /** In the service's words: "demandeurs d’emploi". */
  audience: string;
  step: 'accueil' | 'evaluation' | 'accompagnement';
  meeting: 'any' | 'first' | 'follow-up';
}

/** What opened accompagnement for a person. */
export type Opening = { by: 'evaluation'; on: PlainDate } | { by: 'decision'; signedBy: string; on: PlainDate };

/** What is known of whoever asks; null: not said. */
export interface Asker {
  age: number | null;
  commune: string | null;
  /** Undefined: nobody in particular asks. Null: not opened for this person. */
  opening?: Opening | null;
}

const WORDS = {
  fr: {
    range: (min: number | null, max: number | null) =>
      min !== null && max !== null ? `${min}–${max} ans` : min !== null ? `${min} ans et plus` : `jusqu’à ${max} ans`,
    toConfirm: (what: string) => `${what} : à confirmer`,
    aged: (what: string, age: number) => `${what} : la personne a ${age} ans ; l’orientation reste possible`,
    residents: (communes: string) => `habitants de ${communes}`,
    lives: (what: string, commune: string) => `${what} : la personne habite ${commune} ; l’orientation reste possible`,
    evaluation: 'avant tout accompagnement',
    after: 'après une évaluation, ou sur décision signée',
    evaluated: (on: string) => `accompagnement ouvert par l’évaluation du ${on}`,
    decided: (by: string, on: string) => `accompagnement ouvert : décision signée par ${by} le ${on}`,
    first: 'première rencontre seulement',
    'follow-up': 'pour une personne déjà suivie',
  },
  en: {
    range: (min: number | null, max: number | null) =>
      min !== null && max !== null ? `aged ${min}–${max}` : min !== null ? `aged ${min} and over` : `up to age ${max}`,
    toConfirm: (what: string) => `${what}: to be confirmed`,
    aged: (what: string, age: number) => `${what}: the person is ${age}; still possible`,
    residents: (communes: string) => `residents of ${communes}`,
    lives: (what: string, commune: string) => `${what}: the person lives in ${commune}; still possible`,
    evaluation: 'before any support',
    after: 'after an assessment, or by a signed decision',
    evaluated: (on: string) => `support opened by the assessment of ${on}`,
    decided: (by: string, on: string) => `support opened: decision signed by ${by} on ${on}`,
    first: 'first meeting only',
    'follow-up': 'for someone already followed',
  },
} as const;

/** What whoever orients should know before she does; it informs and warns, and closes no door. */
export function eligibilityNotes(motif: Audience, asker: Asker, language: Language): EligibilityNote[] {
  return [ageNote(motif, asker, language), communeNote(motif, asker, language), ...otherNotes(motif, asker, language)]
    .flat()
    .filter((note) => note !== null);
}

/** An age that is not the motif's is said; the words of the service say it better than a range ("… et leurs familles"). */
function ageNote({ minAge, maxAge, audience }: Audience, { age }: Asker, language: Language): EligibilityNote | null {
  if (minAge === null && maxAge === null) return null;
  const words = WORDS[language];
  const whom = audience || words.range(minAge, maxAge);
  if (age === null) return { kind: 'age', warns: false, text: words.toConfirm(whom) };
  const fits = age >= (minAge ?? 0) && age <= (maxAge ?? Number.POSITIVE_INFINITY);
  return fits ? null : { kind: 'age', warns: true, text: words.aged(whom, age) };
}

function communeNote({ communes }: Audience, { commune }: Asker, language: Language): EligibilityNote | null {
  if (!communes.length) return null;
  const words = WORDS[language];
  const whom = words.residents(sayList(communes, language));
  if (!commune) return { kind: 'commune', warns: false, text: words.toConfirm(whom) };
  const fits = communes.some((one) => plain(one) === plain(commune));
  return fits ? null : { kind: 'commune', warns: true, text: words.lives(whom, commune) };
}

function otherNotes(motif: Audience, { opening }: Asker, language: Language): EligibilityNote[] {
  const words = WORDS[language];
  const notes: EligibilityNote[] = [];
  if (motif.audience && motif.minAge === null && motif.maxAge === null)
    notes.push({ kind: 'audience', warns: false, text: words.toConfirm(motif.audience) });
  if (motif.step === 'evaluation') notes.push({ kind: 'step', warns: false, text: words.evaluation });
  if (motif.step === 'accompagnement') {
    if (!opening) notes.push({ kind: 'step', warns: opening === null, text: words.after });
    else {
      const on = sayDate(opening.on, language);
      const text = opening.by === 'evaluation' ? words.evaluated(on) : words.decided(opening.signedBy, on);
      notes.push({ kind: 'step', warns: false, text });
    }
  }
  if (motif.meeting !== 'any') notes.push({ kind: 'meeting', warns: false, text: words[motif.meeting] });
  return notes;
}

/** "L’Haÿ-les-Roses", "lhay les roses": one town. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLocaleLowerCase('fr');
}
