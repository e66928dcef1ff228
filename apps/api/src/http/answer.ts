import type { Outcome, Refusal } from '@app/persistence';

/** A refusal on its way to the problem filter, which words it and gives it its status (see refusals.ts). */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.why);
  }
}

/** A thing asked for by its id that is not there, or not for this viewer: the database can't tell which, so it is logged. */
export class NotFoundError extends Error {
  constructor(
    readonly subjectKind: string,
    readonly subjectId: string,
  ) {
    super(`${subjectKind} not found`);
  }
}

/** Input that does not have the asked shape. Kept with its schema, so that the filter says it in the viewer's language. */
export class InvalidInput extends Error {
  constructor(
    readonly schema: unknown,
    readonly value: unknown,
  ) {
    super('invalid input');
  }
}

/** The value of an outcome. @throws RefusedError, which becomes a problem document */
export function answer<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new RefusedError(outcome);
}

/** `return found ?? notFound('appointment', id)` — @throws NotFoundError, a 404 that is kept in the audit */
export function notFound(subjectKind: string, id: string): never {
  throw new NotFoundError(subjectKind, id);
}

/** As `answer`, for a thing asked for by its id: when it is not there for this viewer, a 404 that is kept in the audit. */
export function found<T>(subjectKind: string, id: string, outcome: Outcome<T>): T {
  if (!outcome.ok && outcome.why === 'not-found') return notFound(subjectKind, id);
  return answer(outcome);
}
