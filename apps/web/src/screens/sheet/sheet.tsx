import type { DaySheet } from '@app/contract';
import { parsePlainDate } from '@app/time';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { get, Refused } from '../../api/client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { keptSheet } from '../../offline/kept-sheets';
import { usePlace } from '../../shell/place';
import { Button, ButtonLink } from '../../ui/button';
import { Answer } from '../../ui/page';
import { SheetPage } from './page';
import { sheetWords } from './words';

/** The day sheet of a site or of an agent there; the one kept on this workstation when the server does not answer. */
export function Sheet() {
  const words = useWords(sheetWords);
  const say = useSay();
  const place = usePlace();
  const [params] = useSearchParams();
  const site = params.get('lieu') ?? place.siteId;
  const date = parsePlainDate(params.get('jour') ?? '') ?? place.today;
  const agent = params.get('agent');
  const query = useQuery({
    queryKey: ['day-sheet', site, date, agent],
    enabled: site !== undefined,
    queryFn: ({ signal }) => get<DaySheet>('/day-sheet', { site, date, agent }, signal),
  });
  const isCut = query.error instanceof Refused && query.error.unreachable;
  const kept = isCut && !agent && site ? keptSheet(site, date) : null;
  if (isCut && !query.data) {
    return (
      <>
        <p className="note" role="status">
          {kept ? words.kept(say.shortMoment(kept.at)) : words.notKept}
        </p>
        {kept && <SheetPage sheet={kept} />}
        <div className="acts">
          {kept && (
            <Button look="primary" onPress={() => window.print()}>
              {words.print}
            </Button>
          )}
          <Button onPress={() => void query.refetch()}>{words.retry}</Button>
        </div>
      </>
    );
  }
  return (
    <Answer query={query}>
      {(sheet) => (
        <>
          <SheetPage sheet={sheet} />
          <div className="acts">
            <Button look="primary" autoFocus onPress={() => window.print()}>
              {words.print}
            </Button>
            <ButtonLink href={`/?lieu=${sheet.siteId}&jour=${sheet.date}`}>{words.back}</ButtonLink>
          </div>
        </>
      )}
    </Answer>
  );
}
