import type { Slot, WaitingBody } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { waitingChanged } from '../waiting/queries';
import { bothNames } from './both-names';
import { type Line, mayBeFreed, nameOf, optionsOf } from './series-lines';
import { seriesWords } from './series-words';

interface SeriesLineProps {
  line: Line;
  chosen: Slot | null;
  /** Whom and where the series is about: what is the same is not said again. */
  agentId: string | null;
  siteId: string;
  usagerId: string;
  onChoose(slot: Slot | null): void;
}

/** One date: its verdict, why, the ways out, and what was chosen. Pressed again, a choice is left out. */
export function SeriesLine({ line, chosen, agentId, siteId, usagerId, onChoose }: SeriesLineProps) {
  const words = useWords(seriesWords);
  const say = useSay();
  const names = useNames();
  const { booked, problem, why } = line;
  const options = booked ? [] : optionsOf(line);
  const restOf = (slot: Slot) =>
    [
      slot.agentId !== agentId && bothNames(names, slot),
      slot.siteId !== siteId && names.site(slot.siteId)?.name,
    ].filter(Boolean);
  const isFree = line.verdict === 'free' && !booked && !problem;
  const slots = options.length > 0 && (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset for each of twenty-four dates would be a wall of legends.
    <div className="slots" role="group" aria-label={say.date(line.date)}>
      {options.map((slot) => {
        const isThatDay = slot.start.slice(0, 10) === line.date;
        const when = isThatDay ? say.time(slot.start) : say.moment(slot.start);
        const rest = restOf(slot).join(', ');
        const isChosen = chosen !== null && nameOf(slot) === nameOf(chosen);
        return (
          <Button
            key={nameOf(slot)}
            aria-pressed={isChosen}
            // What is read begins with what is seen.
            aria-label={[[when, rest].filter(Boolean).join(' '), isThatDay && say.date(line.date)]
              .filter(Boolean)
              .join(', ')}
            onPress={() => onChoose(isChosen ? null : slot)}
          >
            {when} {rest && <small>{rest}</small>}
          </Button>
        );
      })}
    </div>
  );
  return (
    <li className="series-date">
      <div className="series-head">
        <b>{say.date(line.date)}</b>
        {booked && (
          <span>
            {booked.start.startsWith(line.date)
              ? say.range(booked.start, booked.end)
              : say.moment(booked.start, booked.end)}
          </span>
        )}
        {isFree && slots}
        <Tag line={line} chosen={chosen} />
      </div>
      {booked?.warnings.map(({ text }) => (
        <p key={text} className="note">
          {text}
        </p>
      ))}
      {!booked && (problem || why) && (
        <p className="series-why">
          {words.at(say.time(line.start), problem ? (problem.title ?? '') : (why?.text ?? ''))}
          <small>{problem ? problem.detail : `${why?.owner}. ${why?.remedy}`}</small>
        </p>
      )}
      {!isFree && slots}
      {mayBeFreed(line) && <Wait line={line} wish={{ agentId, siteId, usagerId }} />}
    </li>
  );
}

function Tag({ line, chosen }: { line: Line; chosen: Slot | null }) {
  const words = useWords(seriesWords);
  if (line.booked) return <span className="tag ok">{words.booked}</span>;
  if (line.problem) return <span className="tag stop">{words.refused}</span>;
  if (line.verdict === 'free')
    return <span className={`tag ${chosen ? 'ok' : ''}`}>{chosen ? words.verdict.free : words.leftOut}</span>;
  return (
    <span className={`tag ${line.verdict === 'other-hour' ? 'wait' : 'stop'}`}>{words.verdict[line.verdict]}</span>
  );
}

/** Skipped, and offered to her if somebody gives that day up. */
function Wait({ line, wish }: { line: Line; wish: Pick<WaitingBody, 'agentId' | 'siteId' | 'usagerId'> }) {
  const words = useWords(seriesWords);
  const say = useSay();
  const once = useOnce();
  const motifId = line.why?.motifId ?? line.alternatives[0]?.motifId;
  const joining = useMutation({
    mutationFn: (motif: string) => {
      const days = { from: line.date, until: line.date, part: null };
      const body: WaitingBody = { ...wish, ...days, motifId: motif, ofSeries: true };
      return once('/waiting', body);
    },
    onSuccess: waitingChanged,
  });
  if (!motifId) return null;
  if (joining.isSuccess) return <p role="status">{words.waits}</p>;
  return (
    <>
      <ProblemNote error={joining.error} />
      <Button
        look="quiet"
        className="start"
        aria-label={words.waitOn(say.date(line.date))}
        isPending={joining.isPending}
        onPress={() => joining.mutate(motifId)}
      >
        {words.wait}
      </Button>
    </>
  );
}
