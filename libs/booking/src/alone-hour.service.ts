import { contextOf, type Viewer } from '@app/accounts';
import type { AloneHour, AloneHourQuery } from '@app/contract';
import { sayClosed } from '@app/permanences';
import { Database } from '@app/persistence';
import { addMinutes, dateAt, isSkipped, parseLocalDateTime, toInstant } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { outsideHours } from './alone';
import { aloneDay, sayDoorClosed } from './alone-day.query';
import { outsideWarnings, sayHourSkipped } from './warnings';

/** What is to know of an hour outside any permanence while it is being chosen. */
@Injectable()
export class AloneHours {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Nothing is locked: booking has the last word. Null when there is no such motif or place for the viewer. */
  async of(viewer: Viewer, query: AloneHourQuery): Promise<AloneHour | null> {
    const { zone } = viewer.space;
    const { language } = viewer;
    const local = parseLocalDateTime(query.start);
    if (!local) return { notes: [] };
    if (isSkipped(local, zone)) return { notes: [{ kind: 'hour-skipped', text: sayHourSkipped(language) }] };
    const start = toInstant(local, zone);
    const day = dateAt(start, zone);
    const wish = { motifId: query.motif, siteId: query.site };
    const found = await this.database.within(contextOf(viewer), (tx) => aloneDay(tx, wish, { day, zone }));
    if (!found?.at_site) return null;
    const minutes = query.minutes ?? found.duration_minutes * (query.interpreter ? 2 : 1);
    const notes: AloneHour['notes'] = [];
    const isOnSite = query.mode === 'on-site';
    const door = isOnSite ? sayDoorClosed(found, day, language) : null;
    if (door !== null) notes.push({ kind: 'site-closed', text: door });
    if (found.partner_closed !== null) {
      notes.push({ kind: 'partner-closed', text: sayClosed(found.partner_closed, language) });
    }
    if (notes.length || !isOnSite || !found.openings) return { notes };
    const outside = outsideHours({ start, end: addMinutes(start, minutes) }, found.openings);
    return { notes: outsideWarnings(outside, { zone, language }) };
  }
}
