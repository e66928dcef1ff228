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
  const why = WHY_OF_SQLSTATE[sqlState(error) ?? ''];
  if (why)
    return problemOf({ why: constraint(error)?.startsWith('no_social_security_number') ? 'nir' : why }, language);
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

function driverError(error: unknown): { code?: string; constraint?: string } {
  const failure = (error ?? {}) as { driverError?: { code?: string; constraint?: string } };
  return failure.driverError ?? (failure as { code?: string; constraint?: string });
}

const sqlState = (error: unknown) => driverError(error).code;
const constraint = (error: unknown) => driverError(error).constraint;

/** What a log may hold: the kind of error and where it arose. Messages of the database quote values, so they stay out. */
function withoutPeople(error: unknown): string {
  const { code, constraint: name } = driverError(error);
  const message = code || !(error instanceof Error) ? '' : error.message;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  return [[kind, code, name, message].filter(Boolean).join(' '), ...frames.slice(0, 12)].join('\n');
}
