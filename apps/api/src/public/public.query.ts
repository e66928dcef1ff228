import { type Database, publicContext, type Transaction } from '@app/persistence';
import { describeRule, type ExcludedDays, parseRule, sayLeftOut } from '@app/recurrence';
import {
  dateAt,
  type Instant,
  instantToIso,
  type Language,
  type PlainDate,
  type PlainTime,
  sayTimeRange,
  type WeekParity,
} from '@app/time';
import type { Presence, Rhythm } from './listing';
import { WORDS } from './words';

interface Row {
  permanence_id: string;
  title: string;
  note: string;
  partner: string;
  description: string;
  audience: string;
  phone: string | null;
  motifs: string[];
  rules: RuleRow[];
  dates: { id: string; starts_at: string; ends_at: string; site: string; mode: string; state: string; cause: string }[];
}

interface RuleRow {
  rrule: string;
  dtstart: PlainDate;
  start: PlainTime;
  end: PlainTime;
  parity: WeekParity | null;
  mode: string;
  site: string;
  /** Those not over. */
  excluded: ExcludedDays[];
}

export interface PublicSpace {
  id: string;
  slug: string;
  name: string;
  zone: string;
}

export interface PublicSite {
  id: string;
  name: string;
  address: string;
  phone: string | null;
  openings: { weekday: number; opens: string; closes: string }[];
}

export async function publicSpaces(database: Database): Promise<PublicSpace[]> {
  return database.outside<PublicSpace>('select * from all_spaces()');
}

/**
 * Every published presence of the space that may be on the public page, with the next dates of each rule:
 * those of a chosen day, or the next few within four months. Read as the public, under the database's own policies.
 */
export async function publicPresences(
  database: Database,
  space: PublicSpace,
  { language, ...window }: { from: Instant; to: Instant; perRule: number; language: Language },
): Promise<{ presences: Presence[]; sites: PublicSite[] }> {
  return database.within(publicContext(space.id), async (tx) => {
    const rows = await tx.query<Row>(
      `select p.id as permanence_id, p.title, p.public_note as note, pa.name as partner, pa.description, pa.audience,
         coalesce((select m.phone from permanence_motif pm join motif m on m.space_id = pm.space_id and m.id = pm.motif_id
                   where pm.space_id = p.space_id and pm.permanence_id = p.id and m.phone is not null limit 1), pa.phone) as phone,
         array(select m.label from permanence_motif pm join motif m on m.space_id = pm.space_id and m.id = pm.motif_id
               where pm.space_id = p.space_id and pm.permanence_id = p.id and not m.confidential order by m.position) as motifs,
         (select jsonb_agg(jsonb_build_object('rrule', r.rrule, 'dtstart', r.dtstart, 'start', to_char(r.start_time, 'HH24:MI'),
                    'end', to_char(r.end_time, 'HH24:MI'), 'parity', r.parity, 'mode', r.mode, 'site', s.name, 'excluded',
                      (select coalesce(jsonb_agg(x), '[]') from jsonb_array_elements(r.excluded) x where x->>'to' >= $6)) order by r.position)
          from permanence_rule r join site s on s.space_id = r.space_id and s.id = r.site_id
          where r.space_id = p.space_id and r.permanence_id = p.id and r.retired_at is null and r.mode <> 'internal') as rules,
         d.dates
       from permanence p
       join partner pa on pa.space_id = p.space_id and pa.id = p.partner_id and pa.on_public_page and pa.retired_at is null
       cross join lateral (
         select jsonb_agg(jsonb_build_object('id', o.id, 'starts_at', o.starts_at, 'ends_at', o.ends_at, 'site', s.name, 'mode', o.mode,
                                             'state', o.state, 'cause', o.cause) order by o.starts_at) as dates
         from permanence_rule r
         cross join lateral (
           select * from occurrence o
           where o.space_id = r.space_id and o.rule_id = r.id and o.permanence_id = p.id
             and o.starts_at >= $3::timestamptz - interval '1 day' and o.starts_at < $4 and o.ends_at > $3 and o.mode <> 'internal'
           order by o.starts_at limit $5
         ) o
         join site s on s.space_id = o.space_id and s.id = o.site_id
         where r.space_id = p.space_id and r.permanence_id = p.id
       ) d
       where p.space_id = $1 and p.state = $2 and p.visibility = 'public' and d.dates is not null
       order by pa.position, p.title`,
      [
        space.id,
        'published',
        instantToIso(window.from),
        instantToIso(window.to),
        window.perRule,
        dateAt(window.from, space.zone),
      ],
    );
    const sites = await tx.query<PublicSite>(
      `select s.id, s.name, s.address, s.phone,
         coalesce((select jsonb_agg(jsonb_build_object('weekday', o.weekday, 'opens', to_char(o.opens, 'HH24:MI'), 'closes', to_char(o.closes, 'HH24:MI'))
                                    order by o.weekday, o.opens)
                   from site_opening o where o.space_id = s.space_id and o.site_id = s.id), '[]') as openings
       from site s where s.space_id = $1 and s.retired_at is null order by s.position, s.name`,
      [space.id],
    );
    const away = await leftAlone(
      tx,
      rows.flatMap(({ dates }) => dates.map(({ id }) => id)),
    );
    return { presences: rows.map((row) => toPresence(row, away, language)), sites };
  });
}

interface Away {
  id: string;
  start: Instant;
  end: Instant;
  wholly: boolean;
}

/** The dates on which nobody is there after all: never who, never why. */
async function leftAlone(tx: Transaction, ids: readonly string[]): Promise<Map<string, Away>> {
  const rows = await tx.query<Away>(
    'select occurrence_id as id, starts_at as start, ends_at as "end", wholly from left_alone($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function toPresence(row: Row, alone: ReadonlyMap<string, Away>, language: Language): Presence {
  return {
    permanenceId: row.permanence_id,
    title: row.title,
    partner: row.partner,
    description: row.description,
    audience: row.audience,
    note: row.note,
    phone: row.phone,
    motifs: row.motifs,
    rhythms: (row.rules ?? []).map((rule) => rhythmOf(rule, language)),
    dates: row.dates
      .map((date) => ({ date, away: alone.get(date.id) }))
      .map(({ date, away }) => ({
        start: Date.parse(date.starts_at) as Instant,
        end: Date.parse(date.ends_at) as Instant,
        site: date.site,
        walkIn: date.mode === 'walk-in',
        group: date.mode === 'group',
        missed: date.state === 'held' ? (away?.wholly ? WORDS[language].away : null) : date.cause || date.state,
        away: away && !away.wholly ? { start: away.start, end: away.end } : null,
      })),
  };
}

function rhythmOf(rule: RuleRow, language: Language): Rhythm {
  const parsed = parseRule(rule.rrule);
  const days = parsed.ok ? describeRule(parsed.rule, language, { start: rule.dtstart, parity: rule.parity }) : '';
  const except = rule.excluded.map(({ from, to }) => sayLeftOut({ first: from, last: to }, language));
  const hours = sayTimeRange(rule.start, rule.end, language);
  return {
    days: [days, ...except].filter(Boolean).join(', '),
    hours,
    site: rule.site,
    walkIn: rule.mode === 'walk-in',
  };
}
