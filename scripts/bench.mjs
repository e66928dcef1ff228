// npm run bench -- NAME: runs bench/NAME.bench.ts, on a fresh durable PostgreSQL that vanishes afterwards if it wants one.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { startTemporaryPostgres } from './embedded-postgres.mjs';
import { findBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { runChild } from './lib/children.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { PROJECT } from './lib/project.mjs';
import { Refusal, sayWhy } from './lib/refusal.mjs';

const WITHOUT_DATABASE = ['agreement', 'hostile'];

try {
  process.exitCode = await bench(process.argv[2], process.argv.slice(3));
} catch (error) {
  sayWhy(error);
  process.exitCode = 1;
}

async function bench(name, words) {
  const known = fs
    .readdirSync(path.join(PROJECT, 'bench'))
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.replace('.bench.ts', ''));
  if (!known.includes(name)) {
    throw new Refusal(
      `Dites quelle mesure : npm run bench -- ${known.join(' | ')}`,
      `Say which benchmark: npm run bench -- ${known.join(' | ')}`,
    );
  }
  ensureDependencies();
  await ensureBuilt();
  if (WITHOUT_DATABASE.includes(name)) return measure(name, words, process.env);
  const postgres = await startTemporaryPostgres({ durable: true, name: 'bench' });
  try {
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: postgres.urls.owner,
      DATABASE_APP_URL: postgres.urls.app,
      BENCH_SUPERUSER_URL: postgres.urls.superuser,
      POSTGRES_LOG: postgres.log,
      BENCH_BROWSER: findBrowser() ?? '',
    };
    const { ok } = await runChild('apps/api/src/migrate.js', env);
    if (!ok) throw new Refusal('La base n’a pas pu être migrée.', 'The database could not be migrated.');
    return await measure(name, words, env);
  } finally {
    await postgres.stop();
  }
}

function measure(name, words, env) {
  const child = spawn(process.execPath, ['--enable-source-maps', `dist/bench/${name}.bench.js`, ...words], {
    cwd: PROJECT,
    env,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the benchmark too: we wait for it, then stop the server.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
