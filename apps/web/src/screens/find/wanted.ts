import { looksLikeNir, type OrientationQuery, type SlotFilter } from '@app/contract';
import { parsePlainDate, type PlainDate } from '@app/time';
import type { Names } from '../../api/names';

export type Mode = NonNullable<OrientationQuery['mode']>;

/** What narrows the slots, as the address holds it. */
export interface Wanted {
  /** In everyday words; '' when motifs are named instead. */
  need: string;
  /** The address held a social security number: neither kept nor shown. */
  isRefused: boolean;
  motifs: string[];
  /** Who asks, when she is known. */
  usager: string | null;
  /** What is known of whoever asks: it informs, and leaves nothing out. */
  age: number | null;
  commune: string;
  part: 'morning' | 'afternoon' | null;
  site: string | null;
  agent: string | null;
  from: PlainDate | null;
  partner: string | null;
  /** A language code, spoken by whoever receives. */
  language: string | null;
  mode: Mode | null;
  /** Only rooms that a wheelchair enters. */
  accessible: boolean;
  /** Someone translates: it lasts twice as long. */
  interpreter: boolean;
}

/** How the address names each way of meeting. */
export const MODES = { 'on-site': 'sur-place', phone: 'telephone', home: 'domicile', video: 'visio' } as const;
export const YES = 'oui';

/** A language as its code: what else an address may hold is neither asked nor shown. */
const LANGUAGE = /^(?=.{2,8}$)[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const ID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;
/** As many as one search answers for. */
const MOST_MOTIFS = 30;
const LONGEST_COMMUNE = 80;

export function wantedFrom(params: URLSearchParams): Wanted {
  const text = (name: string) => (params.get(name) ?? '').trim();
  const spoken = (name: string) => (looksLikeNir(text(name)) ? '' : text(name));
  const idOf = (value: string | null) => (value !== null && ID.test(value.trim()) ? value.trim() : null);
  const language = params.get('langue') ?? '';
  const part = params.get('moment');
  const mode = params.get('mode');
  const age = Number.parseInt(params.get('age') ?? '', 10);
  return {
    need: spoken('besoin').slice(0, 120),
    isRefused: looksLikeNir(text('besoin')) || looksLikeNir(text('commune')),
    motifs: text('motif')
      .split(',')
      .flatMap((id) => idOf(id) ?? [])
      .slice(0, MOST_MOTIFS),
    usager: idOf(params.get('usager')),
    age: Number.isNaN(age) ? null : Math.min(130, Math.max(0, age)),
    commune: looksLikeNir(text('commune')) ? '' : (params.get('commune') ?? '').slice(0, LONGEST_COMMUNE),
    part: part === 'matin' ? 'morning' : part === 'apres-midi' ? 'afternoon' : null,
    site: idOf(params.get('site')),
    agent: idOf(params.get('agent')),
    from: dayWithin(params.get('des') ?? ''),
    partner: idOf(params.get('service')),
    language: LANGUAGE.test(language) ? language : null,
    mode: (Object.keys(MODES) as Mode[]).find((one) => MODES[one] === mode) ?? null,
    accessible: params.get('accessible') === YES,
    interpreter: params.get('interprete') === YES,
  };
}

/** What an address may name that is not there for whoever reads it. */
export type Unknown = 'motif' | 'site' | 'agent' | 'partner' | 'usager';

/** Without what the directory does not know: removed since, or of another space. */
export function knownIn(
  wanted: Wanted,
  names: Pick<Names, 'motif' | 'site' | 'agent' | 'partner'>,
): { wanted: Wanted; unknown: Unknown[] } {
  const motifs = wanted.motifs.filter((id) => names.motif(id));
  const unknown: Unknown[] = motifs.length < wanted.motifs.length ? ['motif'] : [];
  const known = { ...wanted, motifs };
  for (const name of ['site', 'agent', 'partner'] as const) {
    if (wanted[name] === null || names[name](wanted[name])) continue;
    known[name] = null;
    unknown.push(name);
  }
  return { wanted: known, unknown };
}

/** As the api is asked, for one motif or for several: what is not wanted is left out. */
export function narrowing({ part, agent, from, partner, language, mode, accessible, interpreter }: Wanted) {
  return {
    ...(part && { part }),
    ...(agent && { agent }),
    ...(from && { from: `${from}T00:00` }),
    ...(partner && { partner }),
    ...(language && { language }),
    ...(mode && { mode }),
    ...(accessible && { accessible }),
    ...(interpreter && { interpreter }),
  };
}

/** How the address names each filter. */
const IN_ADDRESS = {
  language: 'langue',
  interpreter: 'interprete',
  mode: 'mode',
  accessible: 'accessible',
  agent: 'agent',
  partner: 'service',
  site: 'site',
  part: 'moment',
  from: 'des',
} as const satisfies Record<SlotFilter, string>;

/** What becomes of the address without these filters; null when one of them was never in it: a person's own record asks for it. */
export function withoutFilters(
  wanted: Wanted,
  filters: readonly SlotFilter[],
  { interpreter }: { interpreter: boolean },
): Record<string, string | null> | null {
  if (!filters.every((filter) => wanted[filter])) return null;
  return {
    ...Object.fromEntries(filters.map((filter) => [IN_ADDRESS[filter], null])),
    ...(interpreter && { interprete: YES }),
  };
}

/** A day of the years the product knows. */
function dayWithin(text: string): PlainDate | null {
  const day = parsePlainDate(text);
  return day !== null && day >= '1900' && day < '2200' ? day : null;
}
