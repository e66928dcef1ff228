import type { PermanenceBody } from '@app/contract';
import {
  dateOf,
  type Language,
  type LocalDateTime,
  type PlainDate,
  sayDate,
  sayList,
  sayTime,
  timeOf,
} from '@app/time';
import type { PlannedRule } from './permanence';
import { sayRule } from './wording';

/** What a permanence says, as its history keeps it. */
export interface Said {
  title: string;
  visibility: PermanenceBody['visibility'];
  onHoliday: PermanenceBody['onHoliday'];
  onClosure: PermanenceBody['onClosure'];
  schoolHolidays: PermanenceBody['schoolHolidays'];
  publicNote: string;
  motifIds: string[];
  /** Absent of what was kept before partners could be invited. */
  invitedPartnerIds?: string[];
  rules: PlannedRule[];
}

/** Kept when a permanence changes, before and after. */
export function saidOf(said: Omit<Said, 'rules'>, rules: readonly PlannedRule[]): Said {
  const { title, visibility, onHoliday, onClosure, schoolHolidays, publicNote, motifIds, invitedPartnerIds } = said;
  return {
    ...{ title, visibility, onHoliday, onClosure, schoolHolidays, publicNote, motifIds, invitedPartnerIds },
    rules: [...rules],
  };
}

interface Turn {
  originalStart: LocalDateTime;
  agentIds: string[];
}

/** What the events of a permanence say of it; see `recordLayout`. */
export interface Kept {
  kind: string;
  day: PlainDate | null;
  detail: {
    inserted?: number;
    stopsOn?: PlainDate;
    from?: PlainDate;
    before?: Said;
    after?: Said;
    originalStart?: LocalDateTime;
    change?: 'cancelled' | 'changed' | 'as-the-rule-says';
    to?: LocalDateTime;
    agentIds?: string[];
    mode?: PlannedRule['mode'];
    roomId?: string;
    one?: Turn;
    other?: Turn;
    proposal?: 'publication' | 'change' | 'stop';
  };
}

/** Names of what is kept by its id. */
export interface Names {
  agents: ReadonlyMap<string, string>;
  motifs: ReadonlyMap<string, string>;
  partners: ReadonlyMap<string, string>;
  places: ReadonlyMap<string, string>;
}

const WORDS = {
  fr: {
    drafted: 'Brouillon écrit',
    published: (dates: number) => (dates > 1 ? `Publiée : ${dates} dates` : 'Publiée'),
    changed: 'Modifiée',
    changedFrom: (day: string) => `Modifiée à partir du ${day}`,
    stopped: 'Arrêtée',
    stoppedOn: (day: string) => `Arrêtée à partir du ${day}`,
    date: {
      cancelled: (moment: string) => `Date du ${moment} annulée`,
      changed: (moment: string) => `Date du ${moment} changée`,
      'as-the-rule-says': (moment: string) => `Date du ${moment} rétablie`,
    },
    put: (moment: string) => `désormais le ${moment}`,
    received: (who: string) => `agents : ${who}`,
    modes: {
      'walk-in': 'sans rendez-vous',
      appointment: 'sur rendez-vous',
      group: 'en groupe',
      internal: 'réunion interne',
    },
    swapped: 'Tours échangés',
    turn: (moment: string, who: string) => `${moment} : ${who} cède son tour`,
    proposed: {
      publication: 'Publication demandée au responsable',
      change: 'Changement demandé au responsable',
      stop: 'Arrêt demandé au responsable',
    },
    approved: 'Demande accordée',
    refused: 'Demande refusée',
    withdrawn: 'Demande retirée',
    room: (day: string) => `Salle donnée à la date du ${day}`,
    title: 'Nom',
    visibility: 'Visibilité',
    seen: { public: 'tout le monde', restricted: 'les partenaires', internal: 'l’équipe' },
    holiday: 'Jours fériés',
    onHoliday: { skip: 'pas de permanence', move: 'reportée', keep: 'maintenue' },
    closure: 'Fermetures',
    school: 'Vacances scolaires',
    schoolHolidays: { any: 'sans effet', outside: 'pas de permanence', only: 'seulement pendant' },
    note: 'Note publique',
    motifs: 'Motifs',
    invited: 'Avec',
    none: 'aucun',
    is: (what: string, before: string, after: string) => `${what} : ${before} → ${after}`,
    gone: (line: string) => `Retiré : ${line}`,
    come: (line: string) => `Ajouté : ${line}`,
  },
  en: {
    drafted: 'Draft written',
    published: (dates: number) => (dates > 1 ? `Published: ${dates} dates` : 'Published'),
    changed: 'Changed',
    changedFrom: (day: string) => `Changed from ${day} on`,
    stopped: 'Stopped',
    stoppedOn: (day: string) => `Stopped from ${day} on`,
    date: {
      cancelled: (moment: string) => `Date of ${moment} cancelled`,
      changed: (moment: string) => `Date of ${moment} changed`,
      'as-the-rule-says': (moment: string) => `Date of ${moment} restored`,
    },
    put: (moment: string) => `now on ${moment}`,
    received: (who: string) => `agents: ${who}`,
    modes: { 'walk-in': 'walk-in', appointment: 'by appointment', group: 'as a group', internal: 'internal meeting' },
    swapped: 'Turns swapped',
    turn: (moment: string, who: string) => `${moment}: ${who} gives up the turn`,
    proposed: {
      publication: 'Publication asked of the person in charge',
      change: 'Change asked of the person in charge',
      stop: 'End asked of the person in charge',
    },
    approved: 'Request approved',
    refused: 'Request refused',
    withdrawn: 'Request withdrawn',
    room: (day: string) => `Room given to the date of ${day}`,
    title: 'Name',
    visibility: 'Seen by',
    seen: { public: 'everyone', restricted: 'partners', internal: 'the team' },
    holiday: 'Public holidays',
    onHoliday: { skip: 'no permanence', move: 'moved', keep: 'kept' },
    closure: 'Closures',
    school: 'School holidays',
    schoolHolidays: { any: 'no effect', outside: 'no permanence', only: 'only then' },
    note: 'Public note',
    motifs: 'Reasons',
    invited: 'With',
    none: 'none',
    is: (what: string, before: string, after: string) => `${what}: ${before} → ${after}`,
    gone: (line: string) => `Removed: ${line}`,
    come: (line: string) => `Added: ${line}`,
  },
};

