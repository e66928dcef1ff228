import type { WaitingList } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';

export function useWaiting(asked: { usager?: string; offers?: 'desk' } = {}) {
  return useQuery({
    queryKey: [...keys.waiting, 'list', asked],
    queryFn: ({ signal }) => get<WaitingList>('/waiting', asked, signal),
  });
}

export function waitingChanged(): void {
  for (const queryKey of [
    keys.waiting,
    keys.messages,
    keys.slots,
    keys.orientation,
    keys.board,
    keys.occurrence,
    keys.usagers,
  ])
    void queryClient.invalidateQueries({ queryKey });
}
