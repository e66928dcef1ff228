import type { Viewer } from '@app/accounts';
import { addMinutes, type Instant, instantToIso, type LocalDateTime, toInstant, toLocal } from '@app/time';
import fc from 'fast-check';
import { PlannedSpace } from './planned-space';

const ZONE = 'Europe/Paris';
export const DAYS = ['2027-01-05', '2027-01-06'] as const;
const AGENTS = [
  { name: 'Ana', languages: ['fr'], skills: ['budget'] },
  { name: 'Bilal', languages: ['fr', 'ar'], skills: [] },
  { name: 'Chloé', languages: ['fr', 'en'], skills: ['budget'] },
  { name: 'Dora', languages: ['ar'], skills: [] },
];
const MOTIFS = [
  { label: 'Vingt minutes', duration_minutes: 20 },
  { label: 'Trente, et ses pauses', duration_minutes: 30, pause_before: 5, pause_after: 10 },
  { label: 'Trois quarts d’heure', duration_minutes: 45, pause_after: 5, skills: ['budget'] },
  { label: 'À deux', duration_minutes: 30, agents_needed: 2 },
  { label: 'À deux, et sa pause', duration_minutes: 40, agents_needed: 2, pause_after: 10 },
  { label: 'Atelier', duration_minutes: 60 },
];

/** From 8:30 on, by five minutes. */
const someTime = fc.integer({ min: 0, max: 100 }).map((n) => 510 + n * 5);
const which = (all: readonly unknown[]) => fc.nat(all.length - 1);

const somePermanence = fc.record({
  day: which(DAYS),
  starts: fc.constantFrom(510, 540, 555, 600, 660, 810, 840),
  lasts: fc.constantFrom(60, 90, 120, 150, 180, 215),
  mode: fc.constantFrom('appointment', 'appointment', 'appointment', 'group'),
  agents: fc.subarray([0, 1, 2, 3]),
  seats: fc.integer({ min: 1, max: 3 }),
  motifs: fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 }),
  site: fc.constantFrom(0, 0, 1),
  room: fc.constantFrom(null, 0, 1),
  state: fc.constantFrom('held', 'held', 'held', 'held', 'cancelled'),
});

const someMoment = { permanence: fc.nat(4), motif: fc.nat(2), after: fc.integer({ min: 0, max: 36 }) };

/** Two days of a small service: who receives when and for what, who is away, what is taken already. */
export const someDays = fc.record({
  now: fc.constantFrom('2027-01-05T07:00', '2027-01-05T09:40', '2027-01-05T14:07'),
  interpreter: fc.constantFrom(false, false, true),
  permanences: fc.array(somePermanence, { minLength: 2, maxLength: 5 }),
  // From a moment on, or right after a permanence.
  absences: fc.array(
    fc.record({
      agent: which(AGENTS),
      day: which(DAYS),
      from: someTime,
      after: fc.option(fc.nat(4)),
      lasts: fc.constantFrom(30, 45, 240),
    }),
    { maxLength: 3 },
  ),
  closed: fc.option(fc.record({ room: which([0, 1]), day: which(DAYS) })),
  appointments: fc.array(fc.record(someMoment), { maxLength: 6 }),
  holds: fc.array(fc.record({ ...someMoment, own: fc.boolean() }), { maxLength: 3 }),
  alone: fc.array(
    fc.record({ agent: which(AGENTS), day: which(DAYS), at: someTime, motif: which([0, 1, 2]), room: fc.boolean() }),
    { maxLength: 4 },
  ),
});
export type SomeDays = typeof someDays extends fc.Arbitrary<infer T> ? T : never;

export interface GeneratedDays {
  space: PlannedSpace;
  /** Whoever searches, and another at the next desk. */
  viewer: Viewer;
  colleague: Viewer;
  usagerId: string;
  motifIds: string[];
  agents: { id: string; languages: string[] }[];
  sites: string[];
}

