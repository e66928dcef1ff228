import type { UsagerBody } from '@app/contract';
import { NOBODY as NOBODY_YET } from '../usagers/nobody';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';

/** Who an appointment is being taken for: kept through Esc, another slot or an ended session, until booked. */
export interface Draft {
  typed: string;
  chosen: { id: string; name: string; phone: string | null } | null;
  /** A person met for the first time, being written. */
  fresh: UsagerBody | null;
}

export const NOBODY: Draft = { typed: '', chosen: null, fresh: null };

export const aNewPerson = (typed: string): UsagerBody => {
  const { firstName, lastName } = namesFrom(typed);
  return { ...NOBODY_YET, firstName, lastName };
};

/** "Fatou Diallo", "DIALLO Fatou" and "diallo" as first and last name; digits are no name. */
export function namesFrom(typed: string): { firstName: string; lastName: string } {
  const words = typed.replace(/\d+/g, ' ').trim().split(/\s+/).filter(Boolean).map(capital);
  if (words.length < 2) return { firstName: '', lastName: words.join('') };
  const shouted = typed.trim().split(/\s+/);
  const familyFirst = isShouted(shouted[0] ?? '') && !isShouted(shouted.at(-1) ?? '');
  const [first = '', ...rest] = words;
  return familyFirst ? { firstName: rest.join(' '), lastName: first } : { firstName: first, lastName: rest.join(' ') };
}

const isShouted = (word: string) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
const capital = (word: string) => word.toLowerCase().replace(/(^|[-’'])\p{L}/gu, (letters) => letters.toUpperCase());

interface Keeping {
  draft: Draft;
  keep(change: Partial<Draft>): void;
}

const Kept = createContext<Keeping>({ draft: NOBODY, keep: () => undefined });

/** One draft for the person at the desk: it goes when somebody else takes the place. */
export function DraftKeeper({ children }: { children: ReactNode }) {
  const [draft, setDraft] = useState(NOBODY);
  const keeping = useMemo(
    () => ({ draft, keep: (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })) }),
    [draft],
  );
  return <Kept value={keeping}>{children}</Kept>;
}

export const useDraft = (): Keeping => use(Kept);
