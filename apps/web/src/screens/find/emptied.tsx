import type { Emptied as EmptiedBy } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Unbroken } from '../../ui/unbroken';
import { type Wanted, withoutFilters } from './wanted';
import { findWords } from './words';

interface EmptiedProps {
  emptied: readonly EmptiedBy[];
  wanted: Wanted;
  onWiden(change: Record<string, string | null>): void;
}

/** What was asked that leaves no slot, whose rule it is, and what there is without it: one click away. */
export function Emptied({ emptied, wanted, onWiden }: EmptiedProps) {
  const words = useWords(findWords);
  const say = useSay();
  const names = useNames();
  if (emptied.length === 0) return null;
  const when = ({ start, end, siteId }: EmptiedBy['waysOut'][number]) =>
    [say.moment(start, end), siteId !== wanted.site && names.site(siteId)?.name].filter(Boolean).join(' · ');
  return (
    <ul className="emptied" aria-label={words.emptiedBy}>
      {emptied.map(({ filters, text, owner, waysOut }) => (
        <li key={filters.join()}>
          {text} <small>{owner}</small>
          <div className="acts">
            {waysOut.map((way) => {
              const change = withoutFilters(wanted, filters, way);
              if (!change) return null;
              return (
                <Button key={String(way.interpreter)} look="quiet" onPress={() => onWiden(change)}>
                  <span>
                    <Unbroken>
                      {way.interpreter ? words.withInterpreter(when(way)) : words.without(filters.length, when(way))}
                    </Unbroken>
                  </span>
                </Button>
              );
            })}
          </div>
        </li>
      ))}
    </ul>
  );
}
