import { dateOf } from '@app/time';
import { boardQuery, directoryQuery } from '../api/queries';
import { queryClient } from '../api/query-client';
import { sessionQuery } from '../api/session';
import { productClock } from '../clock/product-clock';
import { lookedAt } from './place';

/** The site whose board this workstation opened last: only a guess of what it opens next. */
const LAST = 'palier.last-site';

/**
 * What the first screen shows is asked for while its files are still being read: who is there and the names together, then the
 * board, before what surrounds it. What fails here is asked again, and said, by the screen that needs it.
 */
export async function askAhead(): Promise<void> {
  try {
    const names = queryClient.fetchQuery(directoryQuery);
    names.catch(() => undefined);
    const me = await queryClient.fetchQuery(sessionQuery);
    if (!me || location.pathname !== '/') return;
    const today = dateOf(productClock.now());
    const last = localStorage.getItem(LAST);
    if (last) askForBoard(lookedAt(location, [{ id: last }], today));
    const place = lookedAt(location, (await names).sites, today);
    askForBoard(place);
    localStorage.setItem(LAST, place.siteId ?? '');
  } catch {
    return;
  }
}

function askForBoard({ siteId, date }: ReturnType<typeof lookedAt>): void {
  if (siteId) void queryClient.prefetchQuery(boardQuery(siteId, date));
}
