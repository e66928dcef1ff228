import { type Clock, type Instant, instantToIso } from '@app/time';
import type { Socket } from 'node:net';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { EventBell } from './event-bell';
import { type Context, systemContext } from './context';
import { type Outcome, refuse } from './refusal';

/** One thing that happened, written in the same transaction as the thing itself. Ids and codes only. */
export interface Happening {
  kind: string;
  subjectId?: string | null;
  partnerId?: string | null;
  confidential?: boolean;
  siteId?: string | null;
  /** Local date it is about. */
  day?: string | null;
  detail?: Record<string, unknown>;
}

/** A write that creates, sent with a key: done once, answered twice. */
export interface Once {
  key: string;
  /** Hash of the request, so that a key reused for something else is refused. */
  requestHash: Buffer;
}

/** A transaction whose context the database already knows. */
export class Transaction {
  /** Set by statements that write events of their own (hot paths); `record` sets it too. */
  recorded = false;
  /** Sent before the commit, answered with it. */
  readonly last: Promise<unknown>[] = [];
  /** The commit, when it left already. */
  ended: Promise<unknown> | null = null;

  constructor(
    public context: Context,
    /** The clock's reading, one for the whole transaction. */
    readonly now: Instant,
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
  ) {}

  /** TypeORM's own entity manager inside this transaction. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  async query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.ask({ text: sql, values: parameters })).rows as Row[];
  }

  /** As `query`, but planned once per connection: for hot statements, whose text never changes under their name. */
  async prepared<Row = Record<string, unknown>>(name: string, text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.ask({ name, text, values })).rows as Row[];
  }

  private ask(query: QueryConfig): Promise<QueryResult> {
    if (this.ended !== null) throw new Error('This transaction has ended.');
    return ask(this.client, query);
  }

  /** As `prepared`, for a statement whose answer nothing waits for: the commit leaves right behind it, and fails with it. */
  lastly(name: string, text: string, values: unknown[]): void {
    inOnePacket(this.client);
    const sent = this.prepared(name, text, values);
    sent.catch(() => undefined);
    this.last.push(sent);
  }

  /**
   * Of a transaction that only reads: what was asked until here is all of it, and the commit leaves in the same packet. To ask
   * for more is an error: nothing would say any more who asks.
   */
  endsHere(): void {
    this.ended = ask(this.client, { text: 'commit' });
    this.ended.catch(() => undefined);
  }

  /** The worker's rounds write in several spaces at once: from here on, this transaction is inside another one. */
  async enter(spaceId: string): Promise<void> {
    if (this.context.sight !== 'system') throw new Error('Only the worker goes from one space to another.');
    await this.query(`select set_config('palier.space', $1, true)`, [spaceId]);
    this.context = systemContext(spaceId);
  }

  async record(...happenings: Happening[]): Promise<void> {
    if (!happenings.length) return;
    this.recorded = true;
    await this.query(
      `insert into event (space_id, account_id, at, kind, subject_id, partner_id, confidential, site_id, day, detail)
       select $1, $2, $3, h.kind, h.subject_id, h.partner_id, coalesce(h.confidential, false), h.site_id, h.day, coalesce(h.detail, '{}')
       from jsonb_to_recordset($4) as h(kind text, subject_id uuid, partner_id uuid, confidential boolean, site_id uuid, day date, detail jsonb)`,
      [
        this.context.spaceId,
        this.context.accountId,
        instantToIso(this.now),
        JSON.stringify(
          happenings.map((h) => ({
            kind: h.kind,
            subject_id: h.subjectId,
            partner_id: h.partnerId,
            confidential: h.confidential,
            site_id: h.siteId,
            day: h.day,
            detail: h.detail,
          })),
        ),
      ],
    );
  }

  /** A read of a person's record, a refusal, an administrative act: kept with its author. */
  async audit(
    action: string,
    subjectKind: string,
    subjectId: string | null,
    outcome: 'done' | 'refused' = 'done',
  ): Promise<void> {
    await this.query(
      'insert into audit (space_id, account_id, at, action, subject_kind, subject_id, outcome) values ($1, $2, $3, $4, $5, $6, $7)',
      [this.context.spaceId, this.context.accountId, instantToIso(this.now), action, subjectKind, subjectId, outcome],
    );
  }
}

/**
 * The one helper that owns connections: every transaction begins by telling the database who is asking,
 * with settings that end with it.
 */
export class Database {
  readonly bell: EventBell;

  constructor(
    readonly source: DataSource,
    private readonly clock: Clock,
  ) {
    this.bell = new EventBell(() => source.query(`select pg_notify('palier_events', '')`));
  }

  now(): Instant {
    return this.clock.now();
  }

  /** A transaction in a context. Commits what `work` did; an exception undoes it. */
  async within<T>(context: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run(context, work, () => true);
  }

