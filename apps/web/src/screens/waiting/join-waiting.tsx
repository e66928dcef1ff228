import type { Booked, Slot, WaitingBody } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Refused } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { Checkbox } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { sayWithUndo } from '../booking/taking-back';
import { bookingWords } from '../booking/words';
import { daysAfter } from './days';
import { MotifField } from './motif-field';
import { waitingChanged } from './queries';
import { type Suits, SuitsFields, useSuits } from './suits';
import { type Person, WhoWaits } from './who-waits';
import { waitingWords } from './words';

/** As far as a person is usually ready to wait. */
const WEEKS = 6;

const NOTHING_MORE: Suits = { agentId: null, siteId: null, part: null };

interface JoinWaitingProps {
  motifId: string | null;
  usager: Person | null;
  /** A date that is full, of which it is asked. */
  lead?: string | undefined;
  /** Of a group: this one and no other, unless another would do. */
  session?: { id: string; start: string } | null;
  wish: Partial<Suits & { from: string | null; until: string | null }>;
  onClose(): void;
}

/** Nothing suits: who waits, for what, and when she could come. */
export function JoinWaiting({ motifId: given, usager, lead, session = null, wish, onClose }: JoinWaitingProps) {
  const words = useWords(waitingWords);
  const say = useSay();
  const names = useNames();
  const once = useOnce();
  const [person, setPerson] = useState(usager);
  const [motifId, setMotif] = useState(given);
  const [from, setFrom] = useState<string | null>(wish.from ?? say.today);
  const [until, setUntil] = useState<string | null>(wish.until ?? daysAfter(wish.from ?? say.today, WEEKS * 7));
  const [isThatOne, setThatOne] = useState(session !== null);
  const suitable = useSuits(motifId, wish);
  const joining = useMutation({
    mutationFn: (body: WaitingBody) => once('/waiting', body),
    onSuccess: () => {
      waitingChanged();
      tell(words.joined);
      onClose();
    },
    onError: waitingChanged,
  });
  const errors = fieldErrors(joining.error);
  return (
    <Panel
      title={words.join}
      lead={[given && names.motif(given)?.label, lead].filter(Boolean).join(' · ')}
      isOpen
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!person || !motifId || !from || !until) return;
          const asked = { usagerId: person.id, motifId };
          const day = session?.start.slice(0, 10);
          joining.mutate(
            session && day && isThatOne
              ? { ...asked, ...NOTHING_MORE, from: day, until: day, occurrenceId: session.id }
              : { ...asked, ...suitable.suits, from, until },
          );
        }}
      >
        <WhoWaits label={words.who} person={person} onPick={setPerson} />
        {!given && <MotifField value={motifId} onChange={setMotif} />}
        {session && (
          <Checkbox value={isThatOne} onChange={setThatOne}>
            {words.thatSession}
          </Checkbox>
        )}
        {!isThatOne && (
          <>
            <div className="form-row">
              <DateField label={words.from} value={from} onChange={setFrom} error={errors.from} />
              <DateField label={words.until} value={until} onChange={setUntil} error={errors.until} />
            </div>
            <SuitsFields {...suitable} anyone={words.anyAgent} />
          </>
        )}
        <ProblemNote error={joining.error}>
          {person && <PlaceLeft error={joining.error} usagerId={person.id} onBooked={onClose} />}
        </ProblemNote>
        <Button look="primary" type="submit" isDisabled={!person || !motifId} isPending={joining.isPending}>
          {words.join}
        </Button>
      </Form>
    </Panel>
  );
}

/** The session has places left: one click has one of them. */
function PlaceLeft({ error, usagerId, onBooked }: { error: unknown; usagerId: string; onBooked(): void }) {
  const words = useWords(waitingWords);
  const booking = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const once = useOnce();
  const taking = useMutation({
    mutationFn: ({ occurrenceId, motifId, start, agentId }: Slot) =>
      once<Booked>('/appointments', { occurrenceId, motifId, start, agentId, usagerId }),
    onSuccess: ({ id, start, warnings }) => {
      sayWithUndo(booking.bookedAt(say.shortMoment(start)), id, {
        what: 'booked',
        undo: shared.undo,
        undone: booking.undone.booked,
        onUndone: waitingChanged,
        detail: warnings.map(({ text }) => text).join(' ') || undefined,
      });
      onBooked();
    },
    onSettled: waitingChanged,
  });
  if (!(error instanceof Refused) || error.problem.why !== 'places-left') return null;
  return (
    <>
      <div className="acts">
        {((error.problem.alternatives ?? []) as Slot[]).map((slot) => (
          <Button key={slot.occurrenceId + slot.start} isPending={taking.isPending} onPress={() => taking.mutate(slot)}>
            {words.bookInstead}
          </Button>
        ))}
      </div>
      <ProblemNote error={taking.error} />
    </>
  );
}
