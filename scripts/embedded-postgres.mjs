import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clusterHome, openDataFolder, secrets } from './lib/data-folder.mjs';
import { freePort } from './lib/ports.mjs';
import { postgresBinaries, program, serverVersion } from './lib/postgres-binaries.mjs';
import { commandLineOf, eventually, isAlive, pause } from './lib/processes.mjs';
import { Refusal } from './lib/refusal.mjs';
import { canReach, giveTo, serverUser, temporaryFolder } from './lib/unprivileged.mjs';

const DATABASE = 'palier';
const STOP_PATIENCE_MS = 30_000;
const START_PATIENCE_MS = 120_000;
const KEEPER = fileURLToPath(new URL('./lib/keeper.mjs', import.meta.url));

/**
 * Runs the real PostgreSQL server on a data folder, on loopback and a free port, with passwords of its own.
 *
 * - `urls.owner` owns and migrates the database `palier`; `urls.app` serves it and cannot bypass row-level security;
 *   `urls.superuser` is for backups and tests.
 * - `died`: resolves with a sentence when the server goes without having been asked to; `restart()` brings it back on
 *   the same port.
 * - `stop()`: a clean stop; safe to call twice.
 *
 * A server that a killed run left on the folder is stopped first, once its process is proven to be that server.
 * The caller holds the lock on the data folder.
 * @throws Refusal
 */
export async function startEmbeddedPostgres(wantedFolder) {
  const dataFolder = openDataFolder(wantedFolder);
  const user = serverUser(path.join(dataFolder, 'postgres'));
  const home = clusterHome(dataFolder, user);
  return startCluster({ dataFolder, home, user, settings: DURABLE });
}

/**
 * The same server on a folder that vanishes with it, for tests (`durable: false`: a crash may lose data, nothing waits
 * for the disk) and benchmarks. It stops when this process ends, however it ends.
 */
