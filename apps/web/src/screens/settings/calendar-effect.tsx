import type { CalendarEffect } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { keys } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { ProblemNote } from '../../ui/problem';
import { useSettled } from '../../ui/settled';
import { AloneTouched } from './alone-touched';
import { closureWords } from './closure-words';

const SHOWN = 12;

/** What a change would do: known once it was asked for what is on the screen now. */
export interface EffectAsked {
  effect: CalendarEffect | null;
  error: Error | null;
}

/**
 * Asks what a change of closures or calendars would do, anew each time it changes.
 * @param asked what makes the answer differ; null while something is missing
 */
export function useEffectOf<Asked>(
  asked: Asked | null,
  dryRun: (asked: Asked) => Promise<CalendarEffect>,
): EffectAsked {
  const content = JSON.stringify(asked);
  const settled = useSettled(content);
  const query = useQuery({
    queryKey: [...keys.closures, 'effect', settled],
    enabled: settled !== 'null',
    gcTime: 0,
    queryFn: () => dryRun(JSON.parse(settled) as Asked),
  });
  const isKnown = settled === content;
  return useMemo(
    () => ({ effect: (isKnown && query.data) || null, error: isKnown ? query.error : null }),
    [isKnown, query.data, query.error],
  );
}

/** The dates that would change and how many people are booked on them, before anything is saved. */
export function Effect({ effect, error }: EffectAsked) {
  const words = useWords(closureWords);
  const say = useSay();
  if (error) return <ProblemNote error={error} />;
  if (!effect) return <p role="status">{words.looking}</p>;
  const { dates, otherDates, alone, people } = effect;
  if (dates.length + otherDates + alone.length === 0) {
    return (
      <p role="status" className="note ok">
        {words.nothing}
      </p>
    );
  }
  return (
    <div role="status" className={`note ${people > 0 ? 'stop' : ''}`}>
      {dates.length + otherDates > 0 && <b>{words.dates(dates.length + otherDates)}</b>}
      {people > 0 && <p>{words.people(people)}</p>}
      <ul>
        {dates.slice(0, SHOWN).map(({ permanenceId, title, start, originalStart, becomes, booked }) => (
          <li key={`${permanenceId} ${originalStart}`}>
            {[
              `${say.atStart(say.shortMoment(start))}, ${title}`,
              words.becomes[becomes] +
                (becomes === 'moved' ? ` ${words.insteadOf(say.shortMoment(originalStart))}` : ''),
              booked > 0 && words.booked(booked),
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
        {dates.length > SHOWN && <li>{words.more(dates.length - SHOWN)}</li>}
        {otherDates > 0 && <li>{words.others(otherDates)}</li>}
      </ul>
      <AloneTouched alone={alone} />
    </div>
  );
}
