import type { Conflict } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { send } from '../../api/client';
import { useJustChanged } from '../../api/live';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { looksAgain } from '../booking/looks-again';
import { AloneWaysOut } from './alone-ways';
import { toSettleWords } from './words';

/** What clashes, who holds what, and the ways out, one click each. `rooms`: how many rooms to offer. */
export function ConflictItem({ conflict, rooms }: { conflict: Conflict; rooms: number }) {
  const words = useWords(toSettleWords);
  const say = useSay();
  const names = useNames();
  const navigate = useNavigate();
  const changed = useJustChanged(conflict.id);
  const giving = useMutation({
    mutationFn: (room: Conflict['rooms'][number]) =>
      send('POST', `/conflicts/${conflict.id}/room`, { roomId: room.roomId }),
    onSuccess: (_, room) => tell(words.given(conflict.title, room.name)),
    onSettled: looksAgain,
  });
  const leaving = useMutation({
    mutationFn: () => send('POST', `/conflicts/${conflict.id}/settle`),
    onSuccess: () => tell(words.settled),
    onSettled: looksAgain,
  });
  const { kind, wanted, heldBy, start, end, usagerName, isFreed, roomClosed } = conflict;
  const date = start.slice(0, 10);
  const see = () =>
    void navigate(
      conflict.appointmentId
        ? `/?jour=${date}&rdv=${conflict.appointmentId}`
        : `/?jour=${date}&seance=${conflict.occurrenceId}`,
    );
  return (
    <li className={`item stop ${changed ? 'just-changed' : ''}`}>
      <b>
        <PartnerMark partner={names.partner(conflict.partnerId)} />
        {conflict.title}
      </b>
      <p>{say.moment(start, end)}</p>
      <p>
        {[
          isFreed
            ? words.freed(wanted)
            : roomClosed === null
              ? words.kind[kind](wanted, heldBy ?? '')
              : words.roomClosed(wanted, roomClosed),
          usagerName,
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {conflict.cause && <p>{conflict.cause}</p>}
      <ProblemNote error={giving.error ?? leaving.error} />
      {kind === 'room-taken' && conflict.rooms.length === 0 && <p>{words.noRoom}</p>}
      {kind === 'appointment-stranded' && conflict.appointmentId && conflict.occurrenceId === null && (
        <AloneWaysOut appointmentId={conflict.appointmentId} />
      )}
      <div className="acts">
        {conflict.rooms.slice(0, rooms).map((room, nth) => (
          // A room that came free is the first one, and the one that was wanted.
          <Button
            key={room.roomId}
            look={isFreed && nth === 0 ? 'primary' : 'quiet'}
            isDisabled={giving.isPending}
            onPress={() => giving.mutate(room)}
          >
            {words.give(room.name, room.lent)}
          </Button>
        ))}
        {(conflict.appointmentId ?? conflict.occurrenceId) && (
          <Button look="quiet" onPress={see}>
            {conflict.appointmentId ? words.seeAppointment : words.see}
          </Button>
        )}
        <Button look="quiet" isDisabled={leaving.isPending} onPress={() => leaving.mutate()}>
          {words.settle}
        </Button>
      </div>
    </li>
  );
}
