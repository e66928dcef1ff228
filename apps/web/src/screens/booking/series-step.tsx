import type { Appointment, BookedSeries, SeriesAppointment, SeriesPlan, Slot } from '@app/contract';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import { get } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button, ButtonLink } from '../../ui/button';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { HoldLine } from './hold-line';
import { looksAgain } from './looks-again';
import { SeriesLine } from './series-date';
import { afterTry, type Choices, chosenOf, type Line, lineOf, nameOf } from './series-lines';
import { ANYONE, FIRST_RHYTHM, type Rhythm, RhythmFields } from './series-rhythm';
import { seriesWords } from './series-words';
import { sayWithSeriesUndo } from './series-undo';
import type { Holding } from './use-hold';

/** What is repeated: the person, the motif, the place and the hour of a first date. */
interface Repeated {
  usagerId: string;
  motifId: string;
  siteId: string;
  start: string;
  agentId: string | null;
  mode?: Appointment['mode'] | undefined;
  interpreter?: boolean | undefined;
}

interface EndProps {
  onBooked?(): void;
  /** Nothing is left of it. */
  onUndone?(): void;
  onDone(): void;
}

interface RepeatSlotProps extends EndProps {
  slot: Slot;
  repeated: Repeated;
  /** It is kept meanwhile, as for one appointment. */
  holding: Holding;
}

/** From a slot that is not booked yet, the first of the dates. */
export function RepeatSlot({ slot, repeated, holding, ...end }: RepeatSlotProps) {
  return <SeriesStep repeated={repeated} holding={holding} held={slot} {...end} />;
}

/** From an appointment: the dates that follow it join its series. */
export function RepeatAppointment({ appointment, ...end }: EndProps & { appointment: Appointment }) {
  const { id, usagerId, motifId, siteId, start, agentId, mode } = appointment;
  // It lasts as long as the first one does.
  const interpreter = appointment.interpreter;
  const repeated = { usagerId, motifId, siteId, start, agentId, mode, interpreter };
  return <SeriesStep repeated={repeated} appointmentId={id} {...end} />;
}

interface SeriesStepProps extends EndProps {
  repeated: Repeated;
  appointmentId?: string;
  holding?: Holding;
  held?: Slot;
}

interface Tried {
  lines: Line[];
  /** What a next try joins. */
  appointmentId: string | undefined;
}

function SeriesStep({ repeated, appointmentId, holding, held, onBooked, onUndone, onDone }: SeriesStepProps) {
  const words = useWords(seriesWords);
  const shared = useWords(sharedWords);
  const once = useOnce();
  const [rhythm, setRhythm] = useState<Rhythm>({ ...FIRST_RHYTHM, with: repeated.agentId });
  const [choices, setChoices] = useState<Choices>({});
  const [tried, setTried] = useState<Tried | null>(null);
  const query = usePlan(repeated, rhythm, { booked: appointmentId !== undefined, isOver: tried !== null });
  const lines = tried?.lines ?? query.data?.dates.map(lineOf) ?? [];
  const wanted = lines.flatMap((line) => {
    const slot = chosenOf(line, choices);
    return slot ? [{ date: line.date, slot }] : [];
  });
  const booking = useMutation({
    mutationFn: async (asked: typeof wanted) => {
      const holdId = await holding?.ready();
      const isHeld = (slot: Slot) => held?.occurrenceId === slot.occurrenceId && held.start === slot.start;
      const { usagerId, motifId, mode, interpreter } = repeated;
      const joins = tried?.appointmentId ?? appointmentId;
      return once<BookedSeries>('/series', {
        usagerId,
        motifId,
        ...(mode && { mode }),
        ...(interpreter && { interpreter }),
        ...(joins && { appointmentId: joins }),
        dates: asked.map(({ slot }) => ({
          occurrenceId: slot.occurrenceId,
          start: slot.start,
          agentId: slot.agentId,
          ...(holdId && isHeld(slot) && { holdId }),
        })),
      });
    },
    onSuccess: (answer, asked) => {
      const booked = answer.dates.flatMap((one) => one.booked ?? []);
      if (booked.some(({ start }) => start === held?.start)) holding?.used();
      // Left out, or refused: nobody is kept from it while the answers are read.
      else holding?.letGo();
      setTried({
        lines: afterTry(lines, asked, answer),
        appointmentId: tried?.appointmentId ?? appointmentId ?? booked[0]?.id,
      });
      // What was left out stays so until somebody asks for it.
      setChoices(Object.fromEntries(Object.entries(choices).filter(([, said]) => said === null)));
      looksAgain();
      if (booked.length === 0) return;
      sayWithSeriesUndo(words.done(booked.length), answer.id, 'booked', {
        undo: shared.undo,
        words,
        onUndone: () => onUndone?.(),
      });
      onBooked?.();
    },
  });
  const done = lines.filter((line) => line.booked);
  return (
    <>
      {holding && !tried && <HoldLine holding={holding} />}
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.length > 0) booking.mutate(wanted);
        }}
      >
        {tried ? (
          <Became lines={tried.lines} printId={appointmentId ?? done[0]?.booked?.id} onDone={onDone} />
        ) : (
          <RhythmFields
            start={repeated.start}
            rhythm={rhythm}
            plan={query.data}
            onChange={(change) => setRhythm((before) => ({ ...before, ...change }))}
          />
        )}
        <Answer query={query}>
          {(plan) => (
            <>
              {!tried && <Sum plan={plan} />}
              <ul className="series" aria-label={words.dates}>
                {lines.map((line) => (
                  <SeriesLine
                    key={line.date}
                    line={line}
                    chosen={chosenOf(line, choices)}
                    agentId={plan.agentId}
                    siteId={repeated.siteId}
                    usagerId={repeated.usagerId}
                    onChoose={(slot) => setChoices({ ...choices, [line.date]: slot && nameOf(slot) })}
                  />
                ))}
              </ul>
            </>
          )}
        </Answer>
        <ProblemNote error={booking.error} />
        {(!tried || wanted.length > 0) && (
          <Button
            look="primary"
            type="submit"
            className="start"
            isDisabled={wanted.length === 0}
            isPending={booking.isPending}
          >
            {words.bookNow(wanted.length)}
          </Button>
        )}
      </Form>
    </>
  );
}

