import type { Emptied, SlotFilter } from '@app/contract';
import type { Language, LocalDateTime } from '@app/time';

/** What narrows a search by choice. */
export interface Filters {
  sites?: readonly string[] | undefined;
  partner?: string | undefined;
  agent?: string | undefined;
  /** ISO 639 code, spoken by the agent who receives. */
  language?: string | undefined;
  accessible?: boolean | undefined;
  part?: 'morning' | 'afternoon' | undefined;
  mode?: string | undefined;
  interpreter?: boolean | undefined;
}

/** The question without one of its filters, or without all of them. */
export interface Widened {
  filters: readonly SlotFilter[];
  asked: Filters;
  /** From now, whatever day was asked for. */
  fromNow: boolean;
  /** Nothing is asked any more. */
  isAll: boolean;
}

/** The first slot of a motif once less is asked. */
export interface FoundWider {
  motifId: string;
  way: Widened;
  start: LocalDateTime;
  end: LocalDateTime;
  siteId: string;
}

/** What the words of one motif need to know. */
export interface AboutMotif {
  /** The service that receives. */
  partner: string;
  modes: readonly string[];
  /** Somebody of the service speaks the language asked for. */
  isSpoken: boolean;
}

export interface AboutAsked {
  motifs: ReadonlyMap<string, AboutMotif>;
  asked: Filters;
  agentName: string;
  siteNames: readonly string[];
  language: Language;
}

const isAsked: Record<Exclude<SlotFilter, 'from'>, (asked: Filters) => boolean> = {
  language: ({ language }) => language !== undefined,
  interpreter: ({ interpreter }) => interpreter === true,
  mode: ({ mode }) => mode !== undefined,
  accessible: ({ accessible }) => accessible === true,
  agent: ({ agent }) => agent !== undefined,
  partner: ({ partner }) => partner !== undefined,
  site: ({ sites }) => sites !== undefined,
  part: ({ part }) => part !== undefined,
};
const NAMED_IN_ASKED = { site: 'sites' } as const;
const FILTERS = Object.keys(isAsked) as (keyof typeof isAsked)[];

function without(asked: Filters, filters: readonly SlotFilter[]): Filters {
  const names = filters.map((filter) => (filter === 'site' ? NAMED_IN_ASKED.site : filter));
  return Object.fromEntries(Object.entries(asked).filter(([name]) => !names.some((one) => one === name)));
}

/**
 * The same question without each of its filters in turn, a language also with an interpreter instead; then, when there are
 * several, without any of them.
 */
export function widenings(asked: Filters, isFromLater: boolean): Widened[] {
  const filters: SlotFilter[] = FILTERS.filter((filter) => isAsked[filter](asked));
  if (isFromLater) filters.push('from');
  const widened = (dropped: readonly SlotFilter[]): Widened => ({
    filters: dropped,
    asked: without(asked, dropped),
    fromNow: dropped.includes('from'),
    isAll: dropped.length === filters.length,
  });
  const alone = filters.map((filter) => widened([filter]));
  const translated = alone.flatMap((one) =>
    one.filters[0] === 'language' && !asked.interpreter
      ? [{ ...one, asked: { ...one.asked, interpreter: true }, isAll: false }]
      : [],
  );
  return [...alone, ...translated, ...(filters.length > 1 ? [widened(filters)] : [])];
}

const MODES: Record<Language, Record<string, string>> = {
  fr: { 'on-site': 'sur place', phone: 'au téléphone', home: 'à domicile', video: 'en visio' },
  en: { 'on-site': 'on site', phone: 'on the phone', home: 'at home', video: 'by video' },
};

interface Words {
  /** What is asked that leaves nothing. */
  rule: string;
  /** Whose rule it is. */
  owner: string;
}

