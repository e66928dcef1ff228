import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Instant } from '@app/time';
import { ensureBuilt } from '../../scripts/lib/build.mjs';

export interface RunningWorker {
  output(): string;
  /** As the supervisor does: SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** As a crash does: SIGKILL, nothing is said to anyone. */
  kill(): Promise<void>;
  child: ChildProcess;
}

/** The real worker as a process of its own. `now` is what its clock says at the start. */
export async function startWorker(options: {
  appUrl: string;
  redisUrl: string | null;
  now: Instant;
}): Promise<RunningWorker> {
  await ensureBuilt();
  const child = fork('dist/apps/worker/src/main.js', [], {
    env: {
      PATH: process.env.PATH,
      DATABASE_APP_URL: options.appUrl,
      ...(options.redisUrl === null ? {} : { REDIS_URL: options.redisUrl }),
      PALIER_CLOCK_OFFSET_MS: String(options.now - Date.now()),
      // What is taken back has tests of its own: these don't wait for it.
      PALIER_TELL_AFTER: '0',
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (printed += data));
  const gone = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return { child, output: () => printed, stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) };
}
