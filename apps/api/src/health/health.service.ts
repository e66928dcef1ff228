import { Database, missingMigrations } from '@app/persistence';
import type { Environment } from '@config';
import { Inject, Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import { ENVIRONMENT } from '../environment.module';
import { refuseQueueOfAnotherTime } from './queue';

const PATIENCE_MS = 2_000;

export interface Readiness {
  database: boolean;
  migrations: boolean;
  queue: boolean;
}

/** Whether what the api stands on is there: the database, its schema, and the queue on the backend in use. */
@Injectable()
export class Health {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async readiness(): Promise<Readiness> {
    const [database, migrations, queue] = await Promise.all([
      holds(this.database.outside('select 1')),
      holds(this.schemaIsWhole()),
      holds(this.environment.redisUrl ? this.ping(this.environment.redisUrl) : this.queueTables()),
    ]);
    return { database, migrations, queue };
  }

  private async schemaIsWhole(): Promise<void> {
    const missing = await missingMigrations((sql) => this.database.outside<{ name: string }>(sql));
    if (missing.length) throw new Error(`Migrations are missing: ${missing.join(', ')}`);
  }

  /** A connection for each check: one kept open would retry for ever against a Redis that is gone. */
  private async ping(url: string): Promise<void> {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: PATIENCE_MS });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      await redis.ping();
    } finally {
      redis.disconnect();
    }
  }

  private queueTables(): Promise<void> {
    return refuseQueueOfAnotherTime((sql, parameters) => this.database.outside(sql, parameters));
  }
}

/** Whether it succeeds, soon enough. */
async function holds(check: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([
      check.then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
