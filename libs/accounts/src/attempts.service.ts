import { Database } from '@app/persistence';
import { HOME_ZONE, type Instant, instantToIso, type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { attemptWindow, FAILURES_PER_ADDRESS } from './attempts';
import { attemptKey } from './secrets';

/** Counts tries and failures. Keys are hashed: what is kept says nothing of anybody. */
@Injectable()
export class Attempts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Notes a try, then counts: of many at once no more than `most` are told to go on. Forgive it when it was right. */
  async mayTry(key: Buffer, most: number, since: Instant = this.window().start): Promise<boolean> {
    await this.note(key);
    return (await this.count(key, since)) <= most;
  }

  async forgive(key: Buffer): Promise<void> {
    await this.database.outside('select forgive_attempts($1)', [key]);
  }

  /** Whether an address may still fail. */
  async isWelcome(address: string): Promise<boolean> {
    return (await this.count(attemptKey('address', address), this.window().start)) < FAILURES_PER_ADDRESS;
  }

  async noteFailureFrom(address: string): Promise<void> {
    await this.note(attemptKey('address', address));
  }

  /** When to try again, on the wall clock of the place. */
  async nextTry(): Promise<LocalDateTime> {
    const [space] = await this.database.outside<{ zone: string }>('select zone from all_spaces() limit 1');
    return toLocal(this.window().end, space?.zone ?? HOME_ZONE);
  }

  private window() {
    return attemptWindow(this.database.now());
  }

  private async note(key: Buffer): Promise<void> {
    await this.database.outside('select note_failed_attempt($1, $2)', [key, instantToIso(this.database.now())]);
  }

  private async count(key: Buffer, since: Instant): Promise<number> {
    // "since" is exclusive there, and a try may fall on the window's first instant.
    const [row] = await this.database.outside<{ count: number }>('select failed_attempts($1, $2) as count', [
      key,
      instantToIso((since - 1) as Instant),
    ]);
    return row?.count ?? 0;
  }
}
