import { FollowCalendar } from '@app/calendars';
import { GatewayTrouble, SendReminder } from '@app/reminders';
import { SendLink } from '@app/waiting';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { QUEUE } from '../../../config/queue';
import type { PalierJob } from './jobs';
import { Nightly } from './nightly.service';

/**
 * Runs jobs. Each is safe to run twice: the job of a worker that died goes back on the queue after a few seconds,
 * however often that happens.
 */
@Processor(QUEUE, { concurrency: 8, lockDuration: 5_000, stalledInterval: 2_500, maxStalledCount: 1_000 })
export class JobProcessor extends WorkerHost implements BeforeApplicationShutdown {
  private readonly log = new Logger('Jobs');

  constructor(
    @Inject(SendReminder) private readonly reminder: SendReminder,
    @Inject(Nightly) private readonly nightly: Nightly,
    @Inject(FollowCalendar) private readonly calendars: FollowCalendar,
    @Inject(SendLink) private readonly link: SendLink,
  ) {
    super();
  }

  async process(job: Job): Promise<void> {
    const { name, data } = job as unknown as PalierJob;
    switch (name) {
      case 'send':
        return this.sent(job, data, this.reminder);
      case 'link':
        return this.sent(job, data, this.link);
      case 'calendar':
        return this.calendars.refresh(data);
      case 'night':
        return this.nightly.run(data.day);
    }
  }

  private async sent(
    job: Job,
    { spaceId, id }: { spaceId: string; id: string },
    sender: SendReminder | SendLink,
  ): Promise<void> {
    try {
      await sender.send(spaceId, id);
    } catch (error) {
      const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      // Anything but the gateway's trouble is ours (a database that restarts): the next tick tries again.
      if (!last || !(error instanceof GatewayTrouble)) throw error;
      await sender.giveUp(spaceId, id, error.message);
    }
  }

  @OnWorkerEvent('error')
  troubled(error: Error): void {
    this.log.warn(`The queue: ${error.message}`);
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.log.warn(`Job ${job?.name} ${job?.id}: ${error.message}`);
  }

  /** Before the database connection goes: jobs under way finish with it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }
}
