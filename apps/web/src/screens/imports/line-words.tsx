import type { CalendarLineRead } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Unbroken } from '../../ui/unbroken';
import { importWords } from './words';

/** A line as a bulletin would print it, with what it leaves to be said. */
export function LineWords({ line }: { line: CalendarLineRead }) {
  const words = useWords(importWords);
  const say = useSay();
  const names = useNames();
  const { start, end, siteId, roomId, location, excluded } = line;
  const hours =
    start === null ? words.noHours : end === null ? `${say.time(start)}, ${words.untilUnknown}` : say.range(start, end);
  const place = [names.room(roomId)?.name, names.site(siteId)?.name].filter(Boolean).join(', ') || words.noSite;
  const where = [
    place,
    siteId === null && location !== '' ? words.written(location) : '',
    line.from > say.today && line.rrule.includes('INTERVAL') ? words.since(say.date(line.from)) : '',
    excluded.length > 0 ? words.except(excluded.map(({ from }) => say.shortDate(from)).join(', ')) : '',
  ];
  return (
    <>
      <Unbroken>{`${line.said}, ${hours}`}</Unbroken>
      <p className="where">{where.filter(Boolean).join(' · ')}</p>
    </>
  );
}
