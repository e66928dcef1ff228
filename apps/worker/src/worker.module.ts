import { CalendarsModule } from '@app/calendars';
import { PermanencesModule } from '@app/permanences';
import { PersistenceModule } from '@app/persistence';
import { RemindersModule } from '@app/reminders';
import { WaitingModule } from '@app/waiting';
import { BadSettings, type Environment } from '@config';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { QUEUE, queueConnection } from '../../../config/queue';
import { JobProcessor } from './job.processor';
import { Nightly } from './nightly.service';
import { TELL_AFTER_MS, Tick } from './tick.service';

/** What happens without anyone asking: reminders leave, the horizon moves on. As many copies as wanted. */
@Module({})
export class WorkerModule {
  /** @throws BadSettings without DATABASE_APP_URL */
  static of(environment: Environment): DynamicModule {
    if (!environment.databaseAppUrl) {
      throw new BadSettings([
        {
          fr: 'DATABASE_APP_URL manque : le worker s’y connecte.',
          en: 'DATABASE_APP_URL is missing: the worker connects to it.',
        },
      ]);
    }
    return {
      module: WorkerModule,
      imports: [
        PersistenceModule.forRoot({
          url: environment.databaseAppUrl,
          clockOffsetMs: environment.clockOffsetMs,
          name: 'palier-worker',
        }),
        BullModule.forRoot({ connection: queueConnection(environment) }),
        BullModule.registerQueue({ name: QUEUE }),
        CalendarsModule.forRoot(environment),
        PermanencesModule,
        RemindersModule.forRoot(environment),
        WaitingModule.forRoot(environment),
      ],
      providers: [JobProcessor, Nightly, Tick, { provide: TELL_AFTER_MS, useValue: environment.tellAfterMs }],
    };
  }
}
