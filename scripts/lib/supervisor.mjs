import fs from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../embedded-postgres.mjs';
import { sayReady } from './banner.mjs';
import { ensureBuilt } from './build.mjs';
import { ending, keepRunning, runChild, startChild, stopChild } from './children.mjs';
import { cleanups } from './cleanups.mjs';
import { openDataFolder, readablePassword, readJson, secrets, writeWhole } from './data-folder.mjs';
import { ensureDependencies } from './install.mjs';
import { takeLock } from './lock.mjs';
import { checkDatabase, checkRedis } from './outside-services.mjs';
import { freePort, whyNotListen } from './ports.mjs';
import { commandLineOf, eventually, identityOf, isAlive, parentOf } from './processes.mjs';
import { PROJECT } from './project.mjs';
import { Refusal, sayWhy } from './refusal.mjs';
import { carryOn, readSettings } from './settings.mjs';

const READY_PATIENCE_MS = 60_000;
const LOCK_PATIENCE_MS = 20_000;
// After a killed run, its api still frees the port while it notices that nobody supervises it.
const PORT_PATIENCE_MS = { afterAKill: 15_000, otherwise: 500 };

/** Starts everything, keeps it running, and stops it all on Ctrl-C. Ends the process. */
export async function run() {
  const undo = cleanups();
  let startup = null;
  let stopping = false;

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Asked twice: at once, and the next start recovers.
      if (stopping) process.exit(1);
      console.log('\n· Arrêt… (stopping)');
      finish(0).catch(sayWhy);
    });
  }
  // Whoever could stop us has gone: a killed npm, or the test that started us.
  const npm = launcher();
  if (npm) setInterval(() => isAlive(npm.pid) || finish(0).catch(sayWhy), 500).unref();
  if (process.channel) process.on('disconnect', () => finish(0).catch(sayWhy));
  startup = start({ npm, undo, isStopping: () => stopping, giveUp: () => finish(1) });
  try {
    await startup;
  } catch (error) {
    if (stopping) return;
    sayWhy(error);
    await finish(1);
  }

  async function finish(code) {
    if (stopping) return;
    stopping = true;
    // A step under way ends with its process; what it began meanwhile is undone as well.
    await undo.run();
    await startup?.catch(() => {});
    await undo.run();
    process.exit(code);
  }
}

async function start({ npm, undo, isStopping, giveUp }) {
  const began = performance.now();
  const goOn = () => {
    if (isStopping()) throw new Refusal('Arrêt demandé.', 'Asked to stop.');
  };
  ensureDependencies();
  await breath(goOn);
  await ensureBuilt();
  await breath(goOn);

  const { settings, env } = await readSettings(process.env);
  const dataFolder = openDataFolder(settings.dataFolder ?? path.join(PROJECT, '.data'));
  const lock = await lockDataFolder(dataFolder);
  undo.add(() => lock.release());
  lock.note({ launcher: npm });
  const port = await claimPort(settings, lock.recovered);
  env.HOST = settings.host;
  env.PORT = String(port);

  const database = await openDatabase({ settings, dataFolder, undo, isStopping, giveUp });
  goOn();
  if (settings.redisUrl) await checkRedis(settings.redisUrl);
  const { demonstration, setupCode } = await prepare({ settings, env, database, dataFolder, undo, goOn });

  const { DATABASE_URL, PALIER_DEMO_PASSWORD, ...served } = env;
  Object.assign(served, {
    NODE_ENV: env.NODE_ENV ?? 'production',
    // The terminal keeps to what needs someone.
    LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
    // Node 22 and later start faster with what they compiled last time.
    NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? path.join(PROJECT, 'dist', 'compiled'),
    DATABASE_APP_URL: database.app,
    PALIER_DEMO: settings.demo ? 'yes' : 'no',
  });
  const api = keepChild('api', 'apps/api/src/main.js', served, { undo, isStopping, giveUp });
  const worker = keepChild('worker', 'apps/worker/src/main.js', served, { undo, isStopping, giveUp });
  const address = addressToAsk(settings.host, port);
  await waitUntilReady(address, goOn);
  for (const child of [api, worker]) child.hasServed = true;

  const url = settings.port === 0 ? address : settings.publicUrl;
  lock.note({ url, launcher: npm });
  undo.add(() => lock.note({ url, stopping: true }));
  sayReady({
    url,
    address,
    dataFolder,
    database,
    demonstration,
    setupCode,
    seconds: (performance.now() - began) / 1000,
  });
  // Whoever started us with a channel (a test) learns what the banner says.
  process.send?.({
    ready: true,
    url: address,
    dataFolder,
    demonstration,
    pids: { api: api.child.pid, worker: worker.child.pid, postgres: database.pid },
    databaseUrl: database.owner,
    databaseAppUrl: database.app,
  });
}

