import { migrate } from '@app/persistence';
import { BadSettings, environment } from '@config';
import pg from 'pg';
import { prepareQueue } from './health/queue';
import { ensureServingRole } from './serving-role';

/** Prepares a database once, before anything serves: the schema, the queue's tables, the role that serves. */
async function prepare(): Promise<void> {
  const { databaseUrl, databaseAppUrl, redisUrl, clockOffsetMs } = environment();
  if (!databaseUrl) {
    throw new BadSettings([
      {
        fr: 'DATABASE_URL manque : c’est la base à préparer.',
        en: 'DATABASE_URL is missing: the database to prepare.',
      },
    ]);
  }
  const applied = await migrate(databaseUrl);
  const owner = new pg.Client({ connectionString: databaseUrl, application_name: 'palier-migrate' });
  await owner.connect();
  try {
    if (!redisUrl) await prepareQueue(owner);
    const serving = databaseAppUrl ? await ensureServingRole(owner, databaseAppUrl) : null;
    const { rows } = await owner.query('select from space limit 1');
    process.send?.({ empty: rows.length === 0, lived: clockOffsetMs === 0 ? null : await livedUntil(owner) });
    const role = serving?.made ? `; rôle ${serving.role} créé` : '';
    console.log(
      `Base à jour (${applied.length} migration${applied.length > 1 ? 's' : ''} appliquée${applied.length > 1 ? 's' : ''}${role}).`,
    );
  } finally {
    await owner.end();
  }
}

/** When the latest of what was done here happened, by the product's clock. Reads the whole log: only where the clock is told. */
async function livedUntil(owner: pg.Client): Promise<number | null> {
  const { rows } = await owner.query<{ at: number | null }>(
    'select (extract(epoch from max(at)) * 1000)::float8 as at from event',
  );
  return rows[0]?.at ?? null;
}

prepare().catch((error: unknown) => {
  if (error instanceof BadSettings) for (const { fr, en } of error.sentences) console.error(`${fr} / ${en}`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
