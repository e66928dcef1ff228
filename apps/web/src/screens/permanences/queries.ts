import type {
  DateChange,
  Permanence,
  PermanenceBody,
  PermanenceDate,
  PermanenceLine,
  PermanenceReading,
  Preview,
} from '@app/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, send } from '../../api/client';
import { keys } from '../../api/queries';
import { useSession } from '../../api/session';

export function usePermanences(query: { partner: string | null; state: string | null }) {
  return useQuery({
    queryKey: [...keys.permanences, 'list', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<PermanenceLine[]>('/permanences', query, signal),
  });
}

export function usePermanence(id: string | undefined) {
  return useQuery({
    queryKey: [...keys.permanences, id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => get<Permanence>(`/permanences/${id}`, {}, signal),
  });
}

export function useDates(id: string, from: string, count: number) {
  return useQuery({
    queryKey: [...keys.permanences, id, 'dates', from, count],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<PermanenceDate[]>(`/permanences/${id}/dates`, { from, count }, signal),
  });
}

const SHOWN = 8;

/** The next eight dates of what is being written. Asked again when someone publishes elsewhere: a room may have gone. */
export function usePreview(permanence: PermanenceBody | null, permanenceId: string | null) {
  return useQuery({
    queryKey: [...keys.permanences, 'preview', permanenceId, permanence],
    enabled: permanence !== null,
    placeholderData: keepPreviousData,
    queryFn: () =>
      send<Preview>('POST', '/permanences/preview', {
        permanence,
        ...(permanenceId !== null && { permanenceId }),
        count: SHOWN,
      }),
  });
}

interface Written {
  words: string;
  partnerId: string | null;
  /** Which site is meant by a name that is no site's. */
  sites: Readonly<Record<string, string>>;
}

/** What the words of a bulletin say, with the words that were read. */
export function useReading(written: Written | null) {
  return useQuery({
    queryKey: [...keys.permanences, 'read', written],
    enabled: written !== null,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { words, partnerId, sites } = written as Written;
      const reading = await send<PermanenceReading>('POST', '/permanences/read', {
        words,
        ...(partnerId !== null && { partnerId }),
        sites: Object.entries(sites).map(([name, siteId]) => ({ name, siteId })),
      });
      return { words, reading };
    },
  });
}

export interface DateChanged {
  dryRun: boolean;
  conflicts: number;
  appointments: { id: string; start: string }[];
}

/** What a change of one date would do; nothing is changed. */
export function useDryRun(permanenceId: string, asked: Omit<DateChange, 'dryRun'> | null) {
  return useQuery({
    queryKey: [...keys.permanences, permanenceId, 'dry-run', asked],
    enabled: asked !== null,
    // Asked anew each time: who would be told yesterday is no answer.
    gcTime: 0,
    queryFn: () => send<DateChanged>('POST', `/permanences/${permanenceId}/dates`, { ...asked, dryRun: true }),
  });
}

/** Whether the signed-in person writes this partner's permanences (null: any at all). */
export function useMayWrite(): (partnerId: string | null) => boolean {
  const account = useSession().data?.account;
  return (partnerId) => {
    if (!account) return false;
    if (account.role === 'manager' || account.role === 'administrator') return true;
    return account.role === 'partner-editor' && (partnerId === null || partnerId === account.partnerId);
  };
}
