import type { AbsenceEffect } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { keys, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { useSettled } from '../../ui/settled';
import { absenceWords } from './absence-words';
import { AloneTouched } from './alone-touched';

const SHOWN = 10;

export interface AbsenceAsked {
  effect: AbsenceEffect | null;
  error: Error | null;
}

/** Asks what an absence would touch, anew each time it changes. @param asked null while something is missing */
export function useAbsenceEffect<Asked>(
  asked: Asked | null,
  dryRun: (asked: Asked) => Promise<AbsenceEffect>,
): AbsenceAsked {
  const content = JSON.stringify(asked);
  const settled = useSettled(content);
  const query = useQuery({
    queryKey: [...keys.absences, 'effect', settled],
    enabled: settled !== 'null',
    gcTime: 0,
    queryFn: () => dryRun(JSON.parse(settled) as Asked),
  });
  const isKnown = settled === content;
  return { effect: (isKnown && query.data) || null, error: isKnown ? query.error : null };
}

/** The dates touched, who remains, and who is booked: before anything is saved. */
export function Touched({ effect, error }: AbsenceAsked) {
  const words = useWords(absenceWords);
  const say = useSay();
  const names = useNames();
  if (error) return <ProblemNote error={error} />;
  if (!effect) return <p role="status">{words.looking}</p>;
  const { dates, alone, people, offices, borrowed } = effect;
  const rooms = offices.map((id) => names.room(id)?.name).filter(Boolean);
  return (
    <div role="status" className={people > 0 || dates.some(({ left }) => left !== 'someone') ? 'note' : 'note ok'}>
      {dates.length + alone.length === 0 && <p>{words.nothing}</p>}
      {dates.length > 0 && <b>{words.dates(dates.length)}</b>}
      {people > 0 && <p>{words.people(people)}</p>}
      <ul className="plain">
        {dates
          .slice(0, SHOWN)
          .map(({ occurrenceId, partnerId, title, start, end, left, remaining, people: booked }) => (
            <li key={occurrenceId}>
              <PartnerMark partner={names.partner(partnerId)} />
              {title}, {say.moment(start, end)} :{' '}
              {words.left[left](remaining.map((id) => names.agent(id)?.name).join(', '))}
              {booked.length > 0 && (
                <>
                  {' · '}
                  {booked
                    .map(({ name, start: at }) => [say.time(at.slice(11, 16)), name].filter(Boolean).join(' '))
                    .join(', ')}
                </>
              )}
            </li>
          ))}
      </ul>
      {dates.length > SHOWN && <p>{words.more(dates.length - SHOWN)}</p>}
      <AloneTouched alone={alone} />
      {rooms.length > 0 && <p>{words.offices(rooms.join(', '))}</p>}
      {borrowed > 0 && <p>{words.borrowed(borrowed)}</p>}
    </div>
  );
}
