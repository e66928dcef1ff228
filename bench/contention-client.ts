// A process of its own that books through the services: told how many clients and tries, it answers what became of them.
import { Database, openDataSource } from '@app/persistence';
import type { Clock, Instant } from '@app/time';
import type { ContendedPlace } from './contended-place';
import { servicesDesk, type Told } from './contention-tries';
import { standingOf, tried } from './contention-round';

export interface Start {
  place: ContendedPlace;
  appUrl: string;
  ownerUrl: string;
  /** What to add to the machine's clock. */
  offset: number;
}
export interface Round {
  clients: number;
  tries: number;
}
export type Done = Told & { seconds: number };

process.once('message', async ({ place, appUrl, ownerUrl, offset }: Start) => {
  const clock: Clock = { now: () => (Date.now() + offset) as Instant };
  const database = new Database(await openDataSource(appUrl, { poolSize: 24 }), clock);
  const standing = await standingOf(ownerUrl, place.spaceId);
  const desk = servicesDesk(database, place);
  process.on('message', async (round: Round | 'stop') => {
    if (round === 'stop') {
      database.bell.stop();
      await standing.stop();
      await database.source.destroy();
      return process.disconnect();
    }
    const told = await tried(round, { place, desk, standing: standing.read });
    const { user, system } = process.cpuUsage();
    process.send?.({ ...told, seconds: (user + system) / 1e6 } satisfies Done);
  });
  process.send?.('ready');
});
