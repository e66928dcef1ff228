import { randomUUID } from 'node:crypto';
import {
  type Calendars,
  closedDays,
  daysOff,
  firstOccurrenceOnOrAfter,
  type PermanenceRule,
  parseRule,
  schoolYears,
} from '@app/recurrence';
import { plainDate, plainTime } from '@app/time';
import pg from 'pg';

export const TODAY = plainDate('2027-01-04');
/** Eighteen months later. */
export const END = plainDate('2028-07-04');
/** Before the first date of the day, in the place's zone. */
export const START = Date.parse('2027-01-04T05:00:00Z');

/** A space holds a hundred permanences in ten rooms: each room and agent has ten half days a week. */
const A_SPACE = 100;
const HALF_DAYS = 10;
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR'];
const CLOSURES = [
  ['2027-05-07', '2027-05-07', 'Pont de l’Ascension'],
  ['2027-08-02', '2027-08-20', 'Fermeture d’été'],
  ['2027-12-24', '2027-12-31', 'Fermeture de fin d’année'],
  ['2028-05-26', '2028-05-26', 'Pont de l’Ascension'],
] as const;

/** The rule of each permanence: half weekly, the others one week in two, two ranks a month or the last of the month. */
export function plannedRules(count: number): PermanenceRule[] {
  return Array.from({ length: count }, (_, number) => {
    const day = DAYS[Math.floor((number % HALF_DAYS) / 2)];
    const kinds = [
      `FREQ=WEEKLY;BYDAY=${day}`,
      `FREQ=WEEKLY;INTERVAL=2;BYDAY=${day}`,
      `FREQ=WEEKLY;BYDAY=${day}`,
      `FREQ=MONTHLY;BYDAY=1${day},3${day}`,
      `FREQ=WEEKLY;BYDAY=${day}`,
      `FREQ=MONTHLY;BYDAY=-1${day}`,
    ];
    const rrule = kinds[Math.floor(number / HALF_DAYS) % kinds.length] as string;
    const parsed = parseRule(rrule);
    const dtstart = parsed.ok ? firstOccurrenceOnOrAfter(parsed.rule, TODAY) : null;
    if (!dtstart) throw new Error(`${rrule} has no date`);
    const morning = number % 2 === 0;
    return {
      id: randomUUID(),
      rrule,
      dtstart,
      startTime: plainTime(morning ? '09:00' : '13:30'),
      endTime: plainTime(morning ? '12:00' : '17:00'),
      mode: 'appointment',
      siteId: null,
      roomId: null,
      agentIds: [],
    };
  });
}

/** Public holidays and closures for each permanence, and school holidays for one in three; one in four is moved, not skipped. */
export function calendarsOf(number: number): Calendars {
  const closures = CLOSURES.map(([first, last, cause]) => closedDays(plainDate(first), plainDate(last), cause));
  const school = schoolYears('C');
  const policy = policyOf(number);
  return {
    territory: 'metropole',
    closures: outsideSchool(number) ? [...closures, ...daysOff(school)] : closures,
    policy: { publicHolidays: policy, closures: policy, schoolHolidays: 'skip' },
    verifiedUntil: outsideSchool(number) ? school.verifiedUntil : null,
  };
}

const outsideSchool = (number: number): boolean => number % 3 === 0;
const policyOf = (number: number): 'move' | 'skip' => (number % 4 === 0 ? 'move' : 'skip');

/** Writes the permanences as drafts, a hundred to a space with its rooms, agents and closures. */
export async function draftPermanences(ownerUrl: string, count: number): Promise<{ spaceId: string; id: string }[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const rules = plannedRules(count);
  const drafts: { spaceId: string; id: string }[] = [];
  try {
    for (let first = 0; first < count; first += A_SPACE) {
      const spaceId = await furnishSpace(owner);
      const rows = rules.slice(first, first + A_SPACE).map((rule, index) => {
        const number = first + index;
        const id = randomUUID();
        drafts.push({ spaceId, id });
        return {
          ...rule,
          permanence: id,
          rank: Math.floor(index / HALF_DAYS) + 1,
          policy: policyOf(number),
          school: outsideSchool(number) ? 'outside' : 'any',
        };
      });
      await draftIn(owner, spaceId, JSON.stringify(rows));
    }
    await owner.query('analyze');
  } finally {
    await owner.end();
  }
  return drafts;
}

