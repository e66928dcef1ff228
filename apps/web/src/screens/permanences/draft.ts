import type { Mode, Motif, Permanence, PermanenceBody, RuleBody } from '@app/contract';
import { type ChoiceDraft, choicesToSend } from './date-choices';
import { EVERY_WEEK, type Rhythm, rhythmOf, ruleOf } from './rhythm';

/** One line of a permanence while it is being written: what is not chosen yet is null. */
export interface RuleDraft {
  /** Tells lines apart on the screen; `id` is the server's, once it has one. */
  key: string;
  id: string | null;
  rhythm: Rhythm;
  from: string | null;
  start: string | null;
  end: string | null;
  mode: Mode;
  siteId: string | null;
  roomId: string | null;
  workstationId: string | null;
  agentIds: readonly string[];
  seats: number | null;
  assumption: string;
  excluded: readonly ExcludedDraft[];
  onHoliday: RuleBody['onHoliday'];
  schoolHolidays: RuleBody['schoolHolidays'];
}

/** Days that a line leaves out, while they are being chosen. */
export interface ExcludedDraft {
  key: string;
  from: string | null;
  to: string | null;
  cause: string;
}

export const SCHOOL_NAMES = ['Toussaint', 'Noël', 'hiver', 'printemps', 'été'] as const;

/** Days left out as the server gives them, each told apart on the screen. */
export function excludedDrafts(excluded: RuleBody['excluded'], of: string): ExcludedDraft[] {
  return excluded.map((one, nth) => ({ ...one, key: `${of} ${nth}` }));
}

export interface Draft {
  partnerId: string | null;
  title: string;
  visibility: PermanenceBody['visibility'];
  confidential: boolean;
  onHoliday: PermanenceBody['onHoliday'];
  onClosure: PermanenceBody['onClosure'];
  schoolHolidays: PermanenceBody['schoolHolidays'];
  publicNote: string;
  motifIds: readonly string[];
  invitedPartnerIds: readonly string[];
  rules: readonly RuleDraft[];
  /** What is decided of dates, one by one. */
  choices: readonly ChoiceDraft[];
}

/** What each line says of its days, for what is decided of its dates. */
export function saidBy({ rules }: Pick<Draft, 'rules'>): string[] {
  return rules.map(({ rhythm, from }) => [ruleOf(rhythm)?.rrule, ruleOf(rhythm)?.parity, from].join());
}

export function newRule(key: string, today: string, siteId: string | null): RuleDraft {
  return {
    key,
    id: null,
    rhythm: EVERY_WEEK,
    from: today,
    start: '09:00',
    end: '12:00',
    mode: 'appointment',
    siteId,
    roomId: null,
    workstationId: null,
    agentIds: [],
    seats: 1,
    assumption: '',
    excluded: [],
    onHoliday: null,
    schoolHolidays: null,
  };
}

/** The same days and place at other hours: the afternoon of a morning. */
export function sameDaysLater(rule: RuleDraft, key: string): RuleDraft {
  return { ...rule, key, id: null, start: rule.end, end: null };
}

export function draftOf(permanence: Permanence): Draft {
  const { partnerId, title, visibility, confidential, onHoliday, onClosure, schoolHolidays, publicNote, motifIds } =
    permanence;
  const { invitedPartnerIds } = permanence;
  const rules = permanence.rules.map(({ words: _, rrule, parity, ...rule }) => ({
    ...rule,
    key: rule.id,
    rhythm: rhythmOf({ rrule, parity }, rule.from),
    excluded: excludedDrafts(rule.excluded, rule.id),
  }));
  const said = saidBy({ rules });
  return {
    partnerId,
    title,
    visibility,
    confidential,
    onHoliday,
    onClosure,
    schoolHolidays,
    publicNote,
    motifIds,
    invitedPartnerIds,
    rules,
    choices: permanence.choices.map((one) => ({ ...one, said: said[one.rule] ?? '' })),
  };
}

