import { Database, missingMigrations } from '@app/persistence';
import type { Environment } from '@config';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
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
export class Health implements OnApplicationShutdown {
  private redis: Redis | null = null;

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

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async schemaIsWhole(): Promise<void> {
    const missing = await missingMigrations((sql) => this.database.outside<{ name: string }>(sql));
    if (missing.length) throw new Error(`Migrations are missing: ${missing.join(', ')}`);
  }

  private async ping(url: string): Promise<void> {
    if (!this.redis) {
      this.redis = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: PATIENCE_MS });
      // Without a listener a server that goes away would end this process; the check says it instead.
      this.redis.on('error', () => undefined);
    }
    await this.redis.ping();
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
