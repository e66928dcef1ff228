import { randomUUID } from 'node:crypto';
import { passwordHash } from '@app/accounts';
import type { LocalDateTime } from '@app/time';
import pg from 'pg';
import { CREDENTIALS } from './place';

export const ZONE = 'Europe/Paris';
/** What a place of the grid lasts: every motif but the group's. */
export const SLOT_MINUTES = 30;
const DAYS = ['2027-01-12', '2027-01-13', '2027-01-14', '2027-01-15'];

const MOTIFS = [
  { label: 'alone', minutes: SLOT_MINUTES, needed: 1, pauses: [0, 0] },
  { label: 'place', minutes: SLOT_MINUTES, needed: 1, pauses: [0, 0] },
  { label: 'pair', minutes: SLOT_MINUTES, needed: 2, pauses: [0, 0] },
  { label: 'group', minutes: 120, needed: 1, pauses: [0, 0] },
  // Received outside any permanence only; it strays into no date, whose slots would leave the grid.
  { label: 'apart', minutes: 45, needed: 1, pauses: [0, 10] },
] as const;

/** How a date receives: its agents one by one (at two places), places without a name, two agents at once, a group. */
const KINDS = [
  { kind: 'alone', motif: 'alone', site: 'Ici', agents: 4, seats: 1, hours: ['09:00', '17:00'] },
  { kind: 'elsewhere', motif: 'alone', site: 'Là', agents: 2, seats: 1, hours: ['13:00', '16:00'] },
  { kind: 'place', motif: 'place', site: 'Ici', agents: 0, seats: 3, hours: ['09:00', '17:00'] },
  { kind: 'pair', motif: 'pair', site: 'Ici', agents: 3, seats: 1, hours: ['09:00', '12:00'] },
  { kind: 'group', motif: 'group', site: 'Ici', agents: 1, seats: 10, hours: ['14:00', '16:00'] },
] as const;

/** A slot of the grid, free or not. */
export interface Wanted {
  occurrenceId: string;
  motifId: string;
  start: LocalDateTime;
  agentIds: string[];
}

export interface ContendedPlace {
  spaceId: string;
  accountId: string;
  partnerId: string;
  /** Those received on dates. */
  motifIds: string[];
  groupId: string;
  /** What may be booked outside any permanence, and how many agents it takes. */
  standAlone: { motifId: string; needed: number }[];
  /** Who may receive outside any permanence: some are on a date at other hours, or in meetings. */
  apart: string[];
  sites: { siteId: string; roomIds: string[] }[];
  usagerIds: string[];
  slots: Wanted[];
  rooms: { roomId: string; workstationId: string | null }[];
  /** They receive on no date: meetings take their presence. */
  meeting: string[];
  days: string[];
}

/**
 * Few places, much wanted: four days of every kind of date, two sites, seven rooms (one of them held by a permanence, one of two
 * desks). Two persons in three read SMS.
 */