  /** The worker's rounds, in no space until they `enter` one. */
  async acrossSpaces<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.within(systemContext(''), work);
  }

  /** As `within`, for a command that may refuse: a refusal undoes whatever was written before it. */
  async command<T, Why extends string>(
    context: Context,
    work: (tx: Transaction) => Promise<Outcome<T, Why>>,
  ): Promise<Outcome<T, Why>> {
    return this.run(context, work, (outcome) => outcome.ok);
  }

  /**
   * As `command`, at most once per key and account. The second call gives the first one's answer; a key used for
   * another request is refused. A refusal is not kept: the same key may be tried again.
   */
  async once<T, Why extends string>(
    context: Context,
    once: Once | null,
    work: (tx: Transaction) => Promise<Outcome<T, Why>>,
  ): Promise<Outcome<T, Why | 'key-reused'>> {
    if (!once) return this.command(context, work);
    const tried = await this.run(
      context,
      (tx) => firstTime(tx, once, work),
      (outcome) => outcome?.ok === true,
    );
    return tried ?? this.within(context, (tx) => answeredBefore<T>(tx, once));
  }

  /**
   * Before anyone is known (signing in, the worker's rounds): only the narrow functions answer here.
   * @param name planned once per connection under this name, for what every request asks
   */
  async outside<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = [], name?: string): Promise<Row[]> {
    if (!name) return this.source.query(sql, parameters);
    const runner = this.source.createQueryRunner();
    try {
      const client: PoolClient = await runner.connect();
      return (await ask(client, { name, text: sql, values: parameters })).rows as Row[];
    } finally {
      await runner.release();
    }
  }

  private async run<T>(
    context: Context,
    work: (tx: Transaction) => Promise<T>,
    keeps: (result: T) => boolean,
  ): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client: PoolClient = await runner.connect();
      // Not waited for: the first statements of the work leave in the same packet. Answers come in order, and were this one
      // to fail, nothing after it in the transaction could succeed.
      inOnePacket(client);
      const opened = ask(client, { text: `begin; ${whoAsks(client, context)}` });
      opened.catch(() => undefined);
      // TypeORM did not begin it, and must know of it to lock rows.
      (runner as { isTransactionActive: boolean }).isTransactionActive = true;
      const tx = new Transaction(context, this.clock.now(), runner, client);
      try {
        const result = await work(tx);
        if (keeps(result)) {
          await Promise.all([opened, ...tx.last, tx.ended ?? ask(client, { text: 'commit' })]);
          if (tx.recorded) this.bell.ring();
        } else await ask(client, { text: 'rollback' });
        return result;
      } catch (error) {
        await (tx.ended ?? ask(client, { text: 'rollback' })).catch(() => undefined);
        await opened;
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

/**
 * As `client.query`, by its callback: the promise that pg makes keeps its answer alive past the next collections of garbage. With a
 * hundred rows an answer, half of the time went in copying what nobody would read again (pg 8.23, Node 20).
 */
async function ask(client: PoolClient, query: QueryConfig): Promise<QueryResult> {
  try {
    return await new Promise<QueryResult>((resolve, reject) => {
      void client.query(query, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  } catch (error) {
    // Where it was asked, not the socket that brought the answer.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

function whoAsks(client: PoolClient, { spaceId, sight, partnerId, accountId }: Context): string {
  const told = { space: spaceId, sight, partner: partnerId ?? '', account: accountId ?? '' };
  const settings = Object.entries(told).map(
    ([name, value]) => `set_config('palier.${name}', ${client.escapeLiteral(value)}, true)`,
  );
  return `select ${settings.join(', ')}`;
}

/**
 * What is sent to the server until this turn of the event loop ends leaves in one write: each write wakes the server, which
 * costs more than the statement it carries.
 */
function inOnePacket(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Does the work unless its key was taken before: then null, and whatever was done meanwhile is undone by the caller. */
async function firstTime<T, Why extends string>(
  tx: Transaction,
  { key, requestHash }: Once,
  work: (tx: Transaction) => Promise<Outcome<T, Why>>,
): Promise<Outcome<T, Why> | null> {
  const { spaceId, accountId } = tx.context;
  // A twin under way makes this wait for its commit; the statements of the work wait behind it on the same connection.
  const taken = tx.prepared(
    'once.take',
    'insert into idempotency (space_id, account_id, key, request_hash, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning key',
    [spaceId, accountId, key, requestHash, instantToIso(tx.now)],
  );
  const [claimed, worked] = await Promise.allSettled([taken, work(tx)]);
  if (claimed.status === 'rejected') throw claimed.reason;
  if (!claimed.value.length) return null;
  if (worked.status === 'rejected') throw worked.reason;
  if (worked.value.ok) {
    tx.lastly(
      'once.answer',
      'update idempotency set answer = $4 where space_id = $1 and account_id = $2 and key = $3',
      [spaceId, accountId, key, JSON.stringify(worked.value.value ?? null)],
    );
  }
  return worked.value;
}

async function answeredBefore<T>(tx: Transaction, once: Once): Promise<Outcome<T, 'key-reused'>> {
  const [before] = await tx.query<{ request_hash: Buffer; answer: T }>(
    'select request_hash, answer from idempotency where space_id = $1 and account_id = $2 and key = $3',
    [tx.context.spaceId, tx.context.accountId, once.key],
  );
  if (!before?.request_hash.equals(once.requestHash)) return refuse('key-reused');
  return { ok: true, value: before.answer };
}

/** The constraint's last word: two claims on one resource. */
export function isClaimTaken(error: unknown): boolean {
  return sqlState(error) === '23P01';
}

export function isDuplicate(error: unknown): boolean {
  return sqlState(error) === '23505';
}

function sqlState(error: unknown): string | undefined {
  const failure = error as { code?: string; driverError?: { code?: string } };
  return failure?.driverError?.code ?? failure?.code;
}
