import type { PermanenceDate } from '@app/contract';
import { dateOf, type LocalDateTime } from '@app/time';
import type { ReactNode } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { isRota } from './turns';
import { permanenceWords } from './words';

interface DatesTableProps {
  label: string;
  dates: readonly PermanenceDate[];
  /** What can be done with a date, when something can. */
  acts?: (date: PermanenceDate) => ReactNode;
}

/** Dates as they are or would be: when, where, in what state, why, and what stands in the way. */
export function DatesTable({ label, dates, acts }: DatesTableProps) {
  const words = useWords(permanenceWords);
  const namesPeople = isRota(dates);
  return (
    // A wide table slides inside itself: it takes the focus so that arrows can slide it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="scrolls" tabIndex={0} aria-label={label}>
      <table className="list dates">
        <thead>
          <tr>
            <th scope="col">{words.date}</th>
            <th scope="col">{words.hours}</th>
            <th scope="col">{words.room}</th>
            <th scope="col">{words.stateOf}</th>
            {acts && (
              <th scope="col">
                <span className="visually-hidden">{words.acts}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {dates.map((date) => (
            <DateRow key={`${date.rule} ${date.originalStart}`} date={date} acts={acts} namesPeople={namesPeople} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DateRowProps {
  date: PermanenceDate;
  acts: DatesTableProps['acts'];
  /** Whose turn it is, when it is not always the same people's. */
  namesPeople: boolean;
}

function DateRow({ date, acts, namesPeople }: DateRowProps) {
  const say = useSay();
  const words = useWords(permanenceWords);
  const names = useNames();
  const isOn = date.state === 'held' || date.state === 'moved';
  return (
    <tr className={isOn ? undefined : 'off'}>
      <td className="when">
        {say.shortDate(dateOf(date.start as LocalDateTime))}
        {namesPeople && isOn && (
          <span className="cause">{date.agentIds.map((id) => names.agent(id)?.name ?? '').join(', ')}</span>
        )}
      </td>
      <td className="nb">{say.range(date.start, date.end)}</td>
      <td className="nb">
        {isOn && (names.room(date.roomId)?.name ?? <span className="state-wait">{words.noRoom}</span>)}
      </td>
      <td>
        <State date={date} />
      </td>
      {acts && <td>{acts(date)}</td>}
    </tr>
  );
}

function State({ date }: { date: PermanenceDate }) {
  const words = useWords(permanenceWords);
  const say = useSay();
  const { state, obstacles, cause, booked, unverified } = date;
  const isTaken = obstacles.some(({ kind }) => kind === 'room-taken' || kind === 'agent-taken');
  const isOff = state === 'skipped' || state === 'cancelled';
  const look = isOff ? 'state-stop' : isTaken || state === 'moved' ? 'state-wait' : 'state-ok';
  const said =
    isOff || state === 'moved' ? words[state] : isTaken ? words.taken : date.occurrenceId ? words.held : words.free;
  // A holiday or a closure is both the cause of a date and what stands in its way: said once.
  const reasons = [
    cause,
    ...obstacles.filter(({ kind }) => kind !== 'public-holiday' && kind !== 'closed').map(({ text }) => text),
    unverified ? words.unverified : '',
  ];
  return (
    <>
      <span className={look}>{said}</span>
      {booked > 0 && <span> · {words.booked(booked)}</span>}
      {state === 'moved' && <span className="cause">{words.wasOn(say.shortMoment(date.originalStart))}</span>}
      {[...new Set(reasons)]
        .filter((reason) => reason && reason !== said)
        .map((reason) => (
          <span className="cause" key={reason}>
            {reason}
          </span>
        ))}
    </>
  );
}