/** Lets a signal that arrived during a blocking step be heard. */
async function breath(goOn) {
  await new Promise((resolve) => setImmediate(resolve));
  goOn();
}

async function lockDataFolder(dataFolder) {
  const file = path.join(dataFolder, 'palier.lock');
  let lock = takeLock(file);
  // One that is stopping, or whose npm was killed and is about to notice, leaves the place in a moment.
  const isLeaving = ({ stopping, launcher }) =>
    stopping || (launcher && identityOf(launcher.pid) !== launcher.identity);
  await eventually(
    () => {
      if (!lock.ok && lock.holder && isLeaving(lock.holder)) lock = takeLock(file);
      return lock.ok || (lock.holder && !isLeaving(lock.holder));
    },
    LOCK_PATIENCE_MS,
    100,
  );
  if (lock.ok) return lock;
  const where = lock.holder?.url ? `, ${lock.holder.url}` : '';
  throw new Refusal(
    `Palier tourne déjà sur le dossier ${dataFolder} (processus ${lock.holder?.pid}${where}).`,
    `Palier already runs on the folder ${dataFolder} (process ${lock.holder?.pid}${where}).`,
  );
}

/** The npm that runs us, through a shell or not, and passes Ctrl-C on; `null` when nobody stands between. */
function launcher() {
  if (!process.env.npm_lifecycle_event) return null;
  const isShell = /^(ba|da|z|k)?sh$/.test(path.basename(commandLineOf(process.ppid)[0] ?? ''));
  const pid = isShell ? parentOf(process.ppid) : process.ppid;
  const identity = identityOf(pid);
  return identity && { pid, identity };
}

async function claimPort({ host, port }, recovered) {
  if (port === 0) return freePort();
  let why = null;
  const patience = recovered ? PORT_PATIENCE_MS.afterAKill : PORT_PATIENCE_MS.otherwise;
  const free = await eventually(async () => {
    why = await whyNotListen(host, port);
    return why !== 'EADDRINUSE';
  }, patience);
  if (free && why === null) return port;
  if (why === 'EADDRINUSE') {
    throw new Refusal(
      `Le port ${port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port (PORT=3001).`,
      `Port ${port} is already used by another program: stop it, or choose another port (PORT=3001).`,
    );
  }
  if (why === 'EACCES') {
    throw new Refusal(
      `Le port ${port} est réservé sur cette machine : choisissez-en un au-dessus de 1024 (PORT).`,
      `Port ${port} is reserved on this machine: choose one above 1024 (PORT).`,
    );
  }
  throw new Refusal(
    `HOST=${host} n’est pas une adresse de cette machine (${why}).`,
    `HOST=${host} is not an address of this machine (${why}).`,
  );
}

/** The database we were given, or our own: `{ owner, app, said, … }`. */
async function openDatabase({ settings, dataFolder, undo, isStopping, giveUp }) {
  if (settings.databaseUrl) {
    await checkDatabase('DATABASE_URL', settings.databaseUrl);
    await checkDatabase('DATABASE_APP_URL', settings.databaseAppUrl);
    return { owner: settings.databaseUrl, app: settings.databaseAppUrl, said: 'DATABASE_URL' };
  }
  const cluster = await startEmbeddedPostgres(dataFolder);
  undo.add(() => cluster.stop());
  let first = true;
  const supervise = keepRunning(
    async () => {
      if (!first) await cluster.restart();
      first = false;
      return { gone: cluster.died };
    },
    { isStopping, onTrouble: sayTrouble('PostgreSQL', giveUp) },
  );
  supervise.catch((error) => {
    if (isStopping()) return;
    sayWhy(error);
    giveUp().catch(sayWhy);
  });
  const { owner, app } = cluster.urls;
  return {
    owner,
    app,
    pid: cluster.pid,
    empty: () => cluster.empty(),
    said: `PostgreSQL ${cluster.version}, port ${cluster.port}`,
    folder: cluster.folder,
  };
}

