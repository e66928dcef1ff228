import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterHome, openDataFolder, secrets } from '../../scripts/lib/data-folder.mjs';
import { takeLock } from '../../scripts/lib/lock.mjs';
import { identityOf } from '../../scripts/lib/processes.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palier-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('an empty folder becomes a data folder, and opens again', () => {
  openDataFolder(folder);
  expect(JSON.parse(readFileSync(join(folder, 'palier.json'), 'utf8'))).toEqual({ product: 'palier', format: 1 });
  expect(openDataFolder(folder)).toBe(openDataFolder(folder));
});

it('a folder that holds something else is refused and left as it was', () => {
  writeFileSync(join(folder, 'holiday.jpg'), 'sea');
  expect(() => openDataFolder(folder)).toThrow(/contient autre chose/);
  expect(existsSync(join(folder, 'palier.json'))).toBe(false);
});

it('a folder of another version is refused', () => {
  writeFileSync(join(folder, 'palier.json'), JSON.stringify({ product: 'palier', format: 99 }));
  expect(() => openDataFolder(folder)).toThrow(/autre version/);
});

it('a file in place of the folder is refused', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => openDataFolder(join(folder, 'file'))).toThrow(/n’est pas un dossier/);
});

const asOrdinaryUser = process.getuid?.() === 0 ? it.skip : it;
asOrdinaryUser('a folder that cannot be written is refused', () => {
  chmodSync(folder, 0o500);
  expect(() => openDataFolder(folder)).toThrow(/ne peut pas être écrit/);
});

it('passwords are made once, long, and closed to others', () => {
  const first = secrets(folder, ['owner']);
  expect(first.owner).toHaveLength(32);
  expect(secrets(folder, ['owner', 'serve']).owner).toBe(first.owner);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
});

it('the cluster lies in the data folder when the server can enter it', () => {
  expect(clusterHome(folder, {})).toBe(folder);
});

const asRoot = process.getuid?.() === 0 ? it : it.skip;
asRoot('a copied data folder under a closed home gets a cluster of its own, a moved one keeps its own', () => {
  const nobody = { uid: 65534, gid: 65534 };
  const made: string[] = [];
  const home = (name: string) => {
    const found = clusterHome(join(folder, name), nobody);
    made.push(found);
    return found;
  };
  try {
    chmodSync(folder, 0o700);
    openDataFolder(join(folder, 'first'));
    const first = home('first');
    expect(home('first')).toBe(first);
    cpSync(join(folder, 'first'), join(folder, 'copy'), { recursive: true });
    expect(home('copy')).not.toBe(first);
    cpSync(join(folder, 'first'), join(folder, 'moved'), { recursive: true });
    rmSync(join(folder, 'first'), { recursive: true });
    expect(home('moved')).toBe(first);
  } finally {
    for (const place of made) rmSync(place, { recursive: true, force: true });
  }
});

it('a second start on the same folder is refused while the first runs', () => {
  const file = join(folder, 'lock');
  const first = takeLock(file);
  first.note?.({ url: 'http://127.0.0.1:3000' });
  expect(takeLock(file)).toMatchObject({ ok: false, holder: { pid: process.pid, url: 'http://127.0.0.1:3000' } });
  first.release?.();
  expect(takeLock(file)).toMatchObject({ ok: true, recovered: false });
});

it('the lock of a killed run is taken over', async () => {
  const file = join(folder, 'lock');
  const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const identity = identityOf(killed.pid);
  writeFileSync(file, JSON.stringify({ pid: killed.pid, identity, token: 'its own' }));
  expect(takeLock(file).ok).toBe(false);
  const gone = new Promise((resolve) => killed.once('exit', resolve));
  killed.kill('SIGKILL');
  await gone;
  expect(takeLock(file)).toMatchObject({ ok: true, recovered: true });
});

it('another process that got the number of a killed run is not mistaken for it', () => {
  const file = join(folder, 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'an earlier boot 12345', token: 'its own' }));
  expect(takeLock(file)).toMatchObject({ ok: true, recovered: true });
});
