import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { LONGEST_CALENDAR } from '@app/recurrence';
import { Inject, Injectable } from '@nestjs/common';
import { calendarAddress, hostOf, isInternal } from './calendar-address';
import type { FetchFailure } from './calendar-words';

/** Whether calendars may be read on this machine and on internal networks: `true` only where the person who runs Palier says so. */
export const INTERNAL_CALENDARS = Symbol('internal calendars');

/** What the server said of its answer before. */
export interface Known {
  etag: string | null;
  modified: string | null;
}

export type Fetched =
  | ({ ok: true; file: Uint8Array } & Known)
  /** It is as it was. */
  | { ok: true; file: null }
  | { ok: false; why: FetchFailure };

const PATIENCE_MS = 10_000;
const MOST_REDIRECTS = 5;
const LONGEST_HEADER = 200;

/**
 * Reads a calendar at its address. The address was given by someone: a server that is sent anywhere would open doors for them,
 * so it goes to no internal network, whatever names resolve to and wherever redirects lead. What is logged never holds it.
 */
@Injectable()
export class FetchCalendar {
  constructor(@Inject(INTERNAL_CALENDARS) private readonly mayGoInside: boolean) {}

  /** Within ten seconds and two megabytes. Never throws. */
  async fetch(address: string, known: Known): Promise<Fetched> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    try {
      return await this.follow(address, known, deadline);
    } catch (error) {
      if (deadline.aborted) return { ok: false, why: 'too-slow' };
      return { ok: false, why: error instanceof Stop ? error.why : 'unreachable' };
    }
  }

  private async follow(address: string, known: Known, deadline: AbortSignal): Promise<Fetched> {
    let url = calendarAddress(address);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (!url) throw new Stop('unreachable');
      const answer = await this.ask(url, known, deadline);
      const { statusCode: status = 0, headers } = answer;
      if ([301, 302, 303, 307, 308].includes(status) && headers.location) {
        answer.destroy();
        url = URL.canParse(headers.location, url.href) ? calendarAddress(new URL(headers.location, url).href) : null;
        continue;
      }
      if (status === 304) {
        answer.destroy();
        return { ok: true, file: null };
      }
      if (status !== 200) {
        answer.destroy();
        throw new Stop(failureOf(status));
      }
      const file = await bytesOf(answer, deadline);
      return { ok: true, file, etag: kept(headers.etag), modified: kept(headers['last-modified']) };
    }
    throw new Stop('too-many-redirects');
  }

  private ask(url: URL, { etag, modified }: Known, signal: AbortSignal): Promise<IncomingMessage> {
    const host = hostOf(url);
    // An address that is a number is not looked up.
    if (isIP(host) && !this.mayGoTo(host)) throw new Stop('private-address');
    const headers = {
      accept: 'text/calendar, */*;q=0.1',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'Palier',
      ...(etag && { 'if-none-match': etag }),
      ...(modified && { 'if-modified-since': modified }),
    };
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      send(url, { headers, signal, lookup: this.lookup, agent: false }, resolve).once('error', reject).end();
    });
  }

  private mayGoTo(address: string): boolean {
    return this.mayGoInside || !isInternal(address);
  }

  /** The addresses of a name, looked at before any is gone to: a name that resolves inside leads nowhere. */
  private readonly lookup: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const allowed = addresses.filter(({ address }) => this.mayGoTo(address));
      const [first] = allowed;
      if (!first) return done(new Stop('private-address'), []);
      if (options.all) return done(null, allowed);
      return done(null, first.address, first.family);
    });
  };
}

class Stop extends Error {
  constructor(readonly why: FetchFailure) {
    super(why);
  }
}

function failureOf(status: number): FetchFailure {
  if (status === 401 || status === 403) return 'not-allowed';
  return status >= 500 || status === 429 ? 'server-error' : 'not-there';
}

/** The whole answer, unpacked, as far as is read at all. */
async function bytesOf(answer: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  const unpacked = unpack(answer);
  const stop = () => unpacked.destroy(new Stop('too-slow'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const part of unpacked as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > LONGEST_CALENDAR) throw new Stop('too-large');
      parts.push(part);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    answer.destroy();
  }
  return Buffer.concat(parts);
}

function unpack(answer: IncomingMessage): Readable {
  const unpacker = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[answer.headers['content-encoding']?.toLowerCase() ?? ''];
  if (!unpacker) return answer;
  const unpacked = unpacker();
  answer.once('error', (error) => unpacked.destroy(error));
  return answer.pipe(unpacked);
}

function kept(header: string | undefined): string | null {
  return header !== undefined && header.length <= LONGEST_HEADER ? header : null;
}
