import type { Appointment, BookBody, Booked, Slot } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import { Refused } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useAppointment, useNames, useUsager } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { type Say, useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button, ButtonLink } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { PartnerMark } from '../../ui/partner-mark';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { Checkbox } from '../../ui/field';
import { bothNames } from './both-names';
import { CancelAsk } from './cancel-ask';
import { DecisionAsk } from './decision-ask';
import { type Draft, NOBODY, useDraft } from './draft';
import { HoldLine } from './hold-line';
import { PersonStep } from './person-step';
import { RepeatSlot } from './series-step';
import { seriesWords } from './series-words';
import { sayWithUndo } from './taking-back';
import { type Holding, useHold } from './use-hold';
import { bookingWords } from './words';
import './booking.css';
import './series.css';

interface BookPanelProps {
  slot: Slot;
  /** Someone already chosen, coming from her page. */
  usagerId?: string | null;
  /** What the slot was looked for with; the appointment keeps it. */
  asked?: Asked;
  onClose(): void;
  /** After a booking: back to the start, ready for the next person. */
  onDone(): void;
}

type Asked = Pick<BookBody, 'mode' | 'interpreter'>;
const NOTHING_MORE: Asked = {};

/** From a slot to an appointment: who, Enter, done. What is typed survives a refusal, Esc and another slot. */
export function BookPanel({ slot: chosen, usagerId = null, asked = NOTHING_MORE, onClose, onDone }: BookPanelProps) {
  const words = useWords(bookingWords);
  const series = useWords(seriesWords);
  const [repeats, setRepeats] = useState<Repeats | null>(null);
  const [instead, setInstead] = useState<Slot | null>(null);
  const slot = instead ?? chosen;
  const [booked, setBooked] = useState<Booked | null>(null);
  // Taken back after the panel was closed: the screen is somewhere else by now.
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  useChosen(usagerId);
  const lead = <SlotLine slot={booked ? { ...slot, ...pick(booked) } : slot} />;
  const whose = repeats && (
    <>
      <b>{repeats.usager.name}</b>
      <br />
    </>
  );
  return (
    <Panel
      title={repeats ? series.title : booked ? words.booked : words.bookTitle}
      lead={
        <>
          {whose}
          {lead}
        </>
      }
      isOpen
      onClose={booked || repeats?.isBooked ? onDone : repeats ? () => setRepeats(null) : onClose}
    >
      {booked ? (
        <Confirmation booked={booked} onDone={onDone} />
      ) : (
        <Taking
          slot={slot}
          asked={asked}
          repeats={repeats}
          onRepeat={setRepeats}
          onInstead={setInstead}
          onBooked={setBooked}
          onUndone={() => isHere.current && onDone()}
          onDone={onDone}
        />
      )}
    </Panel>
  );
}

interface TakingProps extends Omit<BookFormProps, 'holding' | 'onRepeat'> {
  repeats: Repeats | null;
  onRepeat(repeats: Repeats): void;
  onDone(): void;
}

/** Until it is booked the slot is held, once, whether it is taken alone or repeated. */
function Taking({ repeats, onRepeat, onDone, ...form }: TakingProps) {
  const { slot, asked, onUndone } = form;
  const { keep } = useDraft();
  const holding = useHold(slot, asked.interpreter);
  if (!repeats)
    return (
      <BookForm
        {...form}
        holding={holding}
        onRepeat={(usager, interpreter) => onRepeat({ usager, interpreter, isBooked: false })}
      />
    );
  const { usager, interpreter } = repeats;
  const { motifId, siteId, start, agentId } = slot;
  return (
    <RepeatSlot
      slot={slot}
      holding={holding}
      repeated={{ usagerId: usager.id, motifId, siteId, start, agentId, mode: asked.mode, interpreter }}
      onBooked={() => {
        keep(NOBODY);
        onRepeat({ ...repeats, isBooked: true });
      }}
      onUndone={onUndone}
      onDone={onDone}
    />
  );
}

/** For whom the slot is repeated. */
interface Repeats {
  usager: NonNullable<Draft['chosen']>;
  interpreter: boolean;
  isBooked: boolean;
}

const pick = ({ start, end, roomId }: Booked) => ({ start, end, roomId });

/** Chosen once: whoever is at the desk may still take another person. */
export function useChosen(usagerId: string | null): void {
  const { keep } = useDraft();
  const { data: usager } = useUsager(usagerId);
  const given = useRef<string | null>(null);
  useEffect(() => {
    if (!usager || given.current === usager.id) return;
    given.current = usager.id;
    keep({ chosen: { id: usager.id, name: `${usager.firstName} ${usager.lastName}`.trim(), phone: usager.phone } });
  }, [usager, keep]);
}

