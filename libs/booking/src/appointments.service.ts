import { contextOf, type Viewer } from '@app/accounts';
import type { Appointment, SeriesAppointment } from '@app/contract';
import { Database } from '@app/persistence';
import { toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { appointmentById, appointmentsOf } from './appointment.query';
import { seriesOf, sistersOf } from './series.query';

const MOST_OF_ONE_PERSON = 100;

/** Appointments as they are read. Each reading of a person's is kept with its reader. */
@Injectable()
export class Appointments {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Null when there is none of this id for the viewer. */
  async one(viewer: Viewer, id: string): Promise<Appointment | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const found = await appointmentById(tx, viewer, id);
      if (found) await tx.audit('appointment.read', 'appointment', id);
      return found;
    });
  }

  /** A person's, those the viewer may see: coming ones first. Null when there is no such person for the viewer. */
  async ofUsager(viewer: Viewer, usagerId: string): Promise<Appointment[] | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [usager] = await tx.query('select id from usager where space_id = $1 and id = $2', [
        tx.context.spaceId,
        usagerId,
      ]);
      if (!usager) return null;
      await tx.audit('usager.read', 'usager', usagerId);
      return appointmentsOf(tx, viewer, usagerId, MOST_OF_ONE_PERSON);
    });
  }

  /** Those booked together with it, in order of time; itself alone when it stands alone. Null: none of this id. */
  async sisters(viewer: Viewer, id: string): Promise<SeriesAppointment[] | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const found = await appointmentById(tx, viewer, id);
      if (!found) return null;
      await tx.audit('appointment.read', 'appointment', id);
      const seriesId = await seriesOf(tx, id);
      if (!seriesId) return [found];
      const { zone } = viewer.space;
      const sisters = await sistersOf(tx, seriesId);
      return sisters.map((one) => ({
        id: one.id,
        start: toLocal(one.start, zone),
        end: toLocal(one.end, zone),
        siteId: one.siteId,
        agentId: one.agentId,
        state: one.state,
      }));
    });
  }
}
