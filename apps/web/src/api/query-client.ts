import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isWorthAnotherTry } from './another-try';
import { Refused } from './client';

/** The session ended under us: the sign-in page covers the screen, and what was on it stays. */
function noticeEnd(error: unknown): void {
  if (error instanceof Refused && error.status === 401) queryClient.setQueryData(['session'], null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (times, error) => error instanceof Refused && isWorthAnotherTry(times, error.status),
    },
  },
});