function usePlan(repeated: Repeated, rhythm: Rhythm, { booked, isOver }: { booked: boolean; isOver: boolean }) {
  const { motifId, usagerId, siteId, start, mode, interpreter } = repeated;
  const asked = {
    motif: motifId,
    usager: usagerId,
    site: siteId,
    start,
    ...(mode && { mode }),
    ...(interpreter && { interpreter }),
    ...(rhythm.weeks !== null && { weeks: rhythm.weeks }),
    ...(rhythm.ends === 'day' && rhythm.until ? { until: rhythm.until } : { times: rhythm.times }),
    ...(rhythm.with === ANYONE ? { anyone: true } : rhythm.with !== null && { agent: rhythm.with }),
    ...(booked && { booked }),
  };
  return useQuery({
    queryKey: [...keys.slots, 'series', asked],
    // What became of the dates is not what they would be now.
    enabled: !isOver,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<SeriesPlan>('/series/dates', asked, signal),
  });
}

function Sum({ plan: { words: rhythm, dates, already, more } }: { plan: SeriesPlan }) {
  const words = useWords(seriesWords);
  const count = (verdict: string) => dates.filter((date) => date.verdict === verdict).length;
  return (
    <p role="status">
      <b>{rhythm.charAt(0).toUpperCase() + rhythm.slice(1)}</b>
      <br />
      {dates.length === 0 && already === 0
        ? words.none
        : words.sum(count('free'), count('other-hour'), count('not-possible'), already)}
      {more && ` ${words.tooFar}`}
    </p>
  );
}

interface BecameProps {
  lines: readonly Line[];
  /** The appointment whose slip lists them all. */
  printId: string | undefined;
  onDone(): void;
}

/** What became of the dates, said aloud; what is next is above them, where the eye is. */
function Became({ lines, printId, onDone }: BecameProps) {
  const words = useWords(seriesWords);
  const finish = useRef<HTMLButtonElement>(null);
  useEffect(() => finish.current?.focus(), []);
  const booked = lines.filter((line) => line.booked).length;
  const refused = lines.filter((line) => line.problem).length;
  return (
    <>
      <div className={`note ${refused === 0 ? 'ok' : ''}`} role="status">
        {booked > 0 && <b>{words.done(booked)}</b>}
        {refused > 0 && <p>{words.someRefused(refused)}</p>}
      </div>
      <div className="acts">
        <Button ref={finish} onPress={onDone}>
          {words.finish}
        </Button>
        {printId && booked > 0 && (
          <ButtonLink look="quiet" href={`/rendez-vous/${printId}/imprimer`}>
            {words.print}
          </ButtonLink>
        )}
      </div>
    </>
  );
}

/** Those booked together with an appointment; asked only where there are others. */
export function useSisters(appointment: Pick<Appointment, 'id' | 'series'> | undefined) {
  const id = appointment?.id;
  return useQuery({
    queryKey: [...keys.appointment, id, 'series'],
    enabled: Boolean(appointment?.series),
    queryFn: ({ signal }) => get<SeriesAppointment[]>(`/appointments/${id}/series`, {}, signal),
  });
}
