import { contextOf, type Viewer } from '@app/accounts';
import type { CalendarImport } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { readCalendar } from '@app/recurrence';
import { dateAt } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { asImport } from './calendar-lines';
import { sayFailure } from './calendar-words';
import { readPlaces, refusalToImport } from './import-calendar.query';

export type ImportRefusal = 'not-found' | 'not-yours' | 'calendar-not-read';

/** A calendar file, read for the one who uploads it. Nothing of it is kept. */
@Injectable()
export class ImportFile {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(viewer: Viewer, partnerId: string, file: Uint8Array): Promise<Outcome<CalendarImport, ImportRefusal>> {
    const { language } = viewer;
    return this.database.command<CalendarImport, ImportRefusal>(contextOf(viewer), async (tx) => {
      const refusal = await refusalToImport(tx, partnerId, language);
      if (refusal) return refusal;
      const { zone } = viewer.space;
      const content = readCalendar(file, { today: dateAt(tx.now, zone), zone });
      if (!content.ok) return refuse('calendar-not-read', { detail: sayFailure(content.why, language) });
      return done(asImport(content, await readPlaces(tx), language));
    });
  }
}
