import type { Appointment, Booked, Slot } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../../api/client';
import { useOnce } from '../../api/once';
import { useSlots } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { sharedWords } from '../../i18n/shared';
import { looksAgain } from './looks-again';
import { SlotList } from './slot-list';
import { sayWithUndo } from './taking-back';
import { bookingWords } from './words';

/** Another slot for the same motif; the person is told once it is confirmed. */
export function MoveStep({ appointment, onDone }: { appointment: Appointment; onDone(): void }) {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const once = useOnce();
  const [to, setTo] = useState<Slot | null>(null);
  const slots = useSlots({ motif: appointment.motifId, perDay: 6, limit: 30 });
  const moving = useMutation({
    mutationFn: ({ slot: { occurrenceId, start, agentId }, otherAgents }: { slot: Slot; otherAgents?: boolean }) =>
      once<Booked>(`/appointments/${appointment.id}/move`, {
        occurrenceId,
        start,
        agentId,
        version: appointment.version,
        ...(otherAgents && { otherAgents }),
      }),
    onSuccess: () => {
      sayWithUndo(words.moved, appointment.id, { what: 'moved', undo: shared.undo, undone: words.undone.moved });
      onDone();
    },
    onSettled: () => {
      setTo(null);
      looksAgain();
    },
  });
  const isApart = moving.error instanceof Refused && moving.error.problem.why === 'agents-apart';
  const refused = isApart ? moving.variables?.slot : undefined;
  const nearest = moving.error instanceof Refused ? ((moving.error.problem.alternatives ?? []) as Slot[]) : [];
  return (
    <>
      <p>{words.moveHow}</p>
      <ProblemNote error={moving.error}>
        {refused && (
          <Button onPress={() => moving.mutate({ slot: refused, otherAgents: true })}>{words.withOthers}</Button>
        )}
        {nearest.length > 0 && <SlotList slots={nearest} more={[]} onPick={setTo} label={words.nearest} />}
      </ProblemNote>
      <Answer query={slots}>
        {({ slots: free, more }) =>
          free.length > 0 ? (
            <SlotList slots={free} more={more} onPick={setTo} label={words.moveHow} autoFocus />
          ) : (
            <p>{words.noSlot}</p>
          )
        }
      </Answer>
      {to && (
        <Confirm
          title={words.move}
          confirm={appointment.safeContact ? words.moveQuietly : words.moveNow}
          isOpen
          isPending={moving.isPending}
          onConfirm={() => moving.mutate({ slot: to })}
          onClose={() => setTo(null)}
        >
          <p>
            {(appointment.safeContact ? words.moveSafely : words.moveAsk)(
              appointment.usagerName,
              say.moment(to.start, to.end),
            )}
          </p>
        </Confirm>
      )}
    </>
  );
}
