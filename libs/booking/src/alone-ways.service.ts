import { contextOf, type Viewer } from '@app/accounts';
import type { AloneWays } from '@app/contract';
import { Database, type Transaction } from '@app/persistence';
import {
  addDays,
  addMinutes,
  dateAt,
  dayBounds,
  type Instant,
  type LocalDateTime,
  localDateTime,
  timeOf,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { waysOut } from './alone';
import { aloneDay, sayDoorClosed } from './alone-day.query';
import { appointmentById } from './appointment.query';
import { mayStillChange } from './appointment-states';
import { type AloneWish, agentsOf, groundOf, windowsOf } from './place-alone.query';

const MOST = 3;
/** Beyond, somebody chooses with her. */
const DAYS_AHEAD = 7;

type Way = AloneWays['ways'][number];

interface Sought {
  id: string;
  wish: AloneWish;
  end: Instant;
}

/** Where an appointment outside any permanence that can't be kept could be instead. */
@Injectable()
export class WaysOutOfAlone {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The least disturbing first, on its day; when nothing is left of it, the same hour with the same agents on one of the next
   * days. Nothing is locked: moving it there has the last word. Null: none such for the viewer.
   */
  async of(viewer: Viewer, id: string): Promise<AloneWays | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const found = await appointmentById(tx, viewer, id);
      if (!found) return null;
      await tx.audit('appointment.read', 'appointment', id);
      const { zone } = viewer.space;
      const [start, end] = [toInstant(found.start as LocalDateTime, zone), toInstant(found.end as LocalDateTime, zone)];
      const { motifId, siteId, mode, roomId, interpreter, version } = found;
      const agentIds = [found.agentId, found.secondAgentId].filter((one) => one !== null);
      const minutes = (end - start) / 60_000;
      const sought = { id, wish: { motifId, siteId, mode, roomId, interpreter, agentIds, start, minutes }, end };
      const answer = { siteId, mode, minutes, version };
      // Within a permanence it goes from slot to slot; what is over or cancelled goes nowhere.
      if (found.occurrenceId !== null || !mayStillChange(found)) return { ...answer, ways: [] };
      const ways = await this.thatDay(tx, viewer, sought);
      for (let days = 1; days <= DAYS_AHEAD && ways.length === 0; days += 1) {
        ways.push(...(await this.laterDay(tx, viewer, sought, days)));
      }
      return { ...answer, ways };
    });
  }

  private async laterDay(tx: Transaction, viewer: Viewer, { wish, ...sought }: Sought, days: number): Promise<Way[]> {
    const { zone } = viewer.space;
    const local = toLocal(wish.start, zone);
    const start = toInstant(localDateTime(addDays(dateAt(wish.start, zone), days), timeOf(local)), zone);
    const later = { ...sought, wish: { ...wish, start }, end: addMinutes(start, wish.minutes ?? 0) };
    const ways = await this.thatDay(tx, viewer, later);
    return ways.filter(({ changes }) => changes === 'room').map((way) => ({ ...way, changes: 'day' }));
  }

  private async thatDay(tx: Transaction, viewer: Viewer, { id, wish, end }: Sought): Promise<Way[]> {
    const { zone } = viewer.space;
    const day = dateAt(wish.start, zone);
    const motif = await aloneDay(tx, wish, { day, zone });
    if (!motif?.at_site || motif.partner_closed !== null || wish.start <= tx.now) return [];
    if (wish.mode === 'on-site' && sayDoorClosed(motif, day, viewer.language) !== null) return [];
    // A day without hours is chosen by somebody.
    if (wish.mode === 'on-site' && motif.openings?.length === 0) return [];
    const bounds = dayBounds(day, zone);
    const during = { start: wish.start, end };
    const takes = { start: addMinutes(during.start, -motif.pause_before), end: addMinutes(end, motif.pause_after) };
    const own = await agentsOf(tx, wish.motifId, wish.agentIds);
    const all = wish.agentIds.length === 1 ? await agentsOf(tx, wish.motifId, null) : [];
    const others = all.filter((one) => !wish.agentIds.includes(one.id));
    const about = { partnerId: motif.partner_id, during, bounds, moving: id, locks: false };
    const { people, rooms } = await groundOf(tx, wish, { ...about, agents: [...own, ...others] });
    const whose = {
      people: people.slice(0, own.length),
      others: people.slice(own.length),
      isFirst: motif.meeting === 'first',
    };
    const found = waysOut(whose, rooms, { during, takes }, windowsOf(motif, bounds, tx.now), MOST);
    return found.map(({ changes, during, roomId, agent }) => ({
      changes,
      start: toLocal(during.start, zone),
      end: toLocal(during.end, zone),
      roomId,
      agentId: (agent === null ? wish.agentIds[0] : others[agent]?.id) ?? '',
      secondAgentId: wish.agentIds[1] ?? null,
    }));
  }
}
