import type { OrientationQuery, SlotFilter } from '@app/contract';

export type Mode = NonNullable<OrientationQuery['mode']>;

/** What narrows the slots, as the address holds it. */
export interface Wanted {
  /** In everyday words; '' when motifs are named instead, separated by commas. */
  need: string;
  motif: string;
  /** What is known of whoever asks: it informs, and leaves nothing out. */
  age: number | null;
  commune: string;
  part: 'morning' | 'afternoon' | null;
  site: string | null;
  agent: string | null;
  /** 'YYYY-MM-DD' */
  from: string | null;
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

export function wantedFrom(params: URLSearchParams): Wanted {
  const part = params.get('moment');
  const mode = params.get('mode');
  const age = Number.parseInt(params.get('age') ?? '', 10);
  return {
    need: (params.get('besoin') ?? '').trim().slice(0, 120),
    motif: params.get('motif') ?? '',
    age: Number.isNaN(age) ? null : Math.min(130, Math.max(0, age)),
    commune: params.get('commune') ?? '',
    part: part === 'matin' ? 'morning' : part === 'apres-midi' ? 'afternoon' : null,
    site: params.get('site'),
    agent: params.get('agent'),
    from: params.get('des'),
    partner: params.get('service'),
    language: params.get('langue'),
    mode: (Object.keys(MODES) as Mode[]).find((one) => MODES[one] === mode) ?? null,
    accessible: params.get('accessible') === YES,
    interpreter: params.get('interprete') === YES,
  };
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