export async function startTemporaryPostgres({ durable = false, name = 'test' } = {}) {
  const user = serverUser('');
  // A benchmark writes to a real disk: /tmp is often memory.
  const roots = durable ? ['/var/tmp', os.tmpdir()] : [os.tmpdir(), '/var/tmp'];
  const dataFolder = temporaryFolder(user, `palier-${name}-`, roots);
  const settings = durable ? DURABLE : { ...DURABLE, ...HASTY };
  let cluster;
  try {
    cluster = await startCluster({ dataFolder: openDataFolder(dataFolder), home: dataFolder, user, settings });
  } catch (error) {
    fs.rmSync(dataFolder, { recursive: true, force: true });
    throw error;
  }
  const keeper = spawn(process.execPath, [KEEPER, String(cluster.pid), cluster.folder, dataFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  keeper.unref();
  keeper.stdin.unref?.();
  const stop = async () => {
    await cluster.stop();
    keeper.stdin.end();
    fs.rmSync(dataFolder, { recursive: true, force: true });
  };
  return { ...cluster, stop };
}

async function startCluster({ dataFolder, home, user, settings }) {
  const folder = path.join(home, 'postgres');
  const native = postgresBinaries(user);
  const passwords = secrets(dataFolder, ['superuser', 'owner', 'serve']);
  const log = path.join(dataFolder, 'postgres.log');

  if (!fs.existsSync(folder)) createCluster({ native, folder, user, password: passwords.superuser });
  checkCluster(folder, user);
  await stopLeftBehind(folder, native);
  trimLog(log);

  const server = await launch({ native, folder, user, log, settings });
  const url = (role, password, database = DATABASE) =>
    `postgres://${role}:${password}@127.0.0.1:${server.port}/${database}`;
  const superuser = url('postgres', passwords.superuser, 'postgres');
  const cluster = {
    dataFolder,
    folder,
    log,
    port: server.port,
    version: serverVersion().replace(/\.0-.*$/, ''),
    urls: {
      superuser,
      owner: url('palier_owner', passwords.owner),
      app: url('palier_serve', passwords.serve),
    },
    get pid() {
      return server.child.pid;
    },
    get died() {
      return server.died;
    },
    stop: () => server.stop(),
    restart: () => server.restart(),
    /** Throws away the whole database and begins with an empty one. */
    empty: () => emptyDatabase(superuser),
  };
  try {
    await prepareDatabase(superuser, passwords);
  } catch (error) {
    await server.stop();
    if (error.code === '28P01') throw foreignPasswords(dataFolder);
    throw error;
  }
  return cluster;
}

function createCluster({ native, folder, user, password }) {
  // Made aside and moved once whole: a first start killed here begins again.
  const draft = `${folder}.new`;
  const passwordFile = `${draft}.password`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  giveTo(user, draft);
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(user, passwordFile);
  try {
    const made = spawnSync(
      program(native, 'initdb'),
      [
        ...['-D', draft, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
        // Accents fold right on every machine, whatever locales it has.
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ],
      { ...user, cwd: '/', env: serverEnvironment(), encoding: 'utf8' },
    );
    if (made.status !== 0) throw cannotStart(`${made.error?.message ?? ''}${made.stdout ?? ''}${made.stderr ?? ''}`);
    fs.renameSync(draft, folder);
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function checkCluster(folder, user) {
  const major = serverVersion().split('.')[0];
  const owner = fs.statSync(folder).uid;
  const expected = user.uid ?? process.getuid?.();
  if (expected !== undefined && owner !== expected) {
    throw new Refusal(
      `La base ${folder} appartient à un autre utilisateur (uid ${owner}) : lancez Palier sous cet utilisateur, ou choisissez un autre dossier (PALIER_DATA).`,
      `The database ${folder} belongs to another user (uid ${owner}): run Palier as that user, or choose another folder (PALIER_DATA).`,
    );
  }
  if (!canReach(user, folder)) {
    throw new Refusal(
      `PostgreSQL ne peut pas entrer dans ${folder} : choisissez un autre dossier (PALIER_DATA).`,
      `PostgreSQL cannot enter ${folder}: choose another folder (PALIER_DATA).`,
    );
  }
  const found = fs.readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found !== major) {
    throw new Refusal(
      `La base ${folder} vient de PostgreSQL ${found}, ce Palier utilise PostgreSQL ${major}.`,
      `The database ${folder} comes from PostgreSQL ${found}, this Palier uses PostgreSQL ${major}.`,
    );
  }
}

/** Stops the server a killed run left on this folder. Nothing is signalled before it is proven to be that server. */
async function stopLeftBehind(folder, native) {
  const pid = Number(postmasterFile(folder)?.[0]);
  if (!isPostmasterOf(pid, folder)) return;
  await stopPostmaster(pid, folder, native);
}

export function isPostmasterOf(pid, folder) {
  if (!isAlive(pid)) return false;
  const words = commandLineOf(pid);
  return path.basename(words[0] ?? '').startsWith('postgres') && words.includes(folder);
}

async function stopPostmaster(pid, folder, native) {
  if (process.platform === 'win32') {
    spawnSync(program(native, 'pg_ctl'), ['stop', '-D', folder, '-m', 'fast', '-w']);
    return;
  }
  // SIGINT: connections are closed and everything is written; SIGQUIT: at once, the journal is replayed at next start.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await eventually(() => !isAlive(pid), STOP_PATIENCE_MS)) return;
  }
}

async function launch(options) {
  let restarting = null;
  const server = { ...(await spawnServer(options)), stop, restart };
  return server;

  async function stop() {
    await restarting?.catch(() => {});
    if (isAlive(server.child.pid)) await stopPostmaster(server.child.pid, options.folder, options.native);
  }

  async function restart() {
    restarting = spawnServer({ ...options, port: server.port });
    Object.assign(server, await restarting);
  }
}

async function spawnServer(options) {
  const giveUpAt = performance.now() + START_PATIENCE_MS;
  for (;;) {
    const port = options.port ?? (await freePort());
    const { child, said } = spawnOnce({ ...options, port });
    const gone = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    const failed = await Promise.race([gone.then(() => true), isReady(options.folder, child.pid).then(() => false)]);
    if (!failed) return { child, port, died: gone };
    const words = said();
    // A port taken since we looked, or the last memory of a killed server still held by its dying children.
    const mayPass = /could not bind|already in use|shared memory block|is still in use|lock file/i.test(words);
    if (!mayPass || performance.now() > giveUpAt) throw cannotStart(words);
    await pause(200);
  }
}

function spawnOnce({ native, folder, user, log, settings, port }) {
  const output = fs.openSync(log, 'a', 0o600);
  const from = fs.fstatSync(output).size;
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached, so that Ctrl-C in the terminal reaches it last, after those it serves.
  const child = spawn(program(native, 'postgres'), ['-D', folder, '-p', String(port), ...flags], {
    ...user,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  fs.closeSync(output);
  const said = () => fs.readFileSync(log).subarray(from).toString('utf8');
  return { child, said };
}

async function isReady(folder, pid) {
  const ready = () => {
    const lines = postmasterFile(folder);
    return Number(lines?.[0]) === pid && lines[7]?.startsWith('ready');
  };
  await eventually(() => ready() || !isAlive(pid), START_PATIENCE_MS);
  // When it died instead, its exit decides the race.
  if (!ready()) await pause(1000);
}

/** Its lines: pid, folder, start, port, socket folder, address, shared memory, state. */
function postmasterFile(folder) {
  try {
    return fs.readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

function emptyDatabase(superuser) {
  return withClient(superuser, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${DATABASE} OWNER palier_owner`);
  });
}

function prepareDatabase(superuser, passwords) {
  return withClient(superuser, async (client) => {
    const roles = (await client.query('SELECT rolname FROM pg_roles')).rows.map((row) => row.rolname);
    const make = async (name, options) => {
      if (!roles.includes(name)) await client.query(`CREATE ROLE ${name} ${options}`);
    };
    // The migrations grant rights to palier_app; palier_serve only signs in.
    await make('palier_app', 'NOLOGIN NOSUPERUSER NOBYPASSRLS');
    await make('palier_owner', `LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '${passwords.owner}'`);
    await make('palier_serve', `LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${passwords.serve}' IN ROLE palier_app`);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER palier_owner`);
  });
}

async function withClient(url, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const MEGABYTE = 1024 * 1024;
const memory = os.totalmem() / MEGABYTE;
const megabytes = (wanted, share) => `${Math.max(32, Math.round(Math.min(wanted, memory * share)))}MB`;

const DURABLE = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Two hundred desks may press the same button at once.
  max_connections: 300,
  shared_buffers: megabytes(512, 1 / 8),
  effective_cache_size: megabytes(2048, 1 / 2),
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  random_page_cost: 1.1,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %d ',
  log_checkpoints: 'off',
};

const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' };

function serverEnvironment() {
  const { PATH, SystemRoot } = process.env;
  return { PATH, ...(SystemRoot && { SystemRoot }), LC_ALL: 'C', TZ: 'UTC' };
}

function trimLog(log) {
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 20 * MEGABYTE) fs.renameSync(log, `${log}.old`);
}

function cannotStart(words) {
  if (/No space left|disk full/i.test(words)) {
    return new Refusal(
      'Le disque est plein : la base ne peut pas démarrer.',
      'The disk is full: the database cannot start.',
    );
  }
  const lines = words.trim().split('\n');
  const reason = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1);
  return new Refusal(
    `La base de données embarquée n’a pas démarré (${reason}).`,
    'The embedded database did not start; the reason is above.',
  );
}

const foreignPasswords = (dataFolder) =>
  new Refusal(
    `Les mots de passe gardés dans ${dataFolder} n’ouvrent pas la base qui s’y trouve : son fichier secrets.json a été perdu ou remplacé.`,
    `The passwords kept in ${dataFolder} do not open the database there: its secrets.json was lost or replaced.`,
  );
