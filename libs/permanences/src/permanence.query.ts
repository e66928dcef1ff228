import type { Transaction } from '@app/persistence';
import { SHIPPED_SCHOOL_CALENDAR, type SchoolCalendar, withNewerYears } from '@app/recurrence';
import { instantToIso, type PlainDate, type Territory } from '@app/time';
import type { DateException, Opening, Place, PlacedClosure, PlannedPermanence, PlannedRule } from './permanence';
import type { PartnerPeople } from './rule-check';

/** The space's zone, calendar, sites, rooms and desks, in one statement. */
export async function readPlace(tx: Transaction): Promise<Place> {
  const [row] = await tx.query<{
    zone: string;
    territory: Territory;
    schoolZone: Place['schoolZone'];
    newerYears: SchoolCalendar | null;
    closures: PlacedClosure[];
    sites: { id: string; name: string; retired: boolean; territory: Territory | null; openings: Opening[] }[];
    rooms: { id: string; name: string; siteId: string; retired: boolean }[];
    desks: { id: string; roomId: string; label: string; retired: boolean }[];
  }>(
    `select s.zone, s.territory, s.school_zone as "schoolZone",
       (select jsonb_build_object('version', y.version, 'holidays', y.holidays)
        from school_calendar y where y.space_id = s.id) as "newerYears",
       (select coalesce(jsonb_agg(jsonb_build_object('siteId', c.site_id, 'roomId', c.room_id, 'partnerId', c.partner_id,
          'firstDay', c.first_day, 'lastDay', c.last_day, 'cause', c.cause) order by c.first_day, c.id), '[]')
        from closure c where c.space_id = s.id and c.last_day > $2::date - 62) as closures,
       (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'retired', t.retired_at is not null, 'territory', t.territory, 'openings',
          (select coalesce(jsonb_agg(jsonb_build_object('weekday', o.weekday, 'opens', to_char(o.opens, 'HH24:MI'), 'closes', to_char(o.closes, 'HH24:MI'))), '[]')
           from site_opening o where o.space_id = t.space_id and o.site_id = t.id))), '[]')
        from site t where t.space_id = s.id) as sites,
       (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'siteId', r.site_id, 'retired', r.retired_at is not null) order by r.position, r.name), '[]')
        from room r where r.space_id = s.id) as rooms,
       (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'roomId', w.room_id, 'label', w.label, 'retired', w.retired_at is not null)), '[]')
        from workstation w where w.space_id = s.id) as desks
     from space s where s.id = $1`,
    [tx.context.spaceId, instantToIso(tx.now)],
  );
  if (!row) throw new Error('the space of this context does not exist');
  const keyed = <T extends { id: string }>(things: T[]) => new Map(things.map((thing) => [thing.id, thing]));
  return {
    zone: row.zone,
    territory: row.territory,
    schoolZone: row.schoolZone,
    schoolCalendar: schoolCalendarWith(row.newerYears),
    closures: row.closures,
    sites: keyed(row.sites),
    rooms: keyed(row.rooms),
    workstations: keyed(row.desks),
  };
}

/** The calendar that Palier comes with, and the newer years that a space imported. */
export function schoolCalendarWith(newer: SchoolCalendar | null): SchoolCalendar {
  return newer ? withNewerYears(SHIPPED_SCHOOL_CALENDAR, newer) : SHIPPED_SCHOOL_CALENDAR;
}

export interface PartnerFacts extends PartnerPeople {
  name: string;
  confidential: boolean;
  retired: boolean;
}

/**
 * A partner with its motifs and its agents, and those of the partners it invites; null when the space has no such partner.
 */
export async function readPartner(
  tx: Transaction,
  partnerId: string,
  invitedIds: readonly string[] = [],
): Promise<PartnerFacts | null> {
  const [row] = await tx.query<{
    name: string;
    confidential: boolean;
    retired: boolean;
    agents: { id: string; name: string; retired: boolean }[];
    motifs: { id: string; label: string; retired: boolean }[];
    invited: { id: string; retired: boolean }[];
  }>(
    `select p.name, p.confidential, p.retired_at is not null as retired,
       (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'retired', a.retired_at is not null)), '[]')
        from agent a where a.space_id = p.space_id and (a.partner_id = p.id or a.partner_id = any ($3::uuid[]))) as agents,
       (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'retired', g.retired_at is not null)), '[]')
        from partner g where g.space_id = p.space_id and g.id = any ($3::uuid[])) as invited,
       (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'label', m.label, 'retired', m.retired_at is not null)), '[]')
        from motif m where m.space_id = p.space_id and m.partner_id = p.id) as motifs
     from partner p where p.space_id = $1 and p.id = $2`,
    [tx.context.spaceId, partnerId, invitedIds],
  );
  if (!row) return null;
  return {
    name: row.name,
    confidential: row.confidential,
    retired: row.retired,
    agents: new Map(row.agents.map((agent) => [agent.id, agent])),
    motifs: new Map(row.motifs.map((motif) => [motif.id, motif])),
    invited: new Map(row.invited.map((partner) => [partner.id, partner])),
  };
}

/**
 * Takes a permanence for a change: one at a time, and only if the viewer may write it. The space's calendars stay as they
 * are meanwhile: who changes them lays out every permanence, and would miss this one.
 */
