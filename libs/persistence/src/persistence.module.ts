import { type Clock, systemClock } from '@app/time';
import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { dataSourceOptions, refuseRoleAboveTheLaw } from './data-source';
import { Database } from './database';

/** The token of the product's clock: `@Inject(CLOCK) clock: Clock`. */
export const CLOCK = Symbol('clock');

export interface PersistenceOptions {
  /** The application's role: a member of palier_app. */
  url: string;
  clockOffsetMs: number;
  /** Told instead of the machine's shifted clock: loading data as of other days, tests. */
  clock?: Clock;
  poolSize?: number;
  name?: string;
}

@Global()
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [
        TypeOrmModule.forRoot({ ...dataSourceOptions(options.url, options), autoLoadEntities: true, retryAttempts: 3 }),
      ],
      providers: [
        { provide: CLOCK, useFactory: () => options.clock ?? systemClock(options.clockOffsetMs) },
        {
          provide: Database,
          inject: [getDataSourceToken(), CLOCK],
          useFactory: async (source: DataSource, clock: Clock) => {
            await refuseRoleAboveTheLaw(source);
            return new Database(source, clock);
          },
        },
      ],
      exports: [Database, CLOCK, TypeOrmModule],
    };
  }

  onApplicationShutdown(): void {
    this.database.bell.stop();
  }
}
