import { CLOCK, Database, PersistenceModule } from '@app/persistence';
import { type Clock, HOME_ZONE, type Instant, parseLocalDateTime, toInstant } from '@app/time';
import type { DynamicModule, Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { freshDatabase, type TestDatabase } from './database';

/** A clock that stands where it is put. */
export class TestClock implements Clock {
  private at: Instant;

  constructor(local: string) {
    this.at = at(local);
  }

  now(): Instant {
    return this.at;
  }

  /** @param local such as '2027-01-04 09:40', on the wall in Paris */
  set(local: string): void {
    this.at = at(local);
  }
}

/** The instant of '2027-01-04 09:40' (or '2027-01-04T09:40') on the wall in Paris. */
export function at(local: string): Instant {
  const read = parseLocalDateTime(local.replace(' ', 'T'));
  if (!read) throw new RangeError(`Not a local date and time: ${local}`);
  return toInstant(read, HOME_ZONE);
}

/** The services of some libraries on a database of their own, as the application's role, at a time one sets. */
export interface TestServices {
  files: TestDatabase;
  database: Database;
  clock: TestClock;
  /** A service by its class. */
  get<T>(service: Type<T> | symbol): T;
  stop(): Promise<void>;
}

/** @param modules e.g. `[DirectoryModule, RoomsModule]`; `now` is the local time everyone sees, 2027-01-04 08:00 by default */
export async function startServices(
  modules: (Type | DynamicModule)[],
  { now = '2027-01-04 08:00', poolSize = 16 }: { now?: string; poolSize?: number } = {},
): Promise<TestServices> {
  const files = await freshDatabase();
  const clock = new TestClock(now);
  const app: TestingModule = await Test.createTestingModule({
    imports: [
      PersistenceModule.forRoot({ url: files.appUrl, clockOffsetMs: 0, poolSize, name: 'palier-test' }),
      ...modules,
    ],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  await app.init();
  return {
    files,
    database: app.get(Database),
    clock,
    get: (service) => app.get(service, { strict: false }),
    stop: async () => {
      await app.close();
      await files.drop();
    },
  };
}