export async function furnishContended(ownerUrl: string): Promise<ContendedPlace> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const spaceId = randomUUID();
  const insert = async (table: string, columns: Record<string, unknown>): Promise<string> => {
    const row: Record<string, unknown> = { space_id: spaceId, id: randomUUID(), ...columns };
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await owner.query(`insert into ${table} (${names}) values (${places})`, Object.values(row));
    return row.id as string;
  };
  const run = (text: string, values: unknown[] = []) => owner.query(text, [spaceId, ...values]);
  try {
    await run(`insert into space (id, slug, name, zone) values ($1, 'mesure', 'Mesure', '${ZONE}')`);
    const site = async (name: string) => {
      const id = await insert('site', { name });
      await run(`insert into site_opening select $1, $2, w, '08:30', '17:30' from generate_series(1, 5) w`, [id]);
      return id;
    };
    const siteIds = { Ici: await site('Ici'), Là: await site('Là') };
    const partnerId = await insert('partner', { name: 'Partenaire', short_name: 'Partenaire', mark: 'P', hue: 200 });
    const accountId = await insert('account', {
      email: CREDENTIALS.email,
      name: 'Accueil',
      role: 'desk',
      password_hash: await passwordHash(CREDENTIALS.password),
    });
    await run(
      `insert into usager (space_id, id, first_name, last_name, known_to_desk, created_at, phone, phone_kind)
       select $1, gen_random_uuid(), 'Personne', 'Numéro ' || n, true, now(),
         case when n % 3 > 0 then '+336399800' || lpad((n % 100)::text, 2, '0') end, case when n % 3 > 0 then 'mobile' end
       from generate_series(1, 2000) n`,
    );
    const usagers = await run('select id from usager where space_id = $1');
    const room = async (name: string, siteId = siteIds.Ici) => {
      const roomId = await insert('room', { site_id: siteId, name });
      await insert('resource', { kind: 'room', owner_id: roomId });
      return { roomId, workstationId: null };
    };
    const rooms: ContendedPlace['rooms'] = await Promise.all(['1', '2', '3', '4', '5'].map((n) => room(`Bureau ${n}`)));
    const [held, shared] = rooms as [ContendedPlace['rooms'][number], ContendedPlace['rooms'][number]];
    const there = await Promise.all(['6', '7'].map((n) => room(`Bureau ${n}`, siteIds.Là)));
    const sites = [
      { siteId: siteIds.Ici, roomIds: rooms.map(({ roomId }) => roomId) },
      { siteId: siteIds.Là, roomIds: there.map(({ roomId }) => roomId) },
    ];
    rooms.push(...there);
    for (const label of ['A', 'B']) {
      const workstationId = await insert('workstation', { room_id: shared.roomId, label });
      await insert('resource', { kind: 'workstation', owner_id: workstationId });
      rooms.push({ roomId: shared.roomId, workstationId });
    }
    const agent = async (name: string) => {
      const id = await insert('agent', { partner_id: partnerId, name });
      await insert('resource', { kind: 'presence', owner_id: id });
      await insert('resource', { kind: 'time', owner_id: id });
      return id;
    };
    const motifs = new Map<string, string>();
    for (const { label, minutes, needed, pauses } of MOTIFS) {
      const modes = label === 'apart' ? ['on-site', 'phone'] : ['on-site'];
      const motifId = await insert('motif', {
        partner_id: partnerId,
        label,
        discreet_label: label,
        duration_minutes: minutes,
        agents_needed: needed,
        pause_before: pauses[0],
        pause_after: pauses[1],
        modes,
      });
      motifs.set(label, motifId);
    }
    const motifOf = (label: string) => motifs.get(label) as string;
    const slots: Wanted[] = [];
    const apart: string[] = [];
    for (const { kind, motif, site: at, agents, seats, hours } of KINDS) {
      const [motifId, siteId] = [motifOf(motif), siteIds[at]];
      const agentIds = await Promise.all(Array.from({ length: agents }, (_, n) => agent(`${kind} ${n}`)));
      if (kind !== 'alone') apart.push(...agentIds);
      const permanenceId = await insert('permanence', { partner_id: partnerId, title: kind, state: 'published' });
      const mode = kind === 'group' ? 'group' : 'appointment';
      const roomId = kind === 'alone' ? held.roomId : null;
      const ruleId = await insert('permanence_rule', {
        permanence_id: permanenceId,
        rrule: 'FREQ=DAILY',
        dtstart: DAYS[0],
        start_time: hours[0],
        end_time: hours[1],
        mode,
        site_id: siteId,
        room_id: roomId,
        seats,
      });
      for (let number = 1; number <= seats; number += 1)
        await insert('resource', { kind: 'seat', owner_id: ruleId, number });
      await run('insert into permanence_motif values ($1, $2, $3)', [permanenceId, motifId]);
      for (const day of DAYS) {
        const made = await run(
          `insert into occurrence (space_id, permanence_id, rule_id, partner_id, original_start, starts_at, ends_at, site_id,
             room_id, mode, seats, state, visibility, confidential)
           values ($1, $2, $3, $4, $5::timestamp, $5::timestamp at time zone '${ZONE}', $6::timestamp at time zone '${ZONE}', $7, $8, $9, $10,
             'held', 'public', false) returning id`,
          [permanenceId, ruleId, partnerId, `${day} ${hours[0]}`, `${day} ${hours[1]}`, siteId, roomId, mode, seats],
        );
        const occurrenceId = made.rows[0].id as string;
        await run('insert into occurrence_agent select $1, $2, unnest($3::uuid[])', [occurrenceId, agentIds]);
        await run(
          `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
           select $1, r.id, tstzrange(o.starts_at, o.ends_at), 'occurrence', o.id, o.partner_id
           from occurrence o join resource r on r.space_id = $1 and (r.kind = 'room' and r.owner_id = o.room_id
             or r.kind = 'presence' and r.owner_id = any ($3::uuid[])) where o.space_id = $1 and o.id = $2`,
          [occurrenceId, agentIds],
        );
        for (const time of kind === 'group' ? [hours[0]] : halfHours(hours[0], hours[1]))
          slots.push({ occurrenceId, motifId, start: `${day}T${time}` as LocalDateTime, agentIds });
      }
    }
    const meeting = await Promise.all(Array.from({ length: 3 }, (_, n) => agent(`Réunion ${n}`)));
    await owner.query('analyze');
    return {
      spaceId,
      accountId,
      partnerId,
      motifIds: ['alone', 'place', 'pair', 'group'].map(motifOf),
      groupId: motifOf('group'),
      standAlone: MOTIFS.filter(({ label }) => label !== 'place' && label !== 'group').map(({ label, needed }) => ({
        motifId: motifOf(label),
        needed,
      })),
      apart: [...apart, ...meeting],
      sites,
      usagerIds: usagers.rows.map(({ id }) => id as string),
      slots,
      rooms,
      meeting,
      days: DAYS,
    };
  } finally {
    await owner.end();
  }
}

/** From one time of day to another, the last one left out. */
export function halfHours(from: string, to: string): string[] {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const count = (minutes(to) - minutes(from)) / SLOT_MINUTES;
  return Array.from({ length: count }, (_, n) => {
    const at = minutes(from) + n * SLOT_MINUTES;
    return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  });
}
