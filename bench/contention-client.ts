// A process of its own that books through the services: told how many clients and tries, it answers what became of them.
import { Database, openDataSource } from '@app/persistence';
import type { Clock, Instant } from '@app/time';
import type { ContendedPlace } from './contended-place';
import { servicesDesk } from './contention-desk';
import { standingOf, tried } from './contention-round';
import type { Told } from './contention-tries';
import { offering } from './contention-worker';

export interface Start {
  place: ContendedPlace;
  appUrl: string;
  ownerUrl: string;
}
export interface Round {
  clients: number;
  tries: number;
  /** What to add to the machine's clock. */
  offset: number;
}

process.once('message', async ({ place, appUrl, ownerUrl }: Start) => {
  let offset = 0;
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
    offset = round.offset;
    const worker = offering(database);
    const told = await tried(round, { place, desk, standing: standing.read, now: clock.now });
    told.unexplained.push(...(await worker.stop()));
    process.send?.(told satisfies Told);
  });
  process.send?.('ready');
});
