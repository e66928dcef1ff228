import type { DaySheet } from '@app/contract';
import { addDays, type PlainDate } from '@app/time';
import { useEffect } from 'react';
import { get } from '../api/client';
import { keys } from '../api/queries';
import { queryClient } from '../api/query-client';
import { useReached } from './reach';
import { useToday } from '../clock/product-clock';
import { useWords } from '../i18n/language';
import { useSay } from '../i18n/say';
import { sheetWords } from '../screens/sheet/words';
import { usePlace } from '../shell/place';
import { ButtonLink } from '../ui/button';
import { keepOnlyOf, keepSheets, keptSheet } from './kept-sheets';

/** After a change, others often follow: they make one new sheet. */
const GATHER_MS = 5_000;
/** The screen itself comes first. */
const FIRST_MS = 1_000;
const AT_MOST_EVERY_MS = 30_000;
export const ASK_AGAIN_MS = 10_000;
/** A long weekend and a pont: further, the next opening day is another week's matter. */
const DAYS_AHEAD = 5;

/** Keeps the sheet of the day and of the next opening day on this workstation: at opening, each morning, and after changes. */
export function SheetKeeper({ accountId }: { accountId: string }) {
  const { siteId } = usePlace();
  const today = useToday();
  useEffect(() => keepOnlyOf(accountId), [accountId]);
  useEffect(() => {
    if (!siteId) return;
    let last = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = async () => {
      timer = undefined;
      last = performance.now();
      // Its code too: it must open without the network.
      await import('../screens/sheet/sheet').catch(() => null);
      const sheets = await sheetsOf(siteId, today).catch(() => null);
      if (sheets) keepSheets(accountId, sheets);
    };
    const soon = () => {
      timer ??= setTimeout(keep, Math.max(GATHER_MS, last + AT_MOST_EVERY_MS - performance.now()));
    };
    timer = setTimeout(keep, FIRST_MS);
    // The board is looked at again after every change anyone makes here.
    const stop = queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[0] === keys.board[0] && query.state.fetchStatus === 'idle') soon();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [siteId, today, accountId]);
  return <OfflineNote />;
}

async function sheetsOf(site: string, today: PlainDate): Promise<DaySheet[]> {
  const sheets = [await get<DaySheet>('/day-sheet', { site, date: today })];
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead += 1) {
    const next = await get<DaySheet>('/day-sheet', { site, date: addDays(today, ahead) });
    if (next.lines.length === 0) continue;
    sheets.push(next);
    break;
  }
  return sheets;
}

/** Says that the server is out of reach, with the way to what was kept; asks it again by itself. */
function OfflineNote() {
  const words = useWords(sheetWords);
  const say = useSay();
  const isReached = useReached();
  const { siteId, today } = usePlace();
  useEffect(() => {
    if (isReached) return;
    const timer = setInterval(() => {
      get('/session')
        .then(() => queryClient.invalidateQueries())
        .catch(() => undefined);
    }, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isReached]);
  const kept = isReached || !siteId ? null : keptSheet(siteId, today);
  return (
    <div role="status" className={isReached ? '' : 'offline-note'}>
      {!isReached && (
        <>
          <b>{words.offline}</b>
          {kept && (
            <>
              {words.offlineSince(say.time(kept.at))}
              <ButtonLink href="/feuille">{words.see}</ButtonLink>
            </>
          )}
        </>
      )}
    </div>
  );
}
