import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../scripts/lib/lock.mjs';
import { pause } from '../../scripts/lib/processes.mjs';

export interface RunningPalier {
  /** Such as `http://127.0.0.1:43127`. */
  url: string;
  dataFolder: string;
  demonstration: { password: string; accounts: { login: string; who: string; role: string }[] } | null;
  databaseUrl: string;
  databaseAppUrl: string;
  pids: { api: number; worker: number; postgres: number };
  /** Everything printed so far. */
  output(): string;
  /** As Ctrl-C does; answers the exit code. The data folder goes with it, unless it was given. */
  stop(): Promise<number | null>;
  /** As `kill -9` of the supervisor does. */
  kill(): Promise<void>;
}

/**
 * Runs `npm start` for a test, on a free port and a data folder of its own, and waits until it is ready.
 * `now` is the local time everyone sees, such as `2027-01-04T09:40`; `from` a data folder to begin with a copy of.
 * @throws with what it printed, when it refuses to start
 */
export async function startPalier(
  options: { now?: string; dataFolder?: string; from?: string; env?: Record<string, string> } = {},
): Promise<RunningPalier> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'palier-e2e-'));
  const clean = () => options.dataFolder === undefined && rmSync(dataFolder, { recursive: true, force: true });
  // The database's files keep their owner.
  if (options.from !== undefined) execFileSync('cp', ['-a', `${options.from}/.`, dataFolder]);
  const { child, output } = forkStart({
    PORT: '0',
    PALIER_DATA: dataFolder,
    PALIER_TELL_AFTER: '0',
    ...(options.now !== undefined && { PALIER_NOW: options.now }),
    ...options.env,
  });
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Omit<RunningPalier, 'output' | 'stop' | 'kill'>),
    once(child, 'exit').then(() => null),
  ]);
  if (!ready) {
    clean();
    throw new Error(output());
  }
  return {
    ...ready,
    output,
    async stop() {
      const code = await ended(child, 'SIGINT');
      clean();
      return code;
    },
    async kill() {
      await ended(child, 'SIGKILL');
    },
  };
}

/** The busiest day of the demonstration. */
const MONDAY = '2027-01-04T09:40';
/** The password of its accounts, in the tests. */
export const DEMO_PASSWORD = 'une phrase pour essayer';

/**
 * Runs `npm start` on the demonstration as it was loaded for its Monday at 9:40: the first who asks loads it, in a first
 * start like any other, the others take a copy, whose clock carries on where the loading stopped. In a data folder of its
 * own, unless one is given (an empty one).
 */
export async function startDemonstration(dataFolder?: string): Promise<RunningPalier> {
  const from = await demonstration();
  return startPalier({ now: MONDAY, from, ...(dataFolder !== undefined && { dataFolder }) });
}

/** The data folder of the run's demonstration, which nobody starts again. */
async function demonstration(): Promise<string> {
  const whole = process.env.TEST_DEMONSTRATION;
  if (!whole) throw new Error('TEST_DEMONSTRATION is missing: these tests run through node scripts/jest.mjs');
  while (!existsSync(`${whole}.loaded`)) {
    const lock = takeLock(`${whole}.lock`);
    if (lock.ok) {
      try {
        await loadDemonstration(whole);
      } finally {
        lock.release?.();
      }
    } else await pause(100);
  }
  return whole;
}

async function loadDemonstration(whole: string): Promise<void> {
  if (existsSync(`${whole}.loaded`)) return;
  rmSync(whole, { recursive: true, force: true });
  const palier = await startPalier({
    now: MONDAY,
    dataFolder: whole,
    env: { PALIER_DEMO_PASSWORD: DEMO_PASSWORD },
  });
  await palier.stop();
  writeFileSync(`${whole}.loaded`, '');
}

/** Runs `npm start` where it is expected to refuse: its exit code and what it printed. */
export async function startPalierInVain(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { child, output } = forkStart(env);
  child.once('message', () => child.kill('SIGINT'));
  const [code] = await once(child, 'close');
  return { code, output: output() };
}

function forkStart(settings: Record<string, string>): { child: ChildProcess; output: () => string } {
  // What the person who runs the tests has set for their own Palier is not ours.
  const inherited = Object.entries(process.env).filter(([name]) => !OWN_SETTINGS.test(name));
  const child = fork('scripts/start.mjs', [], {
    env: { ...Object.fromEntries(inherited), ...settings },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (printed += data));
  return { child, output: () => printed };
}

const OWN_SETTINGS =
  /^(HOST|PORT|PUBLIC_URL|DATABASE_\w+|REDIS_URL|SMTP_URL|LOG_LEVEL|NODE_ENV|NODE_OPTIONS|PALIER_\w+)$/;

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = await gone;
  return code;
}
