import { contextOf } from '@app/accounts';
import type { Problem } from '@app/contract';
import { Database, isClaimTaken, isDuplicate } from '@app/persistence';
import type { Language } from '@app/time';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ZodType } from 'zod';
import { InvalidInput, NotFoundError, RefusedError } from './answer';
import { languageOf, problemOf, problemOfInput, problemOfStatus } from './problem';
import type { PalierRequest } from './request';

/** Everything that is not an answer leaves as a problem document, RFC 9457, in the viewer's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(@Inject(Database) private readonly database: Database) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<PalierRequest>();
    const reply = http.getResponse<FastifyReply>();
    const language = languageOf(request.session?.viewer.language, request.headers['accept-language']);
    if (error instanceof NotFoundError) await this.keep(error, request);
    const problem = problemFor(error, language);
    if (problem.status >= 500) this.logger.error(withoutPeople(error), request.routeOptions?.url);
    if (reply.sent) return;
    await reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', language)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem));
  }

  private async keep({ subjectKind, subjectId }: NotFoundError, { session }: PalierRequest): Promise<void> {
    if (!session) return;
    await this.database
      .within(contextOf(session.viewer), (tx) => tx.audit('not-found', subjectKind, subjectId, 'refused'))
      .catch((failure) => this.logger.error(withoutPeople(failure)));
  }
}

/** The problem document of anything thrown. Nothing of the inside shows. */
export function problemFor(error: unknown, language: Language): Problem {
  if (error instanceof RefusedError) return problemOf(error.refusal, language);
  if (error instanceof NotFoundError) return problemOf({ why: 'not-found' }, language);
  if (error instanceof InvalidInput) return problemOfInput(error.schema as ZodType, error.value, language);
  if (error instanceof HttpException) return problemOfStatus(error.getStatus(), language);
  if (isClaimTaken(error)) return problemOf({ why: 'taken', heldBy: null }, language);
  if (isDuplicate(error)) return problemOf({ why: 'already-there' }, language);
  const held = holdsNumber(error, language);
  if (held) return held;
  const why = WHY_OF_SQLSTATE[sqlState(error) ?? ''];
  if (why) return problemOf({ why }, language);
  if (isOutOfReach(error)) return problemOfStatus(503, language);
  // Fastify's own: a body that is not JSON, or too long.
  const status = (error as { statusCode?: unknown })?.statusCode;
  return problemOfStatus(typeof status === 'number' && status >= 400 && status < 500 ? status : 500, language);
}

// The database's last word, should a service not have said it first.
const WHY_OF_SQLSTATE: Record<string, string> = {
  '23503': 'no-such-reference',
  '23514': 'invalid',
  '42501': 'not-yours',
  // The character zero, which PostgreSQL keeps neither as text nor in JSON.
  '22021': 'unreadable',
  '22P05': 'unreadable',
};

/**
 * A row written before the rule was as strict: what is changed now has nothing to do with it, so the field that holds the number
 * is named, and how to be rid of it. Null: something else is wrong.
 */
function holdsNumber(error: unknown, language: Language): Problem | null {
  const { table = '', constraint: name = '' } = driverError(error);
  if (!name.startsWith('no_social_security_number')) return null;
  const field = KEPT_IN[`${table}.${name}`];
  if (!field) return problemOf({ why: 'nir' }, language);
  const { at, ...said } = field;
  const problem = problemOf({ why: 'nir-kept', detail: said[language] }, language);
  return { ...problem, errors: at.map((one) => ({ at: one, message: problem.title })) };
}

const KEPT_IN: Record<string, Record<Language, string> & { at: string[] }> = {
  'usager.no_social_security_number': {
    at: ['lastName', 'firstName', 'note'],
    fr: 'Il est dans son nom, son prénom ou sa note. Dans Usagers, ouvrez sa fiche, effacez-le, enregistrez, puis recommencez.',
    en: 'It is in her last name, first name or note. In Usagers, open her record, delete it, save, then try again.',
  },
  'usager.no_social_security_number_over_two_fields': {
    at: ['lastName', 'firstName'],
    fr: 'Il est partagé entre son prénom et son nom. Dans Usagers, ouvrez sa fiche, corrigez-les, enregistrez, puis recommencez.',
    en: 'It is shared out between her first and last names. In Usagers, open her record, correct them, save, then try again.',
  },
  'usager.no_social_security_number_of_a_contact': {
    at: ['contact.name'],
    fr: 'Il est dans le nom de la personne à prévenir. Dans Usagers, ouvrez sa fiche, corrigez-le, enregistrez, puis recommencez.',
    en: 'It is in the name of the person to tell. In Usagers, open her record, correct it, save, then try again.',
  },
  'visit.no_social_security_number': {
    at: ['name'],
    fr: 'Il est dans le nom donné à la file. Ajoutez de nouveau la personne, avec un prénom ou son seul numéro de passage.',
    en: 'It is in the name given to the queue. Add the person again, by a first name or her ticket number alone.',
  },
};

// PostgreSQL stops, starts again or has no connection left: nothing is known of what was asked, and asking again is safe.
const OUT_OF_REACH = /^(08...|53300|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;

/** Whether the database could not be reached, by its own code or by what node-postgres says without one. */
function isOutOfReach(error: unknown): boolean {
  const code = sqlState(error);
  if (code !== undefined) return OUT_OF_REACH.test(code);
  return (
    error instanceof Error && /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
}

interface DriverError {
  code?: string;
  table?: string;
  constraint?: string;
}

function driverError(error: unknown): DriverError {
  const failure = (error ?? {}) as DriverError & { driverError?: DriverError };
  return failure.driverError ?? failure;
}

const sqlState = (error: unknown) => driverError(error).code;

/** What a log may hold: the kind of error and where it arose. Messages of the database quote values, so they stay out. */
function withoutPeople(error: unknown): string {
  const { code, constraint: name } = driverError(error);
  const message = code || !(error instanceof Error) ? '' : error.message;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  return [[kind, code, name, message].filter(Boolean).join(' '), ...frames.slice(0, 12)].join('\n');
}
