import type { AddressInfo } from 'node:net';
import { environment } from '@config';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/app';
import { freshDatabase, redisUrl, type TestDatabase } from './database';

export interface Answer<T = any> {
  status: number;
  body: T;
  headers: Headers;
}

export interface Asking {
  body?: unknown;
  /** A body that is not JSON, sent as it is. */
  text?: string;
  headers?: Record<string, string>;
}

/** The real api on a free loopback port, over a database of its own. */
export interface TestApi {
  app: NestFastifyApplication;
  database: TestDatabase;
  url: string;
  /** A browser with its own cookies, signed in by nobody yet. */
  browser(): Browser;
  stop(): Promise<void>;
}

/** @param settings environment variables, e.g. `{ PALIER_SETUP_CODE: 'x' }`; `database` to share one */
export async function startApi(
  settings: Record<string, string> = {},
  options: { database?: TestDatabase; screens?: string } = {},
): Promise<TestApi> {
  const database = options.database ?? (await freshDatabase());
  const redis = redisUrl();
  const app = await createApp(
    environment({
      DATABASE_APP_URL: database.appUrl,
      ...(redis ? { REDIS_URL: redis } : {}),
      HOST: '127.0.0.1',
      PORT: '0',
      ...settings,
    }),
    { logger: false, ...(options.screens ? { screens: options.screens } : {}) },
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    database,
    url,
    browser: () => new Browser(url),
    stop: async () => {
      await app.close();
      if (!options.database) await database.drop();
    },
  };
}

/** Keeps cookies and the CSRF token as our screens do. */
export class Browser {
  readonly cookies = new Map<string, string>();
  csrf: string | null = null;

  constructor(private readonly url: string) {}

  async ask<T = any>(
    method: string,
    path: string,
    { body, text: plain, headers = {} }: Asking = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size
          ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        ...(this.csrf ? { 'x-palier-csrf': this.csrf } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(plain === undefined ? {} : { body: plain }),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answer = {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : text,
      headers: response.headers,
    };
    if (typeof answer.body?.csrf === 'string') this.csrf = answer.body.csrf;
    return answer as Answer<T>;
  }

  get<T = any>(path: string, asking?: Asking) {
    return this.ask<T>('GET', path, asking);
  }

  post<T = any>(path: string, body: unknown = {}, headers: Record<string, string> = {}) {
    return this.ask<T>('POST', path, { body, headers });
  }

  put<T = any>(path: string, body: unknown = {}) {
    return this.ask<T>('PUT', path, { body });
  }

  patch<T = any>(path: string, body: unknown = {}) {
    return this.ask<T>('PATCH', path, { body });
  }

  delete<T = any>(path: string) {
    return this.ask<T>('DELETE', path);
  }

  /** Signs in, as the page does. @throws when refused */
  async signIn(email: string, password: string): Promise<this> {
    const answer = await this.post('/api/session', { email, password });
    if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return this;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (!value || attributes.some((one) => /max-age=0\b/i.test(one))) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
