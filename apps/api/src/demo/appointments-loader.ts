import type { Viewer } from '@app/accounts';
import { BookAppointment, FindSlots, FollowAppointment } from '@app/booking';
import type { Slot } from '@app/contract';
import {
  addDays,
  addMinutes,
  dateAt,
  dayBounds,
  type Instant,
  parseLocalDateTime,
  toInstant,
  toLocal,
} from '@app/time';
import type { INestApplicationContext } from '@nestjs/common';
import { chance } from './chance';
import type { DemoFiles } from './files';
import { confidentialPartner, type LoadedSpace, must, partnerViewer } from './space-loader';
import type { ToldClock } from './told-clock';

const DAY = 24 * 60;
const WEEKS_BEHIND = 2;
const WEEKS_AHEAD = 4;
const SEED = 94_550;

/** How full a week is, the coming ones less and less. */
const FULLNESS = [0.6, 0.6, 0.6, 0.45, 0.3, 0.2];

interface Booking {
  id: string;
  start: Instant;
  end: Instant;
  viewer: Viewer;
}

/** Midnight of the day from which the demonstration's appointments are told: two weeks before the present. */
export function beginningOf(now: Instant, zone: string): Instant {
  return dayBounds(addDays(dateAt(now, zone), -WEEKS_BEHIND * 7), zone).start;
}

/**
 * A few weeks of plausible appointments around `now`: each booked some days before, those of the past seen or missed,
 * those of this moment arrived. Ends with the clock back at `now`.
 */
export async function loadAppointments(
  app: INestApplicationContext,
  files: DemoFiles,
  loaded: LoadedSpace,
  { clock, now }: { clock: ToldClock; now: Instant },
): Promise<number> {
  const random = chance(SEED);
  const { administrator } = loaded;
  const { zone } = administrator.space;
  const beginning = beginningOf(now, zone);
  const confidential = loaded.partners.get(confidentialPartner(files));
  const bookings: Booking[] = [];
  for (let week = 0; week < WEEKS_BEHIND + WEEKS_AHEAD; week++) {
    const from = dayBounds(addDays(dateAt(beginning, zone), week * 7), zone).start;
    for (const motif of loaded.motifs.values()) {
      if (motif.booked !== 'here') continue;
      const secret = motif.partnerId === confidential;
      const viewer = secret ? partnerViewer(loaded, confidentialPartner(files)) : administrator;
      const people = secret ? loaded.usagersOfStaff : loaded.usagers;
      clock.set(from);
      const query = {
        motif: motif.id,
        from: toLocal(from, zone),
        days: 7,
        perDay: 50,
        limit: 200,
      };
      const { slots } = must(await app.get(FindSlots).forMotif(viewer, query));
      for (const slot of slots.flatMap((one) => places(one))) {
        if (random() > (FULLNESS[week] ?? 0)) continue;
        const usagerId = people[Math.floor(random() * people.length)];
        const booking = usagerId && (await book(app, viewer, { slot, usagerId, leadDays: random() * 9, clock, now }));
        if (booking) bookings.push(booking);
      }
    }
  }
  bookings.sort((one, other) => one.start - other.start);
  for (const booking of bookings) await live(app, booking, { clock, now, random });
  clock.set(now);
  return bookings.length;
}

/** A group's slot is offered once for all its places; most of them are taken. */
function places(slot: Slot): Slot[] {
  return Array.from({ length: Math.max(1, Math.min(slot.placesLeft, 10)) }, () => slot);
}

async function book(
  app: INestApplicationContext,
  viewer: Viewer,
  booked: { slot: Slot; usagerId: string; leadDays: number; clock: ToldClock; now: Instant },
): Promise<Booking | null> {
  const { slot, usagerId, clock, now } = booked;
  const at = (local: string) => toInstant(parseLocalDateTime(local) ?? raise(local), viewer.space.zone);
  const start = at(slot.start);
  const soonest = Math.max(beginningOf(now, viewer.space.zone), start - booked.leadDays * DAY * 60_000);
  clock.set(Math.min(soonest, start - 60 * 60_000, now) as Instant);
  const { occurrenceId, motifId, agentId } = slot;
  const outcome = await app
    .get(BookAppointment)
    .book(viewer, { occurrenceId, motifId, agentId, start: slot.start, usagerId }, null);
  // Two motifs share an agent's time: what one took, the other is refused.
  return outcome.ok ? { id: outcome.value.id, start, end: at(slot.end), viewer } : null;
}

/** What became of an appointment by now. */
async function live(
  app: INestApplicationContext,
  { id, start, end, viewer }: Booking,
  { clock, now, random }: { clock: ToldClock; now: Instant; random: () => number },
): Promise<void> {
  const follow = app.get(FollowAppointment);
  const fate = random();
  const later = (at: Instant, minutes: number) => clock.set(Math.min(addMinutes(at, minutes), now) as Instant);
  if (start > now) {
    if (fate < 0.05) await follow.cancel(viewer, id, { by: 'usager', version: 1 });
    else if (fate < 0.3) await follow.say(viewer, id, { state: 'confirmed', version: 1 });
    return;
  }
  if (fate < 0.08) {
    later(start, 20);
    await follow.say(viewer, id, { state: 'noShow', version: 1 });
    return;
  }
  later(start, 0);
  await follow.say(viewer, id, { state: 'arrived', version: 1 });
  if (end <= now) {
    later(end, 0);
    await follow.say(viewer, id, { state: 'seen', version: 1 });
  }
}

function raise(local: string): never {
  throw new Error(`${local} is not a local date and time`);
}
