import { fork } from 'node:child_process';
import path from 'node:path';
import { eventually } from './processes.mjs';
import { PROJECT } from './project.mjs';

const PRELOAD = new URL('./child-preload.mjs', import.meta.url).href;
const STOP_PATIENCE_MS = 10_000;
const RESTARTS_A_MINUTE = 5;

/** Starts one of our programs (a path inside dist/), joined to us by a channel that closes when we die. */
export function startChild(script, env) {
  return fork(path.join(PROJECT, 'dist', script), [], {
    cwd: PROJECT,
    env,
    execArgv: ['--enable-source-maps', '--import', PRELOAD],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A terminal's Ctrl-C reaches only the supervisor, which stops everyone in order.
    detached: process.platform !== 'win32',
  });
}

const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** Asks the process to stop, insists after ten seconds. */
export async function stopChild(child) {
  if (hasEnded(child)) return;
  child.kill('SIGTERM');
  if (await eventually(() => hasEnded(child), STOP_PATIENCE_MS)) return;
  child.kill('SIGKILL');
  await eventually(() => hasEnded(child), 1000);
}

/**
 * Runs a program to its end: `{ ok, said }`, `said` being what it sent over the channel, merged.
 * `onStart` is given the process.
 */
export function runChild(script, env, onStart = () => {}) {
  const child = startChild(script, env);
  onStart(child);
  const said = {};
  child.on('message', (message) => Object.assign(said, message));
  return new Promise((resolve) => {
    child.once('error', () => resolve({ ok: false, said }));
    child.once('exit', (code) => resolve({ ok: code === 0, said }));
  });
}

/**
 * Starts again what dies, at most five times a minute and only while `mayRestart()`. `start()` returns what watches the
 * process: `{ gone }`, a promise of how it ended. `onTrouble(how, again)` is told each time; `again` is false at the last.
 */
export async function keepRunning(
  start,
  { isStopping, onTrouble, mayRestart = () => true, now = () => performance.now() },
) {
  let deaths = [];
  for (;;) {
    const { gone } = await start();
    const how = await gone;
    if (isStopping()) return;
    deaths = [...deaths.filter((at) => at > now() - 60_000), now()];
    const again = mayRestart() && deaths.length <= RESTARTS_A_MINUTE;
    onTrouble(how, again);
    if (!again) return;
  }
}

/** How the process ends, once it does: a signal's name or an exit code. */
export const ending = (child) =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.code ?? 'error'));
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
