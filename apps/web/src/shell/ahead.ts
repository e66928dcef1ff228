import { dateOf } from '@app/time';
import { boardQuery, directoryQuery } from '../api/queries';
import { queryClient } from '../api/query-client';
import { sessionQuery } from '../api/session';
import { productClock } from '../clock/product-clock';
import { lookedAt } from './place';

/** The site whose board this workstation opened last: only a guess of what it opens next. */
const LAST = 'palier.last-site';

/**
 * What the first screen shows is asked for before anything is drawn, in this order: who is there and what things are called, then the
 * board, before what surrounds it. Resolves once it is known who is there. What fails here is asked again, and said, by the screen
 * that needs it.
 */
export async function askAhead(): Promise<void> {
  const names = queryClient.fetchQuery(directoryQuery).catch(() => null);
  const me = await queryClient.fetchQuery(sessionQuery).catch(() => null);
  if (!me || location.pathname !== '/') return;
  const today = dateOf(productClock.now());
  const last = localStorage.getItem(LAST);
  if (last) askForBoard(lookedAt(location, [{ id: last }], today));
  void names.then((directory) => {
    if (!directory) return;
    const place = lookedAt(location, directory.sites, today);
    askForBoard(place);
    localStorage.setItem(LAST, place.siteId ?? '');
  });
}

function askForBoard({ siteId, date }: ReturnType<typeof lookedAt>): void {
  if (siteId) void queryClient.prefetchQuery(boardQuery(siteId, date));
}
