import type {
  DateChanged,
  HistoryLine,
  Permanence,
  PermanenceBody,
  PermanenceDate,
  PermanenceLine,
  PermanenceReading,
  Preview,
  ProposalLine,
  PublicationApproval,
  Published,
} from '@app/contract';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
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

/** A turn of another permanence. */
export interface OtherTurn extends PermanenceDate {
  of: { id: string; title: string };
}

const OTHER_TURNS = 30;

/** The next dates of the partner's other permanences: colleagues swap turns across them. */
export function useOtherTurns({ id, partnerId }: Permanence, from: string): OtherTurn[] {
  const lines = usePermanences({ partner: partnerId, state: 'published' }).data ?? [];
  return useQueries({
    queries: lines
      .filter((line) => line.id !== id)
      .map((line) => ({
        queryKey: [...keys.permanences, line.id, 'turns', from, OTHER_TURNS],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const query = { from, count: OTHER_TURNS };
          const dates = await get<PermanenceDate[]>(`/permanences/${line.id}/dates`, query, signal);
          return dates.map((date) => ({ ...date, of: { id: line.id, title: line.title } }));
        },
      })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
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

/** What a change would do; nothing is changed. Asked anew each time: who would be told yesterday is no answer. */
function useForeseen<Answer>(permanenceId: string, method: 'POST' | 'PUT', act: string, asked: object | null) {
  return useQuery({
    queryKey: [...keys.permanences, permanenceId, 'dry-run', act, asked],
    enabled: asked !== null,
    gcTime: 0,
    retry: false,
    queryFn: () => send<Answer>(method, `/permanences/${permanenceId}${act && `/${act}`}`, { ...asked, dryRun: true }),
  });
}

/** What changing one date, or swapping the turns of two, would do. */
export function useDryRun(permanenceId: string, act: 'dates' | 'swap', asked: object | null) {
  return useForeseen<DateChanged>(permanenceId, 'POST', act, asked);
}

/** What stopping on a day would do. */
export function useStopShown(permanenceId: string, asked: { from: string } | null) {
  return useForeseen<Published>(permanenceId, 'POST', 'stop', asked);
}

export interface ChangeAsked {
  permanence: PermanenceBody;
  version: number;
  from?: string;
}

/** What saying a published permanence anew would do. */
export function useChangeShown(permanenceId: string, asked: ChangeAsked | null) {
  return useForeseen<Published>(permanenceId, 'PUT', '', asked);
}

/** What partners asked for and nobody answered yet. */
export function useProposals(isEnabled: boolean) {
  return useQuery({
    queryKey: [...keys.permanences, 'proposals'],
    enabled: isEnabled,
    queryFn: ({ signal }) => get<ProposalLine[]>('/proposals', {}, signal),
  });
}

/** What approving a request would do; nothing is done. */
export function useApprovalShown(id: string) {
  return useQuery({
    queryKey: [...keys.permanences, 'proposals', id, 'dry-run'],
    gcTime: 0,
    retry: false,
    queryFn: () => send<Published>('POST', `/proposals/${id}/approve`, { dryRun: true }),
  });
}

const APPROVAL = [...keys.permanences, 'approval'];

/** Whether what partners publish waits for the person in charge. */
export function useApprovalRequired() {
  const query = useQuery({
    queryKey: APPROVAL,
    queryFn: ({ signal }) => get<PublicationApproval>('/publication-approval', {}, signal),
  });
  return { ...query, queryKey: APPROVAL };
}

/** Whether the signed-in person asks before this is published or changed. */
export function useAsksFirst(confidential: boolean): boolean {
  const isEditor = useSession().data?.account.role === 'partner-editor';
  const { data } = useApprovalRequired();
  return isEditor && !confidential && data?.required === true;
}

export function useHistory(permanenceId: string) {
  return useQuery({
    queryKey: [...keys.permanences, permanenceId, 'history'],
    queryFn: ({ signal }) => get<HistoryLine[]>(`/permanences/${permanenceId}/history`, {}, signal),
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
