import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readJson, writeWhole } from './data-folder.mjs';
import { takeLock } from './lock.mjs';
import { pause } from './processes.mjs';
import { PROJECT } from './project.mjs';
import { Refusal } from './refusal.mjs';

const SERVER = ['apps/api', 'apps/worker', 'libs', 'config', 'bench', 'nest-cli.json', 'tsconfig.json'];
const WEB = ['apps/web', 'libs/contract', 'libs/time'];
const DEPENDENCIES = ['package.json', 'package-lock.json'];
const BUILD_PATIENCE_MS = 5 * 60_000;

/**
 * Builds what changed since the last build: the server side with SWC into dist/, the screens with Vite into dist/web.
 * Two commands started together build once.
 * @throws Refusal when the sources do not compile
 */
export async function ensureBuilt() {
  if (upToDate()) return;
  try {
    await buildWhatChanged();
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new Refusal(
      `Le dossier ${at('dist')} ne peut pas être écrit par cet utilisateur (${error.code}).`,
      `The folder ${at('dist')} cannot be written by this user (${error.code}).`,
    );
  }
}

async function buildWhatChanged() {
  const lock = await waitForLock();
  try {
    if (upToDate()) return;
    console.log('· Compilation… (building)');
    const wanted = fingerprints();
    const built = readMarker();
    if (built.server !== wanted.server) buildServer();
    if (built.web !== wanted.web) buildWeb();
    writeWhole(markerFile, JSON.stringify(wanted), 0o644);
  } finally {
    lock.release();
  }
}

const at = (...parts) => path.join(PROJECT, ...parts);
const markerFile = at('dist', 'built.json');
const readMarker = () => readJson(markerFile) ?? {};

function upToDate() {
  const built = readMarker();
  const wanted = fingerprints();
  return built.server === wanted.server && built.web === wanted.web;
}

function buildServer() {
  // A half-built dist is never taken for a whole one.
  fs.rmSync(markerFile, { force: true });
  for (const folder of ['apps', 'libs', 'config', 'bench'])
    fs.rmSync(at('dist', folder), { recursive: true, force: true });
  run([at('node_modules/@nestjs/cli/bin/nest.js'), 'build', 'api']);
}

function buildWeb() {
  run([at('node_modules/vite/bin/vite.js'), 'build', 'apps/web', '--outDir', at('dist', 'web'), '--emptyOutDir']);
}

function run(words) {
  const { NODE_ENV, ...env } = process.env;
  const done = spawnSync(process.execPath, words, { cwd: PROJECT, env, encoding: 'utf8' });
  if (done.status === 0) return;
  console.error(`${done.stdout}${done.stderr}`);
  throw new Refusal(
    'La compilation a échoué : les lignes ci-dessus disent où.',
    'The build failed: see the lines above.',
  );
}

async function waitForLock() {
  fs.mkdirSync(at('dist'), { recursive: true });
  for (const end = performance.now() + BUILD_PATIENCE_MS; ; await pause(200)) {
    const lock = takeLock(at('dist', 'build.lock'));
    if (lock.ok) return lock;
    if (performance.now() > end) {
      throw new Refusal(
        `Une autre compilation dure depuis trop longtemps (processus ${lock.holder?.pid}).`,
        `Another build has been running for too long (process ${lock.holder?.pid}).`,
      );
    }
  }
}

/** One hash of the contents per side: a clone, a copy or a checkout of the same sources has the same. */
function fingerprints() {
  return { server: fingerprint([...SERVER, ...DEPENDENCIES]), web: fingerprint([...WEB, ...DEPENDENCIES]) };
}

function fingerprint(places) {
  const hash = crypto.createHash('sha256').update(process.version);
  for (const place of places) {
    for (const file of filesUnder(place)) hash.update(`\0${file}\0`).update(fs.readFileSync(at(file)));
  }
  return hash.digest('hex');
}

function filesUnder(place) {
  const stat = fs.statSync(at(place), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [place];
  return fs
    .readdirSync(at(place))
    .sort()
    .filter((name) => !/^(node_modules|dist)$|\.spec\.tsx?$/.test(name))
    .flatMap((name) => filesUnder(`${place}/${name}`));
}
