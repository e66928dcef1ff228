import pg from 'pg';
import type { ContendedPlace } from './contended-place';
import { type Desk, type Standing, type Told, Tries } from './contention-tries';

/** How old what a screen shows may be. */
const STALE_MS = 500;

/** What stands, read again from time to time, as screens are: everyone aims at the same appointments, some of them gone. */
export async function standingOf(
  ownerUrl: string,
  spaceId: string,
): Promise<{ read: () => Standing; stop: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  let standing: Standing = { appointments: [], rooms: [] };
  const look = async () => {
    const appointments = await client.query(
      `select id, version, motif_id as "motifId" from appointment where space_id = $1 and state = 'planned'`,
      [spaceId],
    );
    const rooms = await client.query('select id from room_booking where space_id = $1 and cancelled_at is null', [
      spaceId,
    ]);
    standing = { appointments: appointments.rows, rooms: rooms.rows.map(({ id }) => id) };
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, STALE_MS);
  return {
    read: () => standing,
    stop: async () => {
      clearInterval(timer);
      await looking;
      await client.end();
    },
  };
}

/** So many clients at once, each a screen of its own, until the tries are used up. */
export async function tried(
  { clients, tries }: { clients: number; tries: number },
  { place, desk, standing }: { place: ContendedPlace; desk: Desk; standing: () => Standing },
): Promise<Told> {
  let left = tries;
  const screens = await Promise.all(
    Array.from({ length: clients }, async () => {
      const screen = new Tries(place, desk, standing);
      while (left-- > 0) await screen.next();
      return screen.told;
    }),
  );
  return screens.reduce(together);
}

export function together(one: Told, other: Told): Told {
  const answers = { ...one.answers };
  for (const [heard, times] of Object.entries(other.answers)) answers[heard] = (answers[heard] ?? 0) + times;
  return {
    tries: one.tries + other.tries,
    booked: one.booked + other.booked,
    answers,
    unexplained: [...one.unexplained, ...other.unexplained],
  };
}
