import type { Problem } from '@app/contract';
import { keptLanguage, spokenLanguage } from '../i18n/language';
import { typesetFrench, wordsIn } from '../i18n/typeset';
import { noteReach } from '../offline/reach';

/** What the server answered instead of what was asked: shown to the person as it is. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  /** The server could not be reached: nothing is known of what was asked, and asking again is safe. */
  get unreachable(): boolean {
    return this.problem.status === 0;
  }
}

let csrf = '';
/** The session's token, sent back with every write. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

const UNREACHABLE = {
  fr: { title: 'Le serveur ne répond pas. Ce que vous avez saisi est gardé : réessayez dans un instant.' },
  en: { title: 'The server does not answer. What you typed is kept: try again in a moment.' },
};

type Query = Record<string, string | number | boolean | null | undefined>;

/** @throws Refused */
export function get<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined) asked.set(name, String(value));
  return ask<Answer>(asked.size > 0 ? `${path}?${asked}` : path, { method: 'GET', signal: signal ?? null });
}

/**
 * `once` is the Idempotency-Key of a write that creates: the same key sent twice creates once.
 * @throws Refused
 */
export function send<Answer = void>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  once?: string,
): Promise<Answer> {
  const headers: Record<string, string> = { 'x-palier-csrf': csrf };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (once) headers['idempotency-key'] = once;
  return ask<Answer>(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
}

/** A file as it is. @throws Refused */
export function sendFile<Answer>(path: string, type: string, file: Blob): Promise<Answer> {
  return ask<Answer>(path, { method: 'POST', headers: { 'x-palier-csrf': csrf, 'content-type': type }, body: file });
}

/** The account's own language answers until this workstation is told otherwise. */
function chosenLanguage(): Record<string, string> {
  const chosen = keptLanguage();
  return chosen ? { 'x-palier-language': chosen } : {};
}

/** What index.html asks for ahead is taken by whoever asks for it in the very same way: as a browser does by itself. */
const ASKED_AHEAD: readonly string[] = ['/session', '/directory'];

async function ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const language = spokenLanguage();
  const spoken = { accept: 'application/json', 'accept-language': language, ...chosenLanguage() };
  const isAhead = init.method === 'GET' && ASKED_AHEAD.includes(path);
  const response = await fetch(`/api${path}`, {
    ...init,
    headers: { ...(!isAhead && spoken), ...init.headers },
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteReach(false);
    throw new Refused({ type: 'about:blank', ...wordsIn(UNREACHABLE, language), status: 0 });
  });
  noteReach(true);
  if (response.status === 204) return undefined as Answer;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as Answer;
  if (!isProblem(answer)) {
    throw new Refused({ type: 'about:blank', ...wordsIn(UNREACHABLE, language), status: response.status });
  }
  throw new Refused(language === 'fr' ? inFrench(answer) : answer);
}

function inFrench({ title, detail, errors, ...problem }: Problem): Problem {
  return {
    ...problem,
    title: typesetFrench(title),
    ...(detail !== undefined && { detail: typesetFrench(detail) }),
    ...(errors && { errors: errors.map(({ at, message }) => ({ at, message: typesetFrench(message) })) }),
  };
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'title' in answer && 'status' in answer;
}

/** Works on plain http too, where crypto.randomUUID is withheld. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
