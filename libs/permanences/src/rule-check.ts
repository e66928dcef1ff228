import type { PermanenceBody, RuleBody } from '@app/contract';
import { type ExcludedDays, expand, firstOccurrenceOnOrAfter, formatRule, parseRule } from '@app/recurrence';
import { addDays, localDateTime, type PlainDate, type PlainTime, parsePlainDate, weekParity } from '@app/time';
import type { Place, PlannedRule } from './permanence';

export type Language = 'fr' | 'en';

/** A field that is wrong, by its path in the body: "rules.0.rrule". */
export interface FieldError {
  at: string;
  message: string;
}

/** Whom a permanence may name: the partner's own motifs, its agents and those of the partners it invites. */
export interface PartnerPeople {
  agents: ReadonlyMap<string, { name: string; retired: boolean }>;
  motifs: ReadonlyMap<string, { label: string; retired: boolean }>;
  invited: ReadonlyMap<string, { retired: boolean }>;
}

export type CheckedRules = { ok: true; rules: PlannedRule[] } | { ok: false; errors: FieldError[] };

const WORDS = {
  end: { fr: 'La fin suit le début.', en: 'The end comes after the start.' },
  date: { fr: 'Cette date n’existe pas.', en: 'This date does not exist.' },
  days: { fr: 'Le dernier jour suit le premier.', en: 'The last day comes after the first.' },
  never: { fr: 'Cette règle ne donne aucune date.', en: 'This rule gives no date.' },
  site: { fr: 'Ce lieu n’existe pas ou n’est plus utilisé.', en: 'This site does not exist or is no longer used.' },
  room: {
    fr: 'Ce bureau n’est pas de ce lieu, ou n’est plus utilisé.',
    en: 'This room is not of this site, or is no longer used.',
  },
  desk: {
    fr: 'Ce poste n’est pas de ce bureau, ou n’est plus utilisé.',
    en: 'This desk is not of this room, or is no longer used.',
  },
  agent: {
    fr: 'Cet agent n’est pas de ce partenaire, ou n’est plus là.',
    en: 'This agent is not of this partner, or has left.',
  },
  motif: {
    fr: 'Ce motif n’est pas de ce partenaire, ou n’est plus utilisé.',
    en: 'This motif is not of this partner, or is no longer used.',
  },
  meeting: {
    fr: 'Seule une réunion interne réunit plusieurs partenaires : visible de l’équipe, sans public, et pas confidentielle.',
    en: 'Only an internal meeting brings partners together: seen by the team, without public, and not confidential.',
  },
  invited: {
    fr: 'Ce partenaire n’existe pas, n’est plus là, ou organise la réunion.',
    en: 'This partner does not exist, has left, or holds the meeting.',
  },
  ruleId: { fr: 'Cette ligne n’est pas de cette permanence.', en: 'This line is not of this permanence.' },
  twice: { fr: 'Deux lignes portent le même identifiant.', en: 'Two lines carry the same id.' },
} as const;

/**
 * The rules of a body, checked and made canonical, or every field that is wrong in the reader's language.
 * @param known the rules the permanence has now: an id given back keeps its rule; a new rule gets one from `newId`.
 */
export function checkRules(
  body: PermanenceBody,
  place: Place,
  people: PartnerPeople,
  known: ReadonlySet<string>,
  language: Language,
  newId: () => string,
): CheckedRules {
  const errors: FieldError[] = [];
  body.motifIds.forEach((id, index) => {
    if (!isInUse(people.motifs.get(id))) errors.push({ at: `motifIds.${index}`, message: WORDS.motif[language] });
  });
  errors.push(...invitationErrors(body, people, language));
  const seen = new Set<string>();
  const rules = body.rules.map((rule, index) => {
    const wrong = (field: string, message: string) => errors.push({ at: `rules.${index}.${field}`, message });
    if (rule.id && !known.has(rule.id)) wrong('id', WORDS.ruleId[language]);
    if (rule.id && seen.has(rule.id)) wrong('id', WORDS.twice[language]);
    if (rule.id) seen.add(rule.id);
    checkPlace(rule, place, people, (field, words) => wrong(field, words[language]));
    rule.excluded.forEach(({ from, to }, nth) => {
      if (!parsePlainDate(from)) wrong(`excluded.${nth}.from`, WORDS.date[language]);
      if (!parsePlainDate(to)) wrong(`excluded.${nth}.to`, WORDS.date[language]);
      else if (to < from) wrong(`excluded.${nth}.to`, WORDS.days[language]);
    });
    const when = readWhen(rule, place.zone, language);
    if (!when.ok) wrong(when.field, when.message);
    return when.ok ? planned(rule, when, rule.id ?? newId()) : null;
  });
  if (errors.length) return { ok: false, errors };
  return { ok: true, rules: rules.filter((rule) => rule !== null) };
}

