import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CREDENTIALS } from './place';
import { ofProcess } from './processor-time';

const DIST = fileURLToPath(new URL('..', import.meta.url));
const MOVING_CLOCK = new URL('moving-clock.js', import.meta.url).href;

export interface Reply {
  status: number;
  body: string;
  bytes: number;
}

/** The real api in a process of its own, and someone signed in who asks it over connections kept open. */
export class Served {
  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
    private readonly connections: Agent,
    private headers: Record<string, string>,
    private readonly startedAt: number,
  ) {}

  /** @param databaseUrl the application's role; @param now what the api's clock shows, as an instant in milliseconds */
  static async start(databaseUrl: string, now: number, connections: number): Promise<Served> {
    const port = await freePort();
    const { DATABASE_URL: _owner, ...inherited } = process.env;
    const child = fork(path.join(DIST, 'apps/api/src/main.js'), {
      env: {
        ...inherited,
        NODE_ENV: 'production',
        DATABASE_APP_URL: databaseUrl,
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'error',
        PALIER_CLOCK_OFFSET_MS: String(now - Date.now()),
      },
      stdio: 'inherit',
      execArgv: [...process.execArgv, '--import', MOVING_CLOCK],
    });
    const startedAt = now - Date.now();
    const served = new Served(child, port, new Agent({ keepAlive: true, maxSockets: connections }), {}, startedAt);
    await served.ready();
    await served.signIn();
    return served;
  }

  /** One request, answered in full. */
  ask(
    method: string,
    url: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Reply & { cookies: string[] }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: this.port,
          path: url,
          method,
          agent: this.connections,
          headers: {
            ...this.headers,
            ...headers,
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks);
            resolve({
              status: response.statusCode ?? 0,
              body: text.toString(),
              bytes: text.length,
              cookies: (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? ''),
            });
          });
          response.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** Hours have passed, and whoever asks signs in again. @param now what the api's clock shows from here on, in milliseconds */
  async later(now: number): Promise<void> {
    this.child.send(now - Date.now() - this.startedAt);
    await this.signIn();
  }

  /** Where the screens are. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Processor time the api has used, in seconds; null where the kernel does not tell. */
  processor(): number | null {
    return ofProcess(this.child.pid ?? 0);
  }

  async stop(): Promise<void> {
    this.connections.destroy();
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await this.ask('GET', '/health/live').catch(() => null);
      if (answer?.status === 200) return;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The api did not start.');
  }

  private async signIn(): Promise<void> {
    const answer = await this.ask('POST', '/api/session', JSON.stringify(CREDENTIALS));
    if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${answer.body}`);
    this.headers = { cookie: answer.cookies.join('; '), 'x-palier-csrf': JSON.parse(answer.body).csrf };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
