import { Database, systemContext } from '@app/persistence';
import { type Instant, instantToIso, type Language, type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

/** An offer as its page shows it: when and where, never who receives nor what for. */
export interface OfferShown {
  id: string;
  state: 'offered' | 'accepted' | 'declined' | 'over';
  /** All she waits for is this very session. */
  ofSession: boolean;
  language: Language;
  start: LocalDateTime;
  end: LocalDateTime;
  deadline: LocalDateTime;
  site: string;
  address: string;
  phone: string | null;
}

/** What whoever holds the link of an offer may read. */
@Injectable()
export class OfferPage {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(spaceId: string, id: string): Promise<OfferShown | null> {
    return this.database.within(systemContext(spaceId), async (tx) => {
      const [row] = await tx.query<{
        state: OfferShown['state'];
        ofSession: boolean;
        language: string;
        start: Instant;
        end: Instant;
        deadline: Instant;
        site: string;
        address: string;
        phone: string | null;
        zone: string;
      }>(
        `select case when o.state in ('expired', 'undone') or (o.state = 'offered' and o.deadline_at <= $3) then 'over' else o.state end as state,
           w.occurrence_id is not null as "ofSession",
           u.language, o.starts_at as start, o.ends_at as end, o.deadline_at as deadline, s.name as site, s.address, s.phone, sp.zone
         from slot_offer o
         join waiting_entry w on w.space_id = o.space_id and w.id = o.entry_id
         join usager u on u.space_id = w.space_id and u.id = w.usager_id
         join site s on s.space_id = o.space_id and s.id = o.site_id
         join space sp on sp.id = o.space_id
         where o.space_id = $1 and o.id = $2`,
        [spaceId, id, instantToIso(tx.now)],
      );
      if (!row) return null;
      const { zone, start, end, deadline, language, ...rest } = row;
      return {
        id,
        ...rest,
        language: language === 'en' ? 'en' : 'fr',
        start: toLocal(start, zone),
        end: toLocal(end, zone),
        deadline: toLocal(deadline, zone),
      };
    });
  }
}
