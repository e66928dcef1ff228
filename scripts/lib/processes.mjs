import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const isLinux = process.platform === 'linux';

/** `true` while the process runs; a dead one whose parent has not noticed counts as dead. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if (error.code !== 'EPERM') return false;
  }
  return !(isLinux && processStat(pid)?.state === 'Z');
}

/**
 * What tells a process from a later one with the same number: the boot it lives in and its start time.
 * `null` when it does not run.
 */
export function identityOf(pid) {
  if (!isAlive(pid)) return null;
  if (isLinux) {
    const stat = processStat(pid);
    return stat && `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${stat.startTicks}`;
  }
  if (process.platform === 'win32') return 'running';
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || null;
}

/** The words the process was started with; empty when they cannot be read. */
export function commandLineOf(pid) {
  if (isLinux) {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    } catch {
      return [];
    }
  }
  if (process.platform === 'win32') return [];
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .split(' ');
}

/** The number of the process that started this one, or `null`. */
export function parentOf(pid) {
  if (isLinux) return Number(processStat(pid)?.parent) || null;
  if (process.platform === 'win32') return null;
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout) || null;
}

/** Waits until `condition()` holds; `false` when it did not within `ms`. */
export async function eventually(condition, ms, everyMs = 20) {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    if (await condition()) return true;
    await pause(everyMs);
  }
  return Boolean(await condition());
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function processStat(pid) {
  try {
    // The name, in parentheses, may hold spaces: fields are counted from its end.
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state: fields[0], parent: fields[1], startTicks: fields[19] };
  } catch {
    return null;
  }
}
