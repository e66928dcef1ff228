import { Database } from '@app/persistence';
import { ExtendHorizon } from '@app/permanences';
import { dateOf, HOME_ZONE, instantToIso, minuteOfDay, type PlainDate, timeOf, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

const FROM_MINUTE = 3 * 60;

/** What is done once a night by the product's clock, from three o'clock on; a night missed is made up for at the start. */
@Injectable()
export class Nightly {
  private lastDone: PlainDate | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ExtendHorizon) private readonly horizon: ExtendHorizon,
  ) {}

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
    await this.horizon.all();
    await this.horizon.prunePastClaims();
    await this.horizon.pruneWithdrawnDates();
    const now = instantToIso(this.database.now());
    await this.database.outside('select clear_old_sessions($1)', [now]);
    await this.database.outside('select clear_old_links($1)', [now]);
    await this.database.outside('select drop_messages_of_the_past($1)', [now]);
    await this.database.outside('select clear_online_requests($1)', [now]);
    await this.database.outside('select note_nightly_round($1, $2)', [day, now]);
  }
}
