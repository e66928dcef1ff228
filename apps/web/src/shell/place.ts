import { addDays, type PlainDate, parsePlainDate } from '@app/time';
import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useNames } from '../api/queries';
import { useToday } from '../clock/product-clock';

const KEPT = 'palier.site';

export interface Place {
  siteId: string | undefined;
  date: PlainDate;
  today: PlainDate;
  /** Opens the board there, that day. */
  go(to: { siteId?: string; date?: string }): void;
  by(days: number): void;
}

/** Pure but for the site this workstation keeps: which site and which day the address of a screen is about. */
export function lookedAt(
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  sites: readonly { id: string; retired?: boolean }[],
  today: PlainDate,
): Pick<Place, 'siteId' | 'date'> {
  const asked = new URLSearchParams(pathname === '/' ? search : '');
  const open = sites.filter(({ retired }) => !retired);
  const known = (id: string | null) => open.find((site) => site.id === id)?.id;
  return {
    siteId: known(asked.get('lieu')) ?? known(localStorage.getItem(KEPT)) ?? open[0]?.id,
    date: parsePlainDate(asked.get('jour') ?? '') ?? today,
  };
}

/** Which site and which day the desk looks at: in the address on the board, else this workstation's site, today. */
export function usePlace(): Place {
  const { sites } = useNames();
  const today = useToday();
  const navigate = useNavigate();
  const { siteId, date } = lookedAt(useLocation(), sites, today);
  const go = useCallback<Place['go']>(
    (to) => {
      const site = to.siteId ?? siteId;
      if (to.siteId) localStorage.setItem(KEPT, to.siteId);
      const params = new URLSearchParams();
      if (site) params.set('lieu', site);
      const day = to.date ?? date;
      if (day !== today) params.set('jour', day);
      void navigate(`/?${params}`);
    },
    [siteId, date, today, navigate],
  );
  return { siteId, date, today, go, by: (days) => go({ date: addDays(date, days) }) };
}
