import type pg from 'pg';

/**
 * Slots promised to two: one kept for one who waits that is kept for somebody else as well, two live offers of one wish, two
 * of one hold. Who else has its agents or its place at that hour is counted with the other overlaps.
 */
export async function promisedTwice(owner: pg.Client, spaceId: string, nowIso: string): Promise<number> {
  const { rows } = await owner.query(
    `with live as (select * from slot_offer where space_id = $1 and state = 'offered' and deadline_at > $2)
     select (select count(*) - count(distinct entry_id) from live) + (select count(*) - count(distinct hold_id) from live)
       -- nobody's of the desk: it would be confirmed for another person
       + (select count(*) from live o join slot_hold h on h.space_id = $1 and h.id = o.hold_id where h.account_id is not null)
       + (select count(*) - count(distinct entry_id) from slot_offer where space_id = $1 and state = 'accepted')
       + (select count(*) - count(distinct appointment_id) from slot_offer where space_id = $1 and appointment_id is not null) as twice`,
    [spaceId, nowIso],
  );
  return Number(rows[0].twice);
}

/**
 * Promises that came to nothing: a live offer whose slot is not kept until its deadline, one accepted without its appointment,
 * a wish that says one thing and its offers another, a slot kept for nobody who was asked.
 */
export async function promisesLost(owner: pg.Client, spaceId: string, nowIso: string): Promise<Record<string, number>> {
  const { rows } = await owner.query(
    `with live as (select * from slot_offer where space_id = $1 and state = 'offered' and deadline_at > $2)
     select (select count(*)::int from live o where not exists (select from slot_hold h
         where h.space_id = $1 and h.id = o.hold_id and h.expires_at >= o.deadline_at and h.starts_at = o.starts_at and h.ends_at = o.ends_at
           and h.occurrence_id = o.occurrence_id and h.agent_id is not distinct from o.agent_id)) as "offered, not kept",
       (select count(*)::int from slot_offer o join waiting_entry w on w.space_id = $1 and w.id = o.entry_id
          where o.space_id = $1 and o.state = 'accepted' and not exists (select from appointment a
            where a.space_id = $1 and a.id = o.appointment_id and a.usager_id = w.usager_id and a.motif_id = w.motif_id))
         as "accepted, no appointment",
       (select count(*)::int from waiting_entry w where w.space_id = $1 and (w.state = 'offered') <> exists (
          select from slot_offer o where o.space_id = $1 and o.entry_id = w.id and o.state = 'offered')) as "her wish and her offers differ",
       (select count(*)::int from waiting_entry w where w.space_id = $1 and (w.state = 'booked') <> exists (
          select from slot_offer o where o.space_id = $1 and o.entry_id = w.id and o.state = 'accepted')) as "her wish and her answer differ",
       (select count(*)::int from slot_hold h where h.space_id = $1 and h.account_id is null and h.expires_at > $2
          and not exists (select from live o where o.hold_id = h.id)) as "kept for nobody"`,
    [spaceId, nowIso],
  );
  return rows[0];
}

/** What ended must have ended: with every deadline past and no slot left, nobody holds an offer any more. */
export async function neverEnded(owner: pg.Client, spaceId: string): Promise<number> {
  const { rows } = await owner.query(
    `select (select count(*) from slot_offer where space_id = $1 and state = 'offered')
       + (select count(*) from waiting_entry where space_id = $1 and state = 'offered')
       + (select count(*) from slot_hold where space_id = $1 and account_id is null) as left`,
    [spaceId],
  );
  return Number(rows[0].left);
}

export interface Turn {
  appointmentId: string;
  version: number;
  motifId: string;
  startsAt: Date;
  agentId: string | null;
  occurrenceId: string;
  /** Whose turn it is when this slot becomes free: the longest waiting whom it suits, not asked about that day before. */
  entryId: string;
}

/** Of each motif, an appointment that somebody waits for. */
export async function turns(owner: pg.Client, spaceId: string, zone: string): Promise<Turn[]> {
  const { rows } = await owner.query(
    `with of_motif as (
       select distinct on (a.motif_id) a.id as "appointmentId", a.version, a.motif_id as "motifId", a.starts_at as "startsAt",
         a.agent_id as "agentId", a.occurrence_id as "occurrenceId", first.id as "entryId"
       from appointment a
       cross join lateral (
         select w.id from waiting_entry w
         -- whoever has no phone could not be told in time
         join usager u on u.space_id = w.space_id and u.id = w.usager_id and u.phone_kind is not null
         where w.space_id = $1 and w.state = 'waiting' and w.motif_id = a.motif_id
           and (w.agent_id is null or w.agent_id in (a.agent_id, a.second_agent_id))
           and (w.part is null or (w.part = 'morning') = ((a.starts_at at time zone $2)::time < '12:00'))
           and (a.starts_at at time zone $2)::date between w.from_day and w.until_day
           and not exists (select from slot_offer o where o.space_id = $1 and o.entry_id = w.id
             and (o.starts_at at time zone $2)::date = (a.starts_at at time zone $2)::date)
         order by w.since, w.id limit 1
       ) first
       where a.space_id = $1 and a.state in ('planned', 'confirmed') and a.occurrence_id is not null
       order by a.motif_id, a.starts_at, a.id
     )
     select * from of_motif`,
    [spaceId, zone],
  );
  return rows;
}

/** Whether the slot is offered to her, and to nobody else. */
export async function isHerTurn(owner: pg.Client, spaceId: string, turn: Turn): Promise<boolean> {
  const { rows } = await owner.query(
    `select entry_id from slot_offer where space_id = $1 and state = 'offered' and occurrence_id = $2 and starts_at = $3`,
    [spaceId, turn.occurrenceId, turn.startsAt],
  );
  return rows.length === 1 && rows[0].entry_id === turn.entryId;
}
