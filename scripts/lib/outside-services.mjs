import net from 'node:net';
import { Refusal } from './refusal.mjs';

const LEAST_POSTGRES = 16;
const PATIENCE_MS = 5000;

/** Checks that a database we do not run ourselves answers and is recent enough. @throws Refusal */
export async function checkDatabase(name, url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    const { rows } = await client.query('SHOW server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major >= LEAST_POSTGRES) return;
    throw new Refusal(
      `${name} mène à PostgreSQL ${major} : Palier demande PostgreSQL ${LEAST_POSTGRES} ou plus récent.`,
      `${name} leads to PostgreSQL ${major}: Palier needs PostgreSQL ${LEAST_POSTGRES} or later.`,
    );
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const why = error.code ?? error.message;
    throw new Refusal(
      `La base donnée par ${name} ne répond pas (${why}).`,
      `The database in ${name} does not answer (${why}).`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** Checks that the Redis we were given answers at all; the worker signs in later. @throws Refusal */
export async function checkRedis(url) {
  const { hostname, port } = new URL(url);
  const why = await new Promise((resolve) => {
    const socket = net.connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 6379 });
    const answer = (found) => {
      resolve(found);
      socket.destroy();
    };
    socket.setTimeout(PATIENCE_MS, () => answer('ETIMEDOUT'));
    socket.once('connect', () => answer(null));
    socket.once('error', (error) => answer(error.code ?? error.message));
  });
  if (why)
    throw new Refusal(
      `Le Redis donné par REDIS_URL ne répond pas (${why}).`,
      `The Redis in REDIS_URL does not answer (${why}).`,
    );
}
