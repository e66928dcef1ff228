import { Database } from '@app/persistence';
import { HOME_ZONE, type Instant, instantToIso, type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { attemptWindow, FAILURES_PER_ADDRESS } from './attempts';
import { attemptKey } from './secrets';

/** Counts tries and failures. Keys are hashed: what is kept says nothing of anybody. */
@Injectable()
export class Attempts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Counted before it is looked at: of many at once no more than `most` are told to go on. Forgive it when it was right. */
  async mayTry(key: Buffer, most: number, since: Instant = this.window().start): Promise<boolean> {
    // "since" is exclusive there, and a try may fall on the window's first instant.
    const [row] = await this.database.outside<{ count: number }>('select count_try($1, $2, $3) as count', [
      key,
      instantToIso(this.database.now()),
      instantToIso((since - 1) as Instant),
    ]);
    return (row?.count ?? 0) <= most;
  }

  /** This one try was right: it no longer counts, those before it still do. */
  async takeBack(key: Buffer): Promise<void> {
    await this.database.outside('select take_back_try($1)', [key]);
  }

  async forgive(key: Buffer): Promise<void> {
    await this.database.outside('select forgive_attempts($1)', [key]);
  }

  /** Whether an address may try; counted as a failure until `wasRight` says otherwise. */
  async mayTryFrom(address: string): Promise<boolean> {
    return this.mayTry(attemptKey('address', address), FAILURES_PER_ADDRESS);
  }

  async wasRight(address: string): Promise<void> {
    await this.takeBack(attemptKey('address', address));
  }

  /** When to try again, on the wall clock of the place. */
  async nextTry(): Promise<LocalDateTime> {
    const [space] = await this.database.outside<{ zone: string }>('select zone from all_spaces() limit 1');
    return toLocal(this.window().end, space?.zone ?? HOME_ZONE);
  }

  private window() {
    return attemptWindow(this.database.now());
  }
}