/** Writes such days down. What can't be (an agent in two places, a moment already taken) is left out. */
export async function furnish(given: SomeDays): Promise<GeneratedDays> {
  const space = await PlannedSpace.open(given.now, { poolSize: 4 });
  const partnerId = await space.partner('AEF 94');
  const usagerId = await space.usager('Yasmine', 'Martin');
  const [viewer, colleague] = [space.viewer('desk'), space.viewer('desk')];
  const agents: GeneratedDays['agents'] = [];
  for (const [position, { name, ...more }] of AGENTS.entries())
    agents.push({ id: await space.agent(partnerId, name, { ...more, position }), languages: more.languages });
  const motifIds: string[] = [];
  for (const { label, ...more } of MOTIFS) motifIds.push(await space.motif(partnerId, label, more));
  const sites = [space.siteId, await space.site('Maison pour tous')];
  const rooms = [
    [await space.room('Bureau 1'), await space.room('Bureau 2')],
    [await space.room('Salle 1', { siteId: sites[1] }), await space.room('Salle 2', { siteId: sites[1] })],
  ];
  await space.sql(`update room set accessible = name in ('Bureau 1', 'Salle 2')`);

  const dates: { id: string; start: Instant; end: Instant; motifIds: string[] }[] = [];
  const busy: { what: unknown; start: Instant; end: Instant }[] = [];
  for (const one of given.permanences) {
    const [start, end] = [at(one.day, one.starts), at(one.day, one.starts + one.lasts)];
    const isFree = (what: unknown) => !busy.some((b) => b.what === what && b.start < end && b.end > start);
    const agentIds = one.agents.map((n) => agents[n]?.id as string).filter(isFree);
    const room = one.room === null ? undefined : rooms[one.site]?.[one.room];
    const here = one.mode === 'group' ? [motifIds[5] as string] : one.motifs.map((n) => motifIds[n] as string);
    const hours = `${DAYS[one.day]} ${hhmm(one.starts)}-${hhmm(one.starts + one.lasts)}`;
    const [id = ''] = await space.permanence({
      partnerId,
      motifIds: here,
      mode: one.mode as 'appointment',
      agentIds,
      seats: one.seats,
      siteId: sites[one.site] as string,
      ...(room && isFree(room) ? { room } : {}),
      dates: [{ on: hours, state: one.state as 'held', cause: one.state === 'held' ? '' : 'fermeture' }],
    });
    dates.push({ id, start, end, motifIds: here });
    if (one.state === 'held') busy.push(...[...agentIds, room].map((what) => ({ what, start, end })));
  }
  for (const { agent, day, from, after, lasts } of given.absences) {
    const start = (after === null ? undefined : dates[after]?.end) ?? at(day, from);
    await space.sql(
      `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, created_at)
       values ($1, $2, $3, false, $4, $5, $6)`,
      [
        space.spaceId,
        agents[agent]?.id,
        partnerId,
        ...[start, addMinutes(start, lasts), space.clock.now()].map(instantToIso),
      ],
    );
  }
  if (given.closed) {
    await space.sql('insert into closure (space_id, room_id, first_day, last_day) values ($1, $2, $3, $3)', [
      ...[space.spaceId, rooms[0]?.[given.closed.room]?.id, DAYS[given.closed.day]],
    ]);
  }
  const wanted = ({ permanence, motif, after }: { permanence: number; motif: number; after: number }) => {
    const date = dates[permanence % dates.length] as (typeof dates)[number];
    const start = date.motifIds.includes(motifIds[5] as string) ? date.start : addMinutes(date.start, after * 5);
    return {
      occurrenceId: date.id,
      motifId: date.motifIds[motif % date.motifIds.length] as string,
      start: toLocal(start, ZONE),
      agentId: null,
      exact: true,
    };
  };
  for (const one of given.appointments)
    await space.booking.book(colleague, { ...wanted(one), usagerId: await space.usager('Ali', 'Diallo') }, null);
  for (const { agent, day, at: minute, motif, room } of given.alone) {
    await space.alone.book(
      colleague,
      {
        motifId: motifIds[motif] as string,
        usagerId,
        agentId: agents[agent]?.id as string,
        secondAgentId: null,
        siteId: sites[0] as string,
        mode: 'on-site',
        roomId: room ? (rooms[0]?.[0]?.id as string) : null,
        start: `${DAYS[day]}T${hhmm(minute)}` as LocalDateTime,
      },
      null,
    );
  }
  for (const { own, ...one } of given.holds) await space.holding.hold(own ? viewer : colleague, wanted(one));
  return { space, viewer, colleague, usagerId, motifIds, agents, sites };
}

function at(day: number, minute: number): Instant {
  return toInstant(`${DAYS[day]}T${hhmm(minute)}` as LocalDateTime, ZONE);
}

function hhmm(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
