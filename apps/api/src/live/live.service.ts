import type { ServerResponse } from 'node:http';
import { type OpenSession, Sessions, type Viewer } from '@app/accounts';
import type { Heard, Me } from '@app/contract';
import { Database, EventReader, type EventRow } from '@app/persistence';
import type { Environment } from '@config';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ENVIRONMENT } from '../environment.module';
import { heardOf, hears, isAfter, type Place, placeOf, readPlace, resyncAt, writePlace } from './hears';

const HEARTBEAT_MS = 20_000;
/** Events kept for screens that come back after a short cut. */
const REMEMBERED = 2_000;
const SCREENS_PER_ACCOUNT = 20;
const BEGINNING: Place = { xid: 0n, id: 0n };
/** A screen that reads slower than this much behind is let go: it comes back and looks at everything again. */
const BACKLOG_BYTES = 1024 * 1024;

interface Screen {
  viewer: Viewer;
  token: string;
  stream: ServerResponse;
  heartbeat: NodeJS.Timeout;
}

/** Every open screen, and the one reader of the event log that feeds them. */
@Injectable()
export class LiveScreens implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger('Live');
  private readonly reader: EventReader;
  private readonly screens = new Set<Screen>();
  private remembered: EventRow[] = [];
  /** What is remembered is everything after this place. */
  private since: Place | null = null;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Database) private readonly database: Database,
  ) {
    this.reader = new EventReader(
      environment.databaseAppUrl ?? '',
      (events) => this.tell(events),
      (error) => this.logger.warn(`The event log is out of reach (${(error as { code?: string }).code ?? 'unknown'}).`),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.reader.start();
    // Asked after the reader began: nothing between the two is missed.
    const [end] = await this.database.outside<{ xid: string; id: number }>(
      'select xid::text as xid, id from last_event()',
    );
    if (end) this.since ??= placeOf(end);
  }

  /** Open streams would hold the server's stop back. */
  onModuleDestroy(): void {
    for (const screen of [...this.screens]) this.leave(screen);
  }

  onApplicationShutdown(): Promise<void> {
    return this.reader.stop();
  }

  /** Whether this account may open one more screen. */
  hasRoomFor(accountId: string): boolean {
    return [...this.screens].filter(({ viewer }) => viewer.accountId === accountId).length < SCREENS_PER_ACCOUNT;
  }

  /**
   * Feeds a stream until it closes or its session ends.
   * @param lastHeard what came after it is told first, or `resync` when that is no longer known
   */
  join(session: OpenSession, token: string, stream: ServerResponse, lastHeard: string | undefined): void {
    const screen: Screen = {
      viewer: session.viewer,
      token,
      stream,
      heartbeat: setInterval(() => void this.check(screen), HEARTBEAT_MS),
    };
    this.screens.add(screen);
    stream.on('close', () => this.leave(screen));
    stream.on('error', () => this.leave(screen));
    stream.write('retry: 2000\n\n');
    this.catchUp(screen, lastHeard);
    // One that is cut before it heard of anything comes back to this place.
    stream.write(`id: ${this.place()}\n\n`);
  }

  /** What a screen that opens is told: who is there, and from where on to listen. */
  async welcome(session: OpenSession): Promise<Me> {
    const heard = this.place();
    return { ...(await this.sessions.me(session)), heard };
  }

  /** Up to where every screen was told. */
  private place(): string {
    const last = this.remembered.at(-1);
    return writePlace(last ? placeOf(last) : (this.since ?? BEGINNING));
  }

  private catchUp(screen: Screen, lastHeard: string | undefined): void {
    if (lastHeard === undefined) return;
    const place = readPlace(lastHeard);
    const last = this.remembered.at(-1);
    if (!place || !this.since || isAfter(this.since, place)) {
      this.send(screen, resyncAt(last ? placeOf(last) : (place ?? BEGINNING)));
      return;
    }
    for (const event of this.remembered) {
      if (isAfter(placeOf(event), place) && hears(screen.viewer, event)) this.send(screen, heardOf(event));
    }
  }

  private tell(events: EventRow[]): void {
    this.remember(events);
    for (const screen of [...this.screens]) {
      for (const event of events) if (hears(screen.viewer, event)) this.send(screen, heardOf(event));
    }
  }

  private remember(events: EventRow[]): void {
    this.remembered.push(...events);
    const dropped = this.remembered.splice(0, Math.max(0, this.remembered.length - REMEMBERED)).at(-1);
    if (dropped) this.since = placeOf(dropped);
  }

  private send(screen: Screen, heard: Heard): void {
    if (screen.stream.destroyed || screen.stream.writableEnded) return;
    screen.stream.write(`id: ${heard.id}\ndata: ${JSON.stringify(heard)}\n\n`);
    if (screen.stream.writableLength > BACKLOG_BYTES) this.leave(screen);
  }

  /** Keeps the connection alive, and ends it with its session; a changed role or partner is heeded from here on. */
  private async check(screen: Screen): Promise<void> {
    const session = await this.sessions.find(screen.token).catch(() => undefined);
    // The database is out of reach: nothing new can be heard meanwhile anyway.
    if (session === undefined) return void screen.stream.write(': …\n\n');
    if (session === null) return this.leave(screen);
    screen.viewer = session.viewer;
    screen.stream.write(': …\n\n');
  }

  private leave(screen: Screen): void {
    clearInterval(screen.heartbeat);
    if (!this.screens.delete(screen)) return;
    screen.stream.end();
  }
}
