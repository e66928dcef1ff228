import type { Concerned, ConcernedDate, Consequences } from '@app/contract';
import type { ReactNode } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { ProblemNote } from '../../ui/problem';
import { changeWords } from './change-words';
import { permanenceWords } from './words';

interface ConsequencesNoteProps {
  query: { data: { consequences?: Consequences | undefined } | undefined; error: Error | null };
  /** What is shown is of what is asked. */
  isKnown: boolean;
  /** Several dates are concerned: they are listed. */
  listsDates?: boolean;
  /** Of one date alone: the others, which stay, are not counted. */
  isOneDate?: boolean;
  /** Ways out when it can't even be shown. */
  children?: ReactNode;
}

/** What a change would do: who would be told, whom it would take elsewhere, and to which dates. Said before anything is done. */
export function ConsequencesNote({
  query,
  isKnown,
  listsDates = false,
  isOneDate = false,
  children,
}: ConsequencesNoteProps) {
  const words = useWords(permanenceWords);
  const change = useWords(changeWords);
  if (query.error) return <ProblemNote error={query.error}>{children}</ProblemNote>;
  const consequences = query.data?.consequences;
  if (!isKnown || !consequences) return <p role="status">{words.looking}</p>;
  const { told, clashes, conflicts } = consequences;
  const [touched, clashing] = [count(told), count(clashes)];
  const opensAnother = conflicts > touched;
  return (
    <div
      role="status"
      className={`note ${touched + clashing + consequences.given > 0 ? 'stop' : opensAnother ? '' : 'ok'}`}
    >
      <b>{touched > 0 ? words.touched(touched) : words.nobodyTouched}</b>
      {touched > 0 && (
        <>
          <People of={told} />
          <p>{words.touchedHow(touched)}</p>
        </>
      )}
      {consequences.given > 0 && (
        <p>
          <b>{change.given(consequences.given)}</b> {change.givenHow}
        </p>
      )}
      {clashing > 0 && (
        <>
          <b>{change.clashes(clashing)}</b>
          <People of={clashes} />
        </>
      )}
      {opensAnother && <p>{words.opensConflict}</p>}
      {listsDates && <Dates of={consequences} isOneDate={isOneDate} />}
    </div>
  );
}

const count = ({ people, others }: Consequences['told']): number => people.length + others;

function People({ of: { people, others } }: { of: Consequences['told'] }) {
  const words = useWords(changeWords);
  const say = useSay();
  const said = ({ name, start }: Concerned) => [name, say.shortMoment(start)].filter(Boolean).join(', ');
  return (
    <ul>
      {people.map((person) => (
        <li key={person.appointmentId}>{said(person)}</li>
      ))}
      {others > 0 && <li>{words.others(others)}</li>}
    </ul>
  );
}

function Dates({ of: { added, removed, changed, kept }, isOneDate }: { of: Consequences; isOneDate: boolean }) {
  const words = useWords(changeWords);
  return (
    <>
      <DateList title={words.added(added.length)} dates={added} />
      <DateList title={words.removed(removed.length)} dates={removed} />
      <DateList
        title={words.changed(changed.length)}
        dates={changed.map(({ after }) => after)}
        before={changed.map(({ before }) => before)}
      />
      {!isOneDate && <p>{words.kept(kept)}</p>}
    </>
  );
}

const FIRST = 6;

interface DateListProps {
  title: string;
  dates: readonly ConcernedDate[];
  before?: readonly ConcernedDate[];
}

/** The first few at a glance, all of them when asked. */
function DateList({ title, dates, before }: DateListProps) {
  const words = useWords(changeWords);
  if (dates.length === 0) return null;
  const items = dates.map((date, nth) => (
    <li key={date.originalStart + date.start + date.siteId}>
      <DateLine date={date} before={before?.[nth]} />
    </li>
  ));
  return (
    <>
      <p>
        <b>{title}</b>
      </p>
      <ul>{items.slice(0, FIRST)}</ul>
      {items.length > FIRST && (
        <details>
          <summary>{words.more(items.length - FIRST)}</summary>
          <ul>{items.slice(FIRST)}</ul>
        </details>
      )}
    </>
  );
}

/** A date, and of what it was only what differs. */
function DateLine({ date, before }: { date: ConcernedDate; before: ConcernedDate | undefined }) {
  const say = useSay();
  const words = useWords(changeWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const hours = (one: ConcernedDate) =>
    `${say.shortDate(one.start.slice(0, 10) as never)} ${say.range(one.start, one.end)}`;
  const room = (one: ConcernedDate) =>
    one.lacksRoom ? words.lacksRoom(names.room(one.roomId)?.name ?? '') : (names.room(one.roomId)?.name ?? '');
  const who = (one: ConcernedDate) => one.agentIds.map((id) => names.agent(id)?.name ?? '').join(', ');
  const site = (one: ConcernedDate) =>
    before && before.siteId !== date.siteId ? (names.site(one.siteId)?.name ?? '') : '';
  const mode = (one: ConcernedDate) => (before && before.mode !== date.mode ? shared.mode[one.mode] : '');
  const facts = [hours, site, room, who, mode].map((of) => ({ now: of(date), was: before && of(before) }));
  return facts
    .filter(({ now, was }, nth) => nth === 0 || (was === undefined ? now !== '' : now !== was))
    .map(({ now, was }) =>
      was !== undefined && was !== now ? `${was || words.nothing} → ${now || words.nothing}` : now,
    )
    .join(' · ');
}