/**
 * Migrates, then loads the demonstration into an empty database: `{ demonstration }`, what to print about it. Without
 * the demonstration an empty database gets `{ setupCode }`, for whoever founds its first space.
 */
async function prepare({ settings, env, database, dataFolder, undo, goOn }) {
  // A demonstration half loaded by a run that was stopped holds nobody's work: it begins again.
  const loading = path.join(dataFolder, 'demonstration.loading');
  if (fs.existsSync(loading)) await database.empty?.();
  const owned = () => ({ ...env, DATABASE_URL: database.owner, DATABASE_APP_URL: database.app });
  const step = async (script, stepEnv, failed) => {
    goOn();
    let done = () => {};
    const { ok, said } = await runChild(script, stepEnv, (child) => {
      done = undo.add(() => stopChild(child));
    });
    done();
    goOn();
    if (!ok) throw failed;
    return said;
  };
  const { empty, lived } = await step(
    'apps/api/src/migrate.js',
    owned(),
    new Refusal(
      'La base n’a pas pu être mise à jour : la raison est ci-dessus.',
      'The database could not be migrated; see above.',
    ),
  );
  const said = await carryOn(env, lived);
  if (said) console.log(`· ${said}`);
  if (!settings.demo) {
    // An empty database opens on the page that founds the first space, for whoever holds this code.
    if (!empty) return {};
    env.PALIER_SETUP_CODE = settings.setupCode ?? secrets(dataFolder, ['setup'], readablePassword).setup;
    return { setupCode: env.PALIER_SETUP_CODE };
  }

  const file = path.join(dataFolder, 'demonstration.json');
  const known = readJson(file);
  const password =
    settings.demoPassword ?? known?.password ?? secrets(dataFolder, ['demonstration'], readablePassword).demonstration;
  if (empty === false && known?.password === password) return { demonstration: known };
  if (empty) writeWhole(loading, '', 0o644);
  if (empty !== false) console.log('· Chargement de l’espace de démonstration… (loading the demonstration)');
  const { accounts = [] } = await step(
    'apps/api/src/demo.js',
    { ...owned(), PALIER_DEMO_PASSWORD: password },
    new Refusal(
      'La démonstration n’a pas pu être chargée : la raison est ci-dessus.',
      'The demonstration could not be loaded; see above.',
    ),
  );
  const demonstration = { password, accounts };
  writeWhole(file, JSON.stringify(demonstration, null, 2), 0o600);
  fs.rmSync(loading, { force: true });
  return { demonstration };
}

function keepChild(name, script, env, { undo, isStopping, giveUp }) {
  const kept = { child: null, hasServed: false };
  const spawnIt = () => {
    kept.child = startChild(script, env);
    return { gone: ending(kept.child) };
  };
  undo.add(() => stopChild(kept.child));
  keepRunning(spawnIt, {
    isStopping,
    onTrouble: sayTrouble(name, giveUp, kept),
    mayRestart: () => kept.hasServed,
  }).catch(sayWhy);
  return kept;
}

function sayTrouble(name, giveUp, kept = { hasServed: true }) {
  return (how, again) => {
    if (again) {
      console.error(`· ${name} s’est arrêté (${how}) ; il est relancé. (${name} stopped and is started again)`);
      return;
    }
    console.error(
      kept.hasServed
        ? `✗ ${name} s’arrête sans cesse (${how}) ; tout s’arrête. (${name} keeps stopping: giving up)`
        : `✗ ${name} n’a pas démarré (${how}) : les lignes ci-dessus disent pourquoi. (${name} did not start)`,
    );
    giveUp().catch(sayWhy);
  };
}

async function waitUntilReady(address, goOn) {
  const answers = async () => {
    goOn();
    try {
      return (await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5000) })).ok;
    } catch {
      return false;
    }
  };
  if (await eventually(answers, READY_PATIENCE_MS, 50)) return;
  throw new Refusal(
    `L’application ne s’est pas déclarée prête en ${READY_PATIENCE_MS / 1000} secondes : les lignes ci-dessus disent pourquoi.`,
    `The application was not ready within ${READY_PATIENCE_MS / 1000} seconds: see the lines above.`,
  );
}

/** Where we reach ourselves: a server that listens everywhere answers on loopback. */
function addressToAsk(host, port) {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::' || host === '[::]') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
