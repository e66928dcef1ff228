import type { Colleague, Me } from '@app/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { productClock } from '../clock/product-clock';
import { get, Refused, rememberCsrf, send } from './client';
import { forgetSheets, keepOnlyOf } from '../offline/kept-sheets';
import { queryClient } from './query-client';

export const SESSION = ['session'] as const;

function welcome(me: Me): Me {
  rememberCsrf(me.csrf);
  productClock.tell(me.now);
  return me;
}

export const sessionQuery = queryOptions({
  queryKey: SESSION,
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return welcome(await get<Me>('/session', {}, signal));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  },
});

/** Who is signed in: null when nobody is. */
export function useSession() {
  return useQuery(sessionQuery);
}

/** The signed-in person. Only for screens behind the door. */
export function useMe(): Me {
  const { data } = useSession();
  if (!data) throw new Error('This screen is shown to signed-in people only.');
  return data;
}

/** Who is signed in here, for the other tabs of this browser: they share its session. */
const WHO = 'palier.who';
const tellTabs = (accountId: string | null) => localStorage.setItem(WHO, accountId ?? '');

/** Where another tab signed out or let somebody else in, nothing of who was here stays: this one opens anew. */
export function followOtherTabs(): void {
  addEventListener('storage', ({ key, newValue }) => {
    if (key === WHO && lastSeen && lastSeen.account.id !== newValue) location.assign('/');
  });
}

/** `true` once a person takes the place of another: what the other saw must not stay on the screen. */
function enter(me: Me): boolean {
  const before = queryClient.getQueryData<Me | null>(SESSION) ?? lastSeen;
  keepOnlyOf(me.account.id);
  const another = before !== null && before.account.id !== me.account.id;
  if (another) queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  lastSeen = welcome(me);
  tellTabs(me.account.id);
  queryClient.setQueryData(SESSION, me);
  return another;
}
let lastSeen: Me | null = null;

/** @throws Refused */
export async function signIn(email: string, password: string): Promise<Me> {
  const me = await send<Me>('POST', '/session', { email, password });
  enter(me);
  return me;
}

/** @throws Refused */
export async function switchTo(accountId: string, code: string): Promise<Me> {
  const me = await send<Me>('POST', '/session/switch', { accountId, code });
  enter(me);
  return me;
}

export async function signOut(): Promise<void> {
  // First of all: whatever the server answers, nothing of anybody's stays on the workstation.
  forgetSheets();
  await send('DELETE', '/session').finally(() => tellTabs(null));
  lastSeen = null;
  queryClient.clear();
  queryClient.setQueryData(SESSION, null);
}

/** The person whose session ended while the screen was open. */
export const whoWasHere = (): Me | null => lastSeen;
export const rememberWho = (me: Me): void => {
  lastSeen = me;
};

/** People of this workstation who signed in fully today. */
export function useColleagues() {
  return useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => get<Colleague[]>('/session/colleagues', {}, signal),
  });
}