/** What is being booked, said as one would: motif, day, hours, place. */
function SlotLine({
  slot,
}: {
  slot: Pick<Slot, 'motifId' | 'start' | 'end' | 'siteId' | 'roomId' | 'agentId' | 'secondAgentId'>;
}) {
  const names = useNames();
  const say = useSay();
  const motif = names.motif(slot.motifId);
  const where = [names.room(slot.roomId)?.name, names.site(slot.siteId)?.name].filter(Boolean).join(', ');
  return (
    <>
      <PartnerMark partner={names.partner(motif?.partnerId ?? null)} />
      {motif?.label}
      <br />
      <b>{say.moment(slot.start, slot.end)}</b>
      <br />
      {[where, bothNames(names, slot)].filter(Boolean).join(' · ')}
    </>
  );
}

interface BookFormProps {
  slot: Slot;
  holding: Holding;
  asked: Asked;
  /** Another slot is wanted, before anybody is written down. */
  onInstead(slot: Slot): void;
  onBooked(booked: Booked): void;
  /** The booking was taken back: there is nothing left to show of it. */
  onUndone(): void;
  /** Several dates for this person, this slot being the first. */
  onRepeat(usager: NonNullable<Draft['chosen']>, interpreter: boolean): void;
}

function BookForm({ slot: wanted, holding, asked, onInstead, onBooked, onUndone, onRepeat }: BookFormProps) {
  const words = useWords(bookingWords);
  const series = useWords(seriesWords);
  const say = useSay();
  const { draft, keep } = useDraft();
  const shared = useWords(sharedWords);
  const once = useOnce();
  const submit = useRef<HTMLButtonElement>(null);
  const { data: known } = useUsager(draft.chosen?.id ?? null);
  const [said, setSaid] = useState<boolean | null>(null);
  const interpreter =
    said ?? asked.interpreter ?? (draft.chosen ? known?.interpreter : draft.fresh?.interpreter) ?? false;
  const booking = useMutation({
    mutationFn: async (slot: Slot & { exact?: boolean }) => {
      const { occurrenceId, motifId, start, agentId, exact } = slot;
      // Another slot is booked on its own: the hold is of the one that was chosen.
      const holdId = slot === wanted ? await holding.ready() : undefined;
      return once<Booked>('/appointments', {
        occurrenceId,
        motifId,
        start,
        agentId,
        ...(holdId && { holdId }),
        ...(asked.mode && { mode: asked.mode }),
        ...(interpreter && { interpreter }),
        ...(exact && { exact }),
        ...(draft.chosen ? { usagerId: draft.chosen.id } : { usager: draft.fresh }),
      });
    },
    onSuccess: (booked, slot) => {
      if (slot === wanted) holding.used();
      keep(NOBODY);
      sayWithUndo(words.bookedAt(say.shortMoment(booked.start)), booked.id, {
        what: 'booked',
        undo: shared.undo,
        undone: words.undone.booked,
        onUndone,
      });
      for (const key of [keys.slots, keys.orientation, keys.board, keys.occurrence, keys.usagers])
        void queryClient.invalidateQueries({ queryKey: key });
      onBooked(booked);
    },
  });
  const chosen = draft.chosen?.id;
  useEffect(() => {
    if (chosen) submit.current?.focus();
  }, [chosen]);
  const isReady = draft.chosen !== null || (draft.fresh !== null && draft.fresh.lastName.trim() !== '');
  const errors = fieldErrors(booking.error);
  // Somebody else's slot is said before anyone is written down; what booking answers, beside its button.
  const waysOut = (error: unknown) => (
    <ProblemNote error={error}>
      <WaysOut
        error={error}
        onPick={(slot) => (isReady ? booking.mutate(slot) : onInstead(slot))}
        onExactly={isReady ? () => booking.mutate({ ...wanted, exact: true }) : null}
        say={say}
      />
    </ProblemNote>
  );
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) booking.mutate(wanted);
      }}
    >
      <HoldLine holding={holding} />
      {!booking.error && waysOut(holding.refusal)}
      <PersonStep errors={errors} />
      {draft.chosen && (
        <Checkbox value={interpreter} onChange={setSaid}>
          {words.withInterpreter}
        </Checkbox>
      )}
      {waysOut(booking.error)}
      {(draft.chosen || draft.fresh) && (
        <div className="acts">
          <Button look="primary" type="submit" ref={submit} isDisabled={!isReady} isPending={booking.isPending}>
            {words.bookNow(say.shortMoment(wanted.start))}
          </Button>
          {draft.chosen && (
            <Button look="quiet" onPress={() => draft.chosen && onRepeat(draft.chosen, interpreter)}>
              {series.repeat}
            </Button>
          )}
        </div>
      )}
    </Form>
  );
}

