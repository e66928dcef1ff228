import { contextOf, type Viewer } from '@app/accounts';
import type { AloneWays } from '@app/contract';
import { Database } from '@app/persistence';
import { type LocalDateTime, toInstant } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { sameHourLater, waysThatDay } from './alone-later.query';
import { appointmentById } from './appointment.query';
import { mayStillChange } from './appointment-states';

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
      const wish = { motifId, siteId, mode, roomId, interpreter, agentIds, start, minutes };
      const sought = { wish, moving: id };
      const answer = { siteId, mode, minutes, version };
      // Within a permanence it goes from slot to slot; what is over or cancelled goes nowhere.
      if (found.occurrenceId !== null || !mayStillChange(found)) return { ...answer, ways: [] };
      const ways = await waysThatDay(tx, viewer, sought);
      return { ...answer, ways: ways.length ? ways : await sameHourLater(tx, viewer, sought) };
    });
  }
}