const FRENCH: Record<SlotFilter, (motif: AboutMotif, about: AboutAsked) => Words> = {
  language: ({ partner, isSpoken }, { asked }) => ({
    rule: isSpoken
      ? `Aucun créneau libre avec quelqu’un qui parle ${named(asked.language, 'fr')}.`
      : `Personne ne parle ${named(asked.language, 'fr')} pour ce motif.`,
    owner: partner,
  }),
  interpreter: ({ partner }) => ({
    rule: 'Avec interprète, la durée double : rien d’assez long n’est libre.',
    owner: `${partner}, Réglages › Motifs`,
  }),
  mode: ({ partner, modes }, { asked }) => ({
    rule: modes.includes(asked.mode ?? '')
      ? `Aucun créneau libre ${MODES.fr[asked.mode ?? '']}.`
      : `Ce motif ne se fait pas ${MODES.fr[asked.mode ?? '']}.`,
    owner: `${partner}, Réglages › Motifs`,
  }),
  accessible: () => ({
    rule: 'Aucun créneau libre dans un bureau accessible en fauteuil.',
    owner: 'Responsable du lieu, Réglages › Salles',
  }),
  agent: ({ partner }, { agentName }) => ({
    rule: `Aucun créneau libre avec ${agentName || 'cette personne'}.`,
    owner: partner,
  }),
  partner: ({ partner }) => ({ rule: `Un autre service reçoit pour ce motif : ${partner}.`, owner: 'Cette recherche' }),
  site: ({ partner }, { siteNames }) => ({
    rule: `Aucun créneau libre à ce lieu : ${siteNames.join(', ')}.`,
    owner: partner,
  }),
  part: ({ partner }, { asked }) => ({
    rule: `Aucun créneau libre ${asked.part === 'morning' ? 'le matin' : 'l’après-midi'}.`,
    owner: partner,
  }),
  from: ({ partner }) => ({ rule: 'Aucun créneau libre à partir de ce jour.', owner: `${partner}, Permanences` }),
};

const ENGLISH: typeof FRENCH = {
  language: ({ partner, isSpoken }, { asked }) => ({
    rule: isSpoken
      ? `No free slot with someone who speaks ${named(asked.language, 'en')}.`
      : `Nobody speaks ${named(asked.language, 'en')} for this reason.`,
    owner: partner,
  }),
  interpreter: ({ partner }) => ({
    rule: 'With an interpreter it lasts twice as long: nothing that long is free.',
    owner: `${partner}, Settings › Reasons`,
  }),
  mode: ({ partner, modes }, { asked }) => ({
    rule: modes.includes(asked.mode ?? '')
      ? `No free slot ${MODES.en[asked.mode ?? '']}.`
      : `This reason is not received ${MODES.en[asked.mode ?? '']}.`,
    owner: `${partner}, Settings › Reasons`,
  }),
  accessible: () => ({
    rule: 'No free slot in a room a wheelchair enters.',
    owner: 'The person in charge, Settings › Rooms',
  }),
  agent: ({ partner }, { agentName }) => ({
    rule: `No free slot with ${agentName || 'this person'}.`,
    owner: partner,
  }),
  partner: ({ partner }) => ({ rule: `Another service receives for this reason: ${partner}.`, owner: 'This search' }),
  site: ({ partner }, { siteNames }) => ({
    rule: `No free slot at this site: ${siteNames.join(', ')}.`,
    owner: partner,
  }),
  part: ({ partner }, { asked }) => ({
    rule: `No free slot in the ${asked.part}.`,
    owner: partner,
  }),
  from: ({ partner }) => ({ rule: 'No free slot from that day on.', owner: `${partner}, Permanences` }),
};

const TOGETHER: Record<Language, Words> = {
  fr: { rule: 'Ensemble, ces critères ne laissent aucun créneau.', owner: 'Cette recherche' },
  en: { rule: 'Together, these criteria leave no slot.', owner: 'This search' },
};

function named(code: string | undefined, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code ?? '') ?? '';
  } catch {
    // Not a language code: the word itself was written.
    return code ?? '';
  }
}

/** By motif, what was asked that leaves no slot, and the first ones there are without it. */
export function emptiedBy(found: readonly FoundWider[], about: AboutAsked): Emptied[] {
  const emptied = new Map<string, Emptied>();
  for (const { motifId, way, start, end, siteId } of found) {
    const motif = about.motifs.get(motifId);
    if (!motif) continue;
    const key = `${motifId} ${way.filters.join()}`;
    const one = emptied.get(key) ?? said(way.filters, motifId, motif, about);
    one.waysOut.push({ interpreter: way.asked.interpreter === true && !about.asked.interpreter, start, end, siteId });
    emptied.set(key, one);
  }
  return [...emptied.values()];
}

function said(filters: readonly SlotFilter[], motifId: string, motif: AboutMotif, about: AboutAsked): Emptied {
  const [only, ...others] = filters;
  const words = only && !others.length ? (about.language === 'fr' ? FRENCH : ENGLISH)[only](motif, about) : null;
  const { rule, owner } = words ?? TOGETHER[about.language];
  return { motifId, filters: [...filters], text: rule, owner, waysOut: [] };
}