/** Only a meeting among colleagues invites: the public is received by one partner. */
function invitationErrors(body: PermanenceBody, { invited }: PartnerPeople, language: Language): FieldError[] {
  const { invitedPartnerIds: ids, partnerId, visibility, confidential, rules } = body;
  if (!ids.length) return [];
  const isMeeting = visibility === 'internal' && !confidential && rules.every(({ mode }) => mode === 'internal');
  if (!isMeeting) return [{ at: 'invitedPartnerIds', message: WORDS.meeting[language] }];
  return ids.flatMap((id, index) =>
    isInUse(invited.get(id)) && id !== partnerId
      ? []
      : [{ at: `invitedPartnerIds.${index}`, message: WORDS.invited[language] }],
  );
}

function checkPlace(
  rule: RuleBody,
  { sites, rooms, workstations }: Place,
  { agents }: PartnerPeople,
  wrong: (field: string, words: { fr: string; en: string }) => void,
): void {
  if (!isInUse(sites.get(rule.siteId))) wrong('siteId', WORDS.site);
  const room = rule.roomId ? rooms.get(rule.roomId) : null;
  if (rule.roomId && !(isInUse(room) && room?.siteId === rule.siteId)) wrong('roomId', WORDS.room);
  const desk = rule.workstationId ? workstations.get(rule.workstationId) : null;
  if (rule.workstationId && !(isInUse(desk) && desk?.roomId === rule.roomId)) wrong('workstationId', WORDS.desk);
  rule.agentIds.forEach((id, index) => {
    if (!isInUse(agents.get(id))) wrong(`agentIds.${index}`, WORDS.agent);
  });
}

function isInUse(thing: { retired: boolean } | null | undefined): boolean {
  return !!thing && !thing.retired;
}

type When = { ok: true; rrule: string; dtstart: PlainDate } | { ok: false; field: string; message: string };

/** An RRULE of the whitelist and its first date on or after `from`. */
function readWhen({ rrule, from, start, end, parity }: RuleBody, zone: string, language: Language): When {
  if (end <= start) return { ok: false, field: 'end', message: WORDS.end[language] };
  const anchor = parsePlainDate(from);
  if (!anchor) return { ok: false, field: 'from', message: WORDS.date[language] };
  const parsed = parseRule(rrule, zone);
  if (!parsed.ok) return { ok: false, field: 'rrule', message: language === 'fr' ? parsed.text : parsed.textEn };
  const dtstart = firstOccurrenceOnOrAfter(parsed.rule, anchor);
  if (!dtstart || (parity && !everFalls(parsed.rule, dtstart, start as PlainTime, parity))) {
    return { ok: false, field: 'rrule', message: WORDS.never[language] };
  }
  return { ok: true, rrule: formatRule(parsed.rule), dtstart };
}

const YEARS_TO_LOOK = 30;

/** "Un jeudi sur deux" can fall in odd weeks for years on end: then "semaines paires" leaves nothing of it. */
function everFalls(
  rule: Parameters<typeof expand>[0]['rule'],
  dtstart: PlainDate,
  start: PlainTime,
  parity: 'even' | 'odd',
) {
  const from = localDateTime(dtstart, start);
  const to = localDateTime(addDays(dtstart, YEARS_TO_LOOK * 366), start);
  return expand({ rule, dtstart: from }, { from, to }).some(
    (date) => weekParity(date.slice(0, 10) as PlainDate) === parity,
  );
}

function planned(rule: RuleBody, { rrule, dtstart }: { rrule: string; dtstart: PlainDate }, id: string): PlannedRule {
  return {
    id,
    rrule,
    dtstart,
    startTime: rule.start as PlainTime,
    endTime: rule.end as PlainTime,
    parity: rule.parity,
    mode: rule.mode,
    siteId: rule.siteId,
    roomId: rule.roomId,
    workstationId: rule.workstationId,
    agentIds: [...new Set(rule.agentIds)].sort(),
    seats: rule.seats,
    assumption: rule.assumption,
    excluded: inOrder(rule.excluded),
    onHoliday: rule.onHoliday,
    schoolHolidays: rule.schoolHolidays && {
      when: rule.schoolHolidays.when,
      name: rule.schoolHolidays.when === 'any' ? null : rule.schoolHolidays.name,
    },
  };
}

function inOrder(excluded: RuleBody['excluded']): ExcludedDays[] {
  return excluded
    .map(({ from, to, cause }) => ({ from: from as PlainDate, to: to as PlainDate, cause }))
    .sort((a, b) => (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1));
}