interface WaysOutProps {
  error: unknown;
  onPick(slot: Slot): void;
  /** Books at this very hour, which nobody was offered: somebody decides it. Null while there is nobody to book. */
  onExactly: (() => void) | null;
  say: Say;
}

/** The nearest slots of a refusal: one click books the same person there. */
function WaysOut({ error, onPick, onExactly, say }: WaysOutProps) {
  const words = useWords(bookingWords);
  const names = useNames();
  const slots = error instanceof Refused ? ((error.problem.alternatives ?? []) as Slot[]) : [];
  const isOdd = error instanceof Refused && error.problem.why === 'not-offered' && onExactly !== null;
  if (slots.length === 0 && !isOdd) return null;
  return (
    <>
      {slots.length > 0 && <p>{words.nearest}</p>}
      <div className="acts">
        {slots.map((slot) => (
          <Button key={slot.occurrenceId + slot.start + slot.agentId} onPress={() => onPick(slot)}>
            {[say.atStart(say.shortMoment(slot.start)), bothNames(names, slot)].filter(Boolean).join(' · ')}
          </Button>
        ))}
        {isOdd && (
          <Button look="quiet" onPress={() => onExactly?.()}>
            {words.exactly}
          </Button>
        )}
      </div>
    </>
  );
}

function Confirmation({ booked, onDone }: { booked: Booked; onDone(): void }) {
  const words = useWords(bookingWords);
  const names = useNames();
  const [cancels, setCancels] = useState(false);
  const finish = useRef<HTMLButtonElement>(null);
  const { data: appointment, refetch } = useAppointment(booked.id);
  const isTold = (appointment?.told.length ?? 0) > 0;
  const [waits, setWaits] = useState(true);
  useEffect(() => finish.current?.focus(), []);
  // Messages are written a moment after the booking, by what listens to it.
  useEffect(() => {
    if (isTold) return;
    const timers = [700, 2_000, 5_000].map((wait) => setTimeout(() => void refetch(), wait));
    timers.push(setTimeout(() => setWaits(false), 6_000));
    return () => timers.forEach(clearTimeout);
  }, [isTold, refetch]);
  return (
    <>
      <div className="note ok" role="status">
        <b>{words.booked}</b>
        {appointment && <p>{[appointment.usagerName, bothNames(names, appointment)].filter(Boolean).join(' · ')}</p>}
        {appointment && <Told appointment={appointment} isJustBooked={waits} />}
      </div>
      {booked.warnings.length > 0 && (
        <div className="note">
          <b>{words.warned}</b>
          {booked.warnings.map(({ text }) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      {appointment && <DecisionAsk motifId={appointment.motifId} usagerId={appointment.usagerId} />}
      <div className="acts">
        <Button look="primary" ref={finish} onPress={onDone}>
          {words.finish}
        </Button>
        <ButtonLink href={`/rendez-vous/${booked.id}/imprimer`}>{words.printSlip}</ButtonLink>
        <Button isDisabled={!appointment} onPress={() => setCancels(true)}>
          {words.cancelThis}
        </Button>
      </div>
      {cancels && appointment && (
        <CancelAsk appointment={appointment} onClose={() => setCancels(false)} onDone={onDone} />
      )}
    </>
  );
}

/** What people will be told, how and when. */
export function Told({
  appointment,
  isJustBooked = false,
}: {
  appointment: Pick<Appointment, 'told' | 'safeContact'>;
  isJustBooked?: boolean;
}) {
  const { told, safeContact } = appointment;
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  if (told.length === 0) {
    return <p>{safeContact ? words.toldNothing : isJustBooked ? words.toldSoon : words.toldNone}</p>;
  }
  return (
    <ul className="told" aria-label={words.told}>
      {told.map(({ kind, channel, due, state }) => (
        <li key={kind + due + state}>
          {words.messageKind[kind] ?? kind} {words.channel[channel]}, {say.shortMoment(due)}
          {' · '}
          {shared.messageState[state] ?? state}
        </li>
      ))}
    </ul>
  );
}