export async function lockPermanence(tx: Transaction, id: string): Promise<PlannedPermanence | null> {
  const [permanence] = await lockPermanences(tx, [id]);
  return permanence ?? null;
}

/** Nobody closes a day nor records an absence until this transaction ends: taken before any other lock. */
export async function keepCalendars(tx: Transaction): Promise<void> {
  await tx.query('select id from space where id = $1 for share', [tx.context.spaceId]);
}

/** As `lockPermanence`, for several: those that the viewer may write, in the order of these ids. */
export async function lockPermanences(tx: Transaction, ids: readonly string[]): Promise<PlannedPermanence[]> {
  await keepCalendars(tx);
  const locked = await tx.query<{ id: string }>(
    'select id from permanence where space_id = $1 and id = any ($2::uuid[]) order by id for update',
    [tx.context.spaceId, ids],
  );
  if (!locked.length) return [];
  const read = await readPermanences(tx, { ids: locked.map(({ id }) => id) });
  const known = new Map(read.map((permanence) => [permanence.id, permanence]));
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
}

export interface PermanenceFilter {
  id?: string;
  ids?: readonly string[];
  partner?: string;
  state?: PlannedPermanence['state'];
  states?: PlannedPermanence['state'][];
}

/** The permanences that the viewer may see, by title, with the rules in use, their exceptions and motifs. */
export async function readPermanences(tx: Transaction, filter: PermanenceFilter): Promise<PlannedPermanence[]> {
  const rows = await tx.query<
    Omit<PlannedPermanence, 'rules' | 'exceptions'> & { rules: PlannedRule[]; exceptions: DateException[] }
  >(
    `select p.id, p.partner_id as "partnerId", p.title, p.state, p.visibility, p.confidential, p.on_holiday as "onHoliday",
       p.on_closure as "onClosure", p.school_holidays as "schoolHolidays",
       p.public_note as "publicNote", p.laid_out_until as "laidOutUntil", p.stops_on as "stopsOn", p.version,
       (select coalesce(jsonb_agg(pm.motif_id order by pm.motif_id), '[]') from permanence_motif pm
        where pm.space_id = p.space_id and pm.permanence_id = p.id) as "motifIds",
       (select coalesce(jsonb_agg(pp.partner_id order by pp.partner_id), '[]') from permanence_partner pp
        where pp.space_id = p.space_id and pp.permanence_id = p.id) as "invitedPartnerIds",
       (select coalesce(jsonb_agg(jsonb_build_object(
          'id', r.id, 'rrule', r.rrule, 'dtstart', r.dtstart, 'startTime', to_char(r.start_time, 'HH24:MI'),
          'endTime', to_char(r.end_time, 'HH24:MI'), 'parity', r.parity, 'mode', r.mode, 'siteId', r.site_id, 'roomId', r.room_id,
          'workstationId', r.workstation_id, 'seats', r.seats, 'assumption', r.assumption,
          'excluded', r.excluded, 'onHoliday', r.on_holiday, 'schoolHolidays',
          case when r.school_holidays is not null then jsonb_build_object('when', r.school_holidays, 'name', r.school_name) end,
          'agentIds', (select coalesce(jsonb_agg(ra.agent_id order by ra.agent_id::text), '[]') from rule_agent ra
                       where ra.space_id = r.space_id and ra.rule_id = r.id)) order by r.position, r.id), '[]')
        from permanence_rule r where r.space_id = p.space_id and r.permanence_id = p.id and r.retired_at is null) as rules,
       (select coalesce(jsonb_agg(jsonb_build_object(
          'ruleId', e.rule_id, 'originalStart', to_char(e.original_start, 'YYYY-MM-DD"T"HH24:MI'), 'kind', e.kind, 'date', e.new_date,
          'start', to_char(e.new_start, 'HH24:MI'), 'end', to_char(e.new_end, 'HH24:MI'), 'roomId', e.new_room_id, 'agentIds', e.agent_ids,
          'mode', e.new_mode, 'withoutRoom', e.without_room, 'cause', e.cause)), '[]')
        from permanence_exception e where e.space_id = p.space_id and e.permanence_id = p.id) as exceptions
     from permanence p
     where p.space_id = $1 and ($2::uuid[] is null or p.id = any ($2)) and ($3::uuid is null or p.partner_id = $3)
       and ($4::text[] is null or p.state = any ($4))
     order by p.title, p.id`,
    [
      tx.context.spaceId,
      filter.ids ?? (filter.id ? [filter.id] : null),
      filter.partner ?? null,
      filter.states ?? (filter.state ? [filter.state] : null),
    ],
  );
  return rows;
}

/** The names of agents, for what is said of them; retired ones too. */
export async function namesOfAgents(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, name from agent where space_id = $1 and id = any ($2::uuid[])',
    [tx.context.spaceId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Keeps how far permanences are laid out. */
export async function keepHorizons(
  tx: Transaction,
  horizons: readonly { permanence: { id: string }; until: PlainDate }[],
): Promise<void> {
  if (!horizons.length) return;
  await tx.query(
    `update permanence p set laid_out_until = h.until
     from unnest($2::uuid[], $3::date[]) as h(id, until)
     where p.space_id = $1 and p.id = h.id and p.laid_out_until is distinct from h.until`,
    [tx.context.spaceId, horizons.map(({ permanence }) => permanence.id), horizons.map(({ until }) => until)],
  );
}