/** What must still be chosen, named as the server names its fields: "rules.0.siteId". */
export type Missing = string;

/** The permanence as the server takes it, or what is missing. */
export function bodyOf(draft: Draft): { body: PermanenceBody; missing?: never } | { missing: Missing[] } {
  const missing: Missing[] = [];
  const rules = draft.rules.map((rule, index) => {
    const written = ruleOf(rule.rhythm);
    const { from, start, end, siteId, seats } = rule;
    const lacks = (field: string) => missing.push(`rules.${index}.${field}`);
    if (!written) lacks('rrule');
    if (!from) lacks('from');
    if (!start) lacks('start');
    if (!end) lacks('end');
    if (!siteId) lacks('siteId');
    rule.excluded.forEach((days, nth) => {
      if (!days.from) lacks(`excluded.${nth}.from`);
      if (!days.to) lacks(`excluded.${nth}.to`);
    });
    return written && from && start && end && siteId
      ? bodyOfRule(rule, { ...written, from, start, end, siteId, seats: seats ?? 1 })
      : null;
  });
  const title = draft.title.trim();
  if (!draft.partnerId) missing.unshift('partnerId');
  if (!title) missing.unshift('title');
  if (!draft.partnerId || missing.length > 0) return { missing };
  return {
    body: {
      partnerId: draft.partnerId,
      title,
      visibility: draft.visibility,
      confidential: draft.confidential,
      onHoliday: draft.onHoliday,
      onClosure: draft.onClosure,
      schoolHolidays: draft.schoolHolidays,
      publicNote: draft.publicNote,
      motifIds: [...draft.motifIds],
      invitedPartnerIds: invitedOf(draft),
      rules: rules.filter((rule) => rule !== null),
      choices: choicesToSend(draft.choices, saidBy(draft)),
    },
  };
}

type Known = Pick<RuleBody, 'rrule' | 'parity' | 'from' | 'start' | 'end' | 'siteId' | 'seats'>;

function bodyOfRule(rule: RuleDraft, known: Known): RuleBody {
  return {
    ...(rule.id !== null && { id: rule.id }),
    ...known,
    mode: rule.mode,
    roomId: rule.roomId,
    workstationId: rule.workstationId,
    agentIds: [...rule.agentIds],
    assumption: rule.assumption,
    excluded: rule.excluded.map(({ from, to, cause }) => ({ from: from ?? '', to: to ?? '', cause: cause.trim() })),
    onHoliday: rule.onHoliday,
    schoolHolidays: rule.schoolHolidays,
  };
}

/** Among colleagues, without public: other partners may be invited. */
export function isMeeting({ visibility, confidential, rules }: Draft): boolean {
  return visibility === 'internal' && !confidential && rules.every(({ mode }) => mode === 'internal');
}

/** Who comes besides the partner: only a meeting invites. */
export function invitedOf(draft: Draft): string[] {
  return isMeeting(draft) ? draft.invitedPartnerIds.filter((id) => id !== draft.partnerId) : [];
}

/** A partner with one motif receives for that one: nothing to choose. */
export function onlyMotif(motifs: readonly Motif[], partnerId: string): string[] {
  const theirs = motifs.filter((motif) => motif.partnerId === partnerId && !motif.retired);
  return theirs.length === 1 ? theirs.map(({ id }) => id) : [];
}

interface ItsOwn {
  /** The names of the partner before, and of this one. */
  before: string | undefined;
  after: string;
  motifIds: string[];
}

/** Another partner has other people and other reasons to come. */
export function forPartner(draft: Draft, partnerId: string, { before, after, motifIds }: ItsOwn): Draft {
  return {
    ...draft,
    partnerId,
    title: draft.title === '' || draft.title === before ? after : draft.title,
    motifIds,
    rules: draft.rules.map((rule) => ({ ...rule, agentIds: [] })),
  };
}
