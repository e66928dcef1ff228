import { Absences } from '@app/permanences';
import { OfficeLoans } from '@app/rooms';
import { addDays, dateAt, type Instant, isoWeekday, localDateTime, type PlainDate, plainTime } from '@app/time';
import type { INestApplicationContext } from '@nestjs/common';
import type { DemoFiles } from './files';
import { type LoadedSpace, must, named } from './space-loader';

/** An hour of a weekday, some weeks after the present one. */
interface When {
  weeks: number;
  weekday: number;
  start: string;
  end: string;
}

/** Who is away in the coming weeks, with someone booked, and an office that its service lends. */
export async function loadAway(
  app: INestApplicationContext,
  { away: { absences, loans } }: DemoFiles,
  { administrator, agents, rooms, partners }: LoadedSpace,
  now: Instant,
): Promise<void> {
  const today = dateAt(now, administrator.space.zone);
  for (const { agent, label, ...when } of absences) {
    const body = { agentId: named(agents, agent), label, ...hoursOf(when, today), dryRun: false };
    must(await app.get(Absences).add(administrator, body));
  }
  for (const { room, to, ...when } of loans) {
    const body = { roomId: named(rooms, room).id, toPartnerId: named(partners, to), ...hoursOf(when, today) };
    must(await app.get(OfficeLoans).lend(administrator, body));
  }
}

function hoursOf({ weeks, weekday, start, end }: When, today: PlainDate) {
  const day = addDays(today, weeks * 7 + weekday - isoWeekday(today));
  return { start: localDateTime(day, plainTime(start)), end: localDateTime(day, plainTime(end)) };
}
