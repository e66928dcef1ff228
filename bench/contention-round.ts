import pg from 'pg';
import type { ContendedPlace } from './contended-place';
import type { Desk } from './contention-desk';
import { type Standing, type Told, Tries } from './contention-tries';

/** How old what a screen shows may be. */
const STALE_MS = 500;

/** What stands, read again from time to time, as screens are: everyone aims at the same appointments, some of them gone. */
export async function standingOf(
  ownerUrl: string,
  spaceId: string,
): Promise<{ read: () => Standing; stop: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  let standing: Standing = { appointments: [], rooms: [], entries: [], offers: [] };
  const look = async () => {
    const appointments = await client.query(
      `select id, version, motif_id as "motifId" from appointment where space_id = $1 and state = 'planned'`,
      [spaceId],
    );
    const rooms = await client.query('select id from room_booking where space_id = $1 and cancelled_at is null', [
      spaceId,
    ]);
    const entries = await client.query(
      `select id from waiting_entry where space_id = $1 and state in ('waiting', 'offered')`,
      [spaceId],
    );
    // As she reads it on her telephone; where there is none, the desk asks her.
    const offers = await client.query(
      `select o.id, extract(epoch from o.deadline_at)::float8 * 1000 as deadline, substring(s.text from '/o/(\\w+)') as token
       from slot_offer o
       left join link_message l on l.space_id = o.space_id and l.kind = 'offer' and l.subject_id = o.id
       left join sandbox_sms s on s.space_id = l.space_id and s.message_id = l.id
       where o.space_id = $1 and o.state = 'offered' and (o.told_by = 'desk' or s.text is not null)`,
      [spaceId],
    );
    standing = {
      appointments: appointments.rows,
      rooms: rooms.rows.map(({ id }) => id),
      entries: entries.rows.map(({ id }) => id),
      offers: offers.rows,
    };
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
  { place, desk, standing, now }: { place: ContendedPlace; desk: Desk; standing: () => Standing; now: () => number },
): Promise<Told> {
  let left = tries;
  const screens = await Promise.all(
    Array.from({ length: clients }, async () => {
      const screen = new Tries(place, desk, standing, now);
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
