import { addDays, isoWeekday, type PlainDate, parsePlainDate } from '@app/time';
import type { Names } from '../../api/names';

/** Twelve people side by side is what a screen can hold. */
export const MOST_AGENTS = 12;
const VIEWS = ['agent', 'agents', 'room', 'partner'] as const;
export type View = (typeof VIEWS)[number];
/** As the address says them. */
const IN_ADDRESS: Record<View, string> = {
  agent: 'personne',
  agents: 'plusieurs',
  room: 'salle',
  partner: 'partenaire',
};

export interface Wanted {
  view: View;
  /** Whose planning; none while nobody is chosen among several. */
  ids: string[];
  /** Monday of the week, or the day when several are side by side. */
  from: PlainDate;
  days: number;
}

/** Which planning the address asks for; the viewer's own, or the first there is, when it says nothing. */
export function wantedFrom(
  params: URLSearchParams,
  { names, today, own }: { names: Names; today: PlainDate; own: string | null },
): Wanted {
  const view = VIEWS.find((one) => IN_ADDRESS[one] === params.get('vue')) ?? 'agent';
  const lines = linesOf(view, names);
  const asked = (params.get('qui') ?? '').split(',').filter((id) => lines.some((line) => line.id === id));
  const first = lines.find(({ id }) => id === own) ?? lines[0];
  const ids =
    asked.length > 0 ? asked : view === 'agents' ? lines.slice(0, 4).map(({ id }) => id) : first ? [first.id] : [];
  const day = parsePlainDate(params.get('du') ?? '') ?? today;
  return {
    view,
    ids: view === 'agents' ? ids.slice(0, MOST_AGENTS) : ids.slice(0, 1),
    from: view === 'agents' ? day : mondayOf(day),
    days: view === 'agents' ? 1 : 7,
  };
}

export const inAddress = (view: View): string => IN_ADDRESS[view];

function mondayOf(day: PlainDate): PlainDate {
  return addDays(day, 1 - isoWeekday(day));
}

/** Whoever a planning may be asked of, in the order of the directory. */
export function linesOf(view: View, names: Names): { id: string; name: string; detail: string }[] {
  if (view === 'room') {
    return names.rooms
      .filter(({ retired }) => !retired)
      .map(({ id, name, siteId }) => ({ id, name, detail: names.site(siteId)?.name ?? '' }));
  }
  if (view === 'partner') {
    return names.partners.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, name, detail: '' }));
  }
  return names.agents
    .filter(({ retired }) => !retired)
    .map(({ id, name, partnerId }) => ({ id, name, detail: names.partner(partnerId)?.shortName ?? '' }));
}
