import pg from 'pg';
import { palierTypes } from './pg-types';

export interface EventRow {
  id: number;
  xid: string;
  space_id: string;
  partner_id: string | null;
  confidential: boolean;
  account_id: string | null;
  at: number;
  kind: string;
  subject_id: string | null;
  site_id: string | null;
  day: string | null;
  detail: Record<string, unknown>;
}

const POLL_MS = 1_000;
const BATCH = 500;
const RECONNECT_MS = 1_000;
/** A server silent for longer is behind a line that was cut without a word. */
const PATIENCE_MS = 10_000;

/**
 * Follows the event log from its present end, in commit order, on a connection of its own. NOTIFY wakes it; a poll
 * each second makes up for a lost one. A cut connection is taken up again where it stopped, a silent one too.
 */
export class EventReader {
  private client: pg.Client | null = null;
  private position: { xid: string; id: number } | null = null;
  private timer: NodeJS.Timeout | null = null;
  private reading = false;
  private again = false;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly hear: (events: EventRow[]) => void,
    private readonly complain: (error: unknown) => void = () => undefined,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @throws when the database is out of reach at first */
  async start(): Promise<void> {
    await this.connect();
    this.timer = setInterval(() => void this.read(), POLL_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'palier-events',
      types: palierTypes as never,
      keepAlive: true,
      connectionTimeoutMillis: this.patienceMs,
      query_timeout: this.patienceMs,
    });
    client.on('error', (error) => this.lost(client, error));
    client.on('notification', () => void this.read());
    try {
      await client.connect();
      await client.query('listen palier_events');
      if (!this.position) {
        const { rows } = await client.query('select xid::text as xid, id from last_event()');
        this.position = rows[0];
      }
    } catch (error) {
      leave(client);
      throw error;
    }
    if (this.stopped) leave(client);
    else this.client = client;
  }

  /** One that was left already, or is still being connected, is nothing to take up again. */
  private lost(client: pg.Client, error: unknown): void {
    if (client !== this.client) return;
    this.client = null;
    leave(client);
    if (this.stopped) return;
    this.complain(error);
    this.takeUpAgain();
  }

  private takeUpAgain(): void {
    setTimeout(() => {
      if (this.stopped) return;
      this.connect().then(
        () => this.read(),
        (error) => {
          if (this.stopped) return;
          this.complain(error);
          this.takeUpAgain();
        },
      );
    }, RECONNECT_MS);
  }

  private async read(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return;
    }
    const { client } = this;
    if (!client) return;
    this.reading = true;
    try {
      do {
        this.again = false;
        while (client === this.client && this.position) {
          const { rows } = await client.query<EventRow>({
            name: 'events',
            text: 'select *, xid::text as xid from events_after($1::text::xid8, $2, $3)',
            values: [this.position.xid, this.position.id, BATCH],
          });
          const last = rows.at(-1);
          if (last) {
            this.position = { xid: last.xid, id: last.id };
            this.hear(rows);
          }
          // What comes after has a bell of its own: to look again for it at once would be never to stop, in a busy hour.
          if (rows.length < BATCH) break;
        }
      } while (this.again);
    } catch (error) {
      // What the server itself refuses may be asked again of it; no answer at all is asked on another line.
      if (error instanceof pg.DatabaseError) this.complain(error);
      else this.lost(client, error);
    } finally {
      this.reading = false;
    }
  }
}

function leave(client: pg.Client): void {
  client.end().catch(() => undefined);
}
