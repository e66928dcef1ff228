import type { ReactNode } from 'react';
import { Refused } from '../api/client';
import { useWords } from '../i18n/language';
import { sharedWords } from '../i18n/shared';

/** The sentence of an error, ready to be read. */
export function sentenceOf(error: unknown, otherwise: string): string {
  return error instanceof Refused ? error.message : otherwise;
}

/** Messages by field, as the server names them ("usager.phone" → message). */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Refused)) return {};
  return Object.fromEntries((error.problem.errors ?? []).map(({ at, message }) => [at, message]));
}

/** Why what was typed is not looked for, when that is what was refused. */
export function whyNotSought(error: unknown): string | undefined {
  if (!(error instanceof Refused) || error.status !== 400) return undefined;
  return Object.values(fieldErrors(error))[0] ?? error.message;
}

/** Says what was refused and why; `children` are the ways out. Nothing when there is no error. */
export function ProblemNote({ error, children }: { error: unknown; children?: ReactNode }) {
  const words = useWords(sharedWords);
  if (!error) return null;
  const problem = error instanceof Refused ? error.problem : null;
  return (
    <div className="note stop" role="alert">
      <b>{problem ? problem.title : words.unexpected}</b>
      {problem?.detail && problem.detail !== problem.title && <p>{problem.detail}</p>}
      {problem?.errors && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map(({ at, message }) => (
            <li key={at + message}>{message}</li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}