async function furnishSpace(owner: pg.Client): Promise<string> {
  const spaceId = randomUUID();
  const run = (text: string, values: unknown[] = []) => owner.query(text, [spaceId, ...values]);
  await run(`insert into space (id, slug, name, school_zone) values ($1, $2, 'Mesure', 'C')`, [`mesure-${spaceId}`]);
  await run(`insert into site (space_id, name) values ($1, 'Ici')`);
  await run(
    `insert into site_opening select space_id, id, w, '08:30', '17:30' from site, generate_series(1, 5) w where space_id = $1`,
  );
  await run(
    `insert into partner (space_id, name, short_name, mark, hue) values ($1, 'Partenaire', 'Partenaire', 'P', 200)`,
  );
  await run(
    `insert into room (space_id, site_id, name, position) select $1, s.id, 'Bureau ' || n, n from site s, generate_series(1, $2::int) n where s.space_id = $1`,
    [A_SPACE / HALF_DAYS],
  );
  await run(
    `insert into agent (space_id, partner_id, name, position) select $1, p.id, 'Agent ' || n, n from partner p, generate_series(1, $2::int) n where p.space_id = $1`,
    [A_SPACE / HALF_DAYS],
  );
  await run(`insert into motif (space_id, partner_id, label, discreet_label, duration_minutes)
    select $1, id, 'Rendez-vous', 'Rendez-vous', 30 from partner where space_id = $1`);
  await run(
    `insert into resource (space_id, kind, owner_id) select space_id, 'room', id from room where space_id = $1`,
  );
  await run(
    `insert into resource (space_id, kind, owner_id) select a.space_id, k, a.id from agent a, unnest(array['presence', 'time']) k where a.space_id = $1`,
  );
  await run(
    `insert into closure (space_id, first_day, last_day, cause) select $1, (c->>0)::date, (c->>1)::date, c->>2 from jsonb_array_elements($2::jsonb) c`,
    [JSON.stringify(CLOSURES)],
  );
  return spaceId;
}

async function draftIn(owner: pg.Client, spaceId: string, rows: string): Promise<void> {
  const shape = `jsonb_to_recordset($2::jsonb) as n(id uuid, permanence uuid, rank int, rrule text, dtstart date, "startTime" time,
    "endTime" time, mode text, policy text, school text)`;
  const run = (text: string) => owner.query(text, [spaceId, rows]);
  await run(
    `insert into permanence (space_id, id, partner_id, title, on_holiday, on_closure, school_holidays)
     select $1, n.permanence, p.id, 'Permanence', n.policy, n.policy, n.school from partner p, ${shape} where p.space_id = $1`,
  );
  await run(
    `insert into permanence_rule (space_id, id, permanence_id, rrule, dtstart, start_time, end_time, mode, site_id, room_id)
     select $1, n.id, n.permanence, n.rrule, n.dtstart, n."startTime", n."endTime", n.mode, r.site_id, r.id
     from ${shape} join room r on r.space_id = $1 and r.position = n.rank`,
  );
  await run(
    `insert into rule_agent (space_id, rule_id, agent_id)
     select $1, n.id, a.id from ${shape} join agent a on a.space_id = $1 and a.position = n.rank`,
  );
  await run(
    `insert into permanence_motif (space_id, permanence_id, motif_id)
     select $1, n.permanence, m.id from motif m, ${shape} where m.space_id = $1`,
  );
  await run(`insert into resource (space_id, kind, owner_id) select $1, 'seat', n.id from ${shape}`);
}
