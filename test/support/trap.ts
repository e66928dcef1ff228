import pg from 'pg';
import { eventually } from '../../scripts/lib/processes.mjs';
import { superuserUrl, type TestDatabase } from './database';

/** Holds the worker's next statement of a kind on a table, so that it can be killed right there. */
export class Trap {
  private constructor(
    private readonly client: pg.Client,
    private readonly table: string,
  ) {}

  static async on(test: TestDatabase, table: string, statement: string): Promise<Trap> {
    const client = new pg.Client({ connectionString: superuserUrl(test) });
    await client.connect();
    // The server goes before us when a test fails: that says nothing more.
    client.on('error', () => undefined);
    await client.query('select pg_advisory_lock(42)');
    await client.query(`
      create or replace function trap() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(42); return null; end $$;
      create trigger trap before ${statement} on ${table} for each statement execute function trap()`);
    return new Trap(client, table);
  }

  async caught(): Promise<boolean> {
    const waiting = `select from pg_locks l join pg_database d on d.oid = l.database
      where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`;
    return eventually(async () => Boolean((await this.client.query(waiting)).rowCount), 20_000, 20);
  }

  /** Lets go. What the dead worker's connection still holds is undone by the server before the table is free again. */
  async open(): Promise<void> {
    await this.client.query('select pg_advisory_unlock(42)');
    await this.client.query(`drop trigger trap on ${this.table}`);
    await this.client.end();
  }
}
