import type { CalendarChange, CalendarImport, Subscription, TakenBody } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { get, send } from '../../api/client';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import type { Draft } from '../permanences/draft';

const SUBSCRIPTIONS = [...keys.permanences, 'calendars'] as const;

export function useSubscriptions(isOn: boolean) {
  return useQuery({
    queryKey: SUBSCRIPTIONS,
    enabled: isOn,
    queryFn: ({ signal }) => get<Subscription[]>('/calendar-subscriptions', {}, signal),
  });
}

export const subscriptionsAgain = () => queryClient.invalidateQueries({ queryKey: SUBSCRIPTIONS });

export const readSubscription = (id: string) => send<CalendarImport>('POST', `/calendar-subscriptions/${id}/read`);

export function useCalendarChange(id: string) {
  return useQuery({
    queryKey: [...SUBSCRIPTIONS, id, 'change'],
    queryFn: ({ signal }) => get<CalendarChange>(`/calendar-subscriptions/${id}/change`, {}, signal),
  });
}

/** What was chosen of a calendar, on its way to the form. */
export interface Chosen {
  draft: Draft;
  /** The calendar that is followed from now on, with what was taken of it; null for a file. */
  followed: { id: string; titles: string[]; lines: TakenBody['lines'] } | null;
}

/** What was read and what was chosen of it stay with this session of this person, and nowhere else. */
export interface Read {
  partnerId: string;
  subscription: { id: string; host: string } | null;
  content: CalendarImport;
}

const READ = ['calendar-import', 'read'] as const;
const CHOSEN = ['calendar-import', 'chosen'] as const;

export const keepRead = (read: Read | null) => queryClient.setQueryData(READ, read);
export const keptRead = (): Read | null => queryClient.getQueryData<Read | null>(READ) ?? null;
export const keepChosen = (chosen: Chosen) => queryClient.setQueryData(CHOSEN, chosen);
export const keptChosen = (): Chosen | null => queryClient.getQueryData<Chosen>(CHOSEN) ?? null;

// Writing the form may take longer than unused answers are kept.
queryClient.setQueryDefaults(['calendar-import'], { gcTime: Number.POSITIVE_INFINITY });

/** The permanence it became is stored: from now on what changes is proposed for it. */
export async function noteTaken(id: string, taken: TakenBody): Promise<void> {
  await send('PUT', `/calendar-subscriptions/${id}/taken`, taken);
  await subscriptionsAgain();
}
