import { assertSchemaCompatibility, runMigrations } from 'bullmq';
import type pg from 'pg';
import { QUEUE } from '../../../../config/queue';

/** Where BullMQ keeps its jobs in PostgreSQL: its own default, so that nobody needs to be told. */
const SCHEMA = 'bullmq';

/**
 * Makes or updates the queue's tables with the owner's connection; the application may use them, not change them.
 * BullMQ would make a sequence with the queue's first job: made by the application, the next migration could not grant it.
 */
export async function prepareQueue(owner: pg.Client): Promise<void> {
  await runMigrations(owner, SCHEMA);
  await owner.query(`
    do $$ begin
      execute format('create sequence if not exists ${SCHEMA}.%I', ${SCHEMA}.job_id_seq_name('${QUEUE}'));
    end $$`);
  await owner.query(`grant usage on schema ${SCHEMA} to palier_app`);
  await owner.query(`grant select, insert, update, delete on all tables in schema ${SCHEMA} to palier_app`);
  await owner.query(`grant usage, select, update on all sequences in schema ${SCHEMA} to palier_app`);
  await owner.query(`grant execute on all functions in schema ${SCHEMA} to palier_app`);
}

/** @throws when the queue's tables are missing, or made for another version */
export async function refuseQueueOfAnotherTime(
  query: (sql: string, parameters?: unknown[]) => Promise<Record<string, unknown>[]>,
): Promise<void> {
  await assertSchemaCompatibility(
    {
      query: async (sql: string, parameters?: readonly unknown[]) => ({
        rows: (await query(sql, [...(parameters ?? [])])) as never,
      }),
    },
    SCHEMA,
  );
}
