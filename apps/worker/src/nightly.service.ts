import { Database } from '@app/persistence';
import { DAY, dateOf, HOME_ZONE, instant, instantToIso, minuteOfDay, type PlainDate, timeOf, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

const FROM_MINUTE = 3 * 60;
/** A board of last week still shows what was taken. */
const CLAIMS_KEPT_MS = 7 * DAY;

/** What is done once a night by the product's clock, from three o'clock on; a night missed is made up for at the start. */
@Injectable()
export class Nightly {
  private lastDone: PlainDate | null = null;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** The date whose round is still to be done, or null. */
  async due(): Promise<PlainDate | null> {
    const local = toLocal(this.database.now(), HOME_ZONE);
    const day = dateOf(local);
    if (minuteOfDay(timeOf(local)) < FROM_MINUTE || day === this.lastDone) return null;
    const [round] = await this.database.outside<{ done: boolean }>('select nightly_round_done($1) as done', [day]);
    if (!round?.done) return day;
    this.lastDone = day;
    return null;
  }

  /** Safe to run again: a round cut short is done anew from its beginning. */
  async run(day: PlainDate): Promise<void> {
    const now = this.database.now();
    await this.database.outside('select prune_past_claims($1)', [instantToIso(instant(now - CLAIMS_KEPT_MS))]);
    await this.database.outside('select clear_old_sessions($1)', [instantToIso(now)]);
    await this.database.outside('select note_nightly_round($1, $2)', [day, instantToIso(now)]);
  }
}
