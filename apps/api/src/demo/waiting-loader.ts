import { addDays, addMinutes, dateAt, type Instant } from '@app/time';
import { WaitingList } from '@app/waiting';
import type { INestApplicationContext } from '@nestjs/common';
import { type LoadedSpace, must } from './space-loader';
import type { ToldClock } from './told-clock';

/** For how many minutes each has waited: since this morning, so that no slot freed in the days before is theirs already. */
const SINCE = [20, 5];
const WEEKS = 6;

/** Two people wait for the first of the motifs that are booked here. Ends with the clock back at `now`. */
export async function loadWaiting(
  app: INestApplicationContext,
  { administrator, motifs, usagers }: LoadedSpace,
  { clock, now }: { clock: ToldClock; now: Instant },
): Promise<void> {
  const { zone } = administrator.space;
  const motif = [...motifs.values()].find(({ booked }) => booked === 'here');
  if (!motif) return;
  const today = dateAt(now, zone);
  for (const [index, minutes] of SINCE.entries()) {
    const usagerId = usagers.at(-1 - index);
    if (!usagerId) return;
    clock.set(addMinutes(now, -minutes));
    const body = { usagerId, motifId: motif.id, from: today, until: addDays(today, WEEKS * 7) };
    must(await app.get(WaitingList).join(administrator, { ...body, part: null, siteId: null, agentId: null }, null));
  }
  clock.set(now);
}
