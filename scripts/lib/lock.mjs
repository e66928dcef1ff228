import crypto from 'node:crypto';
import fs from 'node:fs';
import { identityOf } from './processes.mjs';

/**
 * Takes a lock that dies with its holder: a file that names the process and when it started.
 * `{ ok: true, recovered, note(details), release() }`, `recovered` when its last holder was killed; or `{ ok: false, holder }` with what the holder noted.
 *
 * @param {string} file
 * @returns {{ ok: boolean, recovered?: boolean, holder?: any, note?: (details: object) => void, release?: () => void }}
 */
export function takeLock(file) {
  const mine = { pid: process.pid, identity: identityOf(process.pid), token: crypto.randomUUID() };
  let recovered = false;
  const draft = `${file}.${mine.token}`;
  fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        // A link appears whole or not at all, and fails when the name is taken.
        fs.linkSync(draft, file);
        return { ok: true, recovered, ...held(file, mine) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readLock(file);
      if (holder && identityOf(holder.pid) === holder.identity) return { ok: false, holder };
      removeStale(file, holder);
      recovered = true;
    }
    return { ok: false, holder: readLock(file) };
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function held(file, mine) {
  return {
    note(details) {
      const draft = `${file}.${mine.token}`;
      fs.writeFileSync(draft, JSON.stringify({ ...mine, ...details }), { mode: 0o644 });
      fs.renameSync(draft, file);
    },
    release() {
      if (readLock(file)?.token === mine.token) fs.rmSync(file, { force: true });
    },
  };
}

function removeStale(file, stale) {
  const aside = `${file}.${crypto.randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  // Someone else may have taken over between our look and our move: then it gets its lock back.
  if (readLock(aside)?.token !== stale?.token) {
    try {
      fs.linkSync(aside, file);
    } catch {}
  }
  fs.rmSync(aside, { force: true });
}

function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
