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

/**
 * Follows the event log from its present end, in commit order, on a connection of its own. NOTIFY wakes it; a poll
 * each second makes up for a lost one. A cut connection is taken up again where it stopped.
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
  ) {}

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
    });
    client.on('error', (error) => this.lost(error));
    client.on('notification', () => void this.read());
    await client.connect();
    await client.query('listen palier_events');
    if (!this.position) {
      const { rows } = await client.query('select xid::text as xid, id from last_event()');
      this.position = rows[0];
    }
    this.client = client;
  }

  private lost(error: unknown): void {
    this.client = null;
    if (this.stopped) return;
    this.complain(error);
    setTimeout(() => {
      if (!this.stopped)
        this.connect()
          .then(() => this.read())
          .catch((again) => this.lost(again));
    }, RECONNECT_MS);
  }

  private async read(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    try {
      do {
        this.again = false;
        while (this.client && this.position) {
          const { rows } = await this.client.query<EventRow>({
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
      this.complain(error);
    } finally {
      this.reading = false;
    }
  }
}