/** One event in the reader's words: what was done, and what it changed. */
export function tell(
  { kind, day, detail }: Kept,
  names: Names,
  language: Language,
): { words: string; details: string[] } {
  const words = WORDS[language];
  const on = (date: PlainDate) => sayDate(date, language);
  const at = (moment: LocalDateTime) => `${on(dateOf(moment))}, ${sayTime(timeOf(moment), language)}`;
  const plain = (said: string, details: string[] = []) => ({ words: said, details });
  switch (kind) {
    case 'permanence.drafted':
      return plain(words.drafted);
    case 'permanence.published':
      return plain(words.published(detail.inserted ?? 0));
    case 'permanence.stopped':
      return plain(detail.stopsOn ? words.stoppedOn(on(detail.stopsOn)) : words.stopped);
    case 'permanence.date-changed': {
      const { change = 'changed', originalStart, to, agentIds, mode, roomId } = detail;
      const what = [
        to && to !== originalStart ? words.put(at(to)) : '',
        agentIds
          ? words.received(
              sayList(
                agentIds.map((id) => names.agents.get(id) ?? '?'),
                language,
              ) || words.none,
            )
          : '',
        mode ? words.modes[mode] : '',
        roomId ? (names.places.get(roomId) ?? '') : '',
      ];
      return plain(originalStart ? words.date[change](at(originalStart)) : words.changed, what.filter(Boolean));
    }
    case 'permanence.turns-swapped': {
      const turns = [detail.one, detail.other].filter((turn) => turn !== undefined);
      const who = ({ agentIds }: Turn) =>
        sayList(
          agentIds.map((id) => names.agents.get(id) ?? '?'),
          language,
        );
      return plain(
        words.swapped,
        turns.map((turn) => words.turn(at(turn.originalStart), who(turn))),
      );
    }
    case 'permanence.proposed':
      return plain(words.proposed[detail.proposal ?? 'change']);
    case 'permanence.approved':
      return plain(words.approved);
    case 'permanence.refused':
      return plain(words.refused);
    case 'permanence.withdrawn':
      return plain(words.withdrawn);
    case 'conflict.settled':
      return plain(day ? words.room(on(day)) : words.changed);
    default: {
      const { from, before, after } = detail;
      return plain(
        from ? words.changedFrom(on(from)) : words.changed,
        before && after ? changes(before, after, names, language) : [],
      );
    }
  }
}

/** What differs between two sayings, line by line. */
export function changes(before: Said, after: Said, names: Names, language: Language): string[] {
  const words = WORDS[language];
  const motifs = ({ motifIds }: Said) =>
    sayList([...new Set(motifIds)].map((id) => names.motifs.get(id) ?? '?').sort(), language) || words.none;
  const invited = ({ invitedPartnerIds = [] }: Said) =>
    sayList(invitedPartnerIds.map((id) => names.partners.get(id) ?? '?').sort(), language) || words.none;
  const facts: [string, string, string][] = [
    [words.title, before.title, after.title],
    [words.visibility, words.seen[before.visibility], words.seen[after.visibility]],
    [words.holiday, words.onHoliday[before.onHoliday], words.onHoliday[after.onHoliday]],
    [words.closure, words.onHoliday[before.onClosure], words.onHoliday[after.onClosure]],
    [words.school, words.schoolHolidays[before.schoolHolidays], words.schoolHolidays[after.schoolHolidays]],
    [words.note, before.publicNote || words.none, after.publicNote || words.none],
    [words.motifs, motifs(before), motifs(after)],
    [words.invited, invited(before), invited(after)],
  ];
  const lines = (said: Said) => said.rules.map((rule) => sayLine(rule, names, language));
  const [were, are] = [lines(before), lines(after)];
  return [
    ...facts.filter(([, was, is]) => was !== is).map(([what, was, is]) => words.is(what, was, is)),
    ...were.filter((line) => !are.includes(line)).map(words.gone),
    ...are.filter((line) => !were.includes(line)).map(words.come),
  ];
}

function sayLine(rule: PlannedRule, { agents, places }: Names, language: Language): string {
  const where = [rule.siteId, rule.roomId, rule.workstationId].flatMap((id) => (id ? (places.get(id) ?? []) : []));
  const who = rule.agentIds.flatMap((id) => agents.get(id) ?? []);
  return [sayRule(rule, language), ...where, ...who].join(', ');
}
