import { FollowCalendar } from '@app/calendars';
import { DueReminders, PlanReminders } from '@app/reminders';
import { OfferFreedSlots, SendLink } from '@app/waiting';
import { InjectQueue } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Queue } from 'bullmq';
import { QUEUE } from '../../../config/queue';
import { calendarJob, linkJob, nightJob, sendJob } from './jobs';
import { Nightly } from './nightly.service';

const EVERY_MS = 1_000;
const AT_ONCE = 1_000;
/** How long what is due waits: a booking taken back within it is told to nobody. */
export const TELL_AFTER_MS = 'TELL_AFTER_MS';

/**
 * Every second: what happened becomes reminders, what became free is offered, what is due goes on the queue. An id already queued is not queued
 * twice, and one that a lost queue forgot is queued again. Several workers may tick at once.
 */
@Injectable()
export class Tick implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Tick');
  private timer: NodeJS.Timeout | null = null;
  private beat: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(PlanReminders) private readonly plan: PlanReminders,
    @Inject(DueReminders) private readonly due: DueReminders,
    @Inject(Nightly) private readonly nightly: Nightly,
    @Inject(FollowCalendar) private readonly calendars: FollowCalendar,
    @Inject(OfferFreedSlots) private readonly offers: OfferFreedSlots,
    @Inject(SendLink) private readonly links: SendLink,
    @InjectQueue(QUEUE) private readonly queue: Queue,
    @Inject(TELL_AFTER_MS) private readonly tellAfterMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.on('error', (error) => this.log.warn(`The queue: ${error.message}`));
    this.next(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.beat;
  }

  private next(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.beat = this.round()
        .catch((error) => this.log.warn(error instanceof Error ? error.message : String(error)))
        .then(() => this.next(EVERY_MS));
    }, ms);
  }

  private async round(): Promise<void> {
    while (!this.stopped && (await this.plan.round()) > 0);
    // What may still be taken back is not given to anybody.
    while (!this.stopped && (await this.offers.round(this.tellAfterMs)) > 0);
    const due = (await this.due.find(AT_ONCE, this.tellAfterMs)).map(sendJob);
    const links = (await this.links.due(AT_ONCE, this.tellAfterMs)).map(linkJob);
    const night = await this.nightly.due();
    const calendars = (await this.calendars.due(AT_ONCE)).map(calendarJob);
    const jobs = [...due, ...links, ...calendars, ...(night ? [nightJob(night)] : [])];
    if (jobs.length) await this.queue.addBulk(jobs);
  }
}
