import type { AloneWays, Booked } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { looksAgain } from '../booking/looks-again';
import { sayWithUndo } from '../booking/taking-back';
import { bookingWords } from '../booking/words';
import { toSettleWords } from './words';

type Way = AloneWays['ways'][number];

/** The ways out of an appointment outside any permanence that can't be kept, one click each, the least disturbing first. */
export function AloneWaysOut({ appointmentId }: { appointmentId: string }) {
  const words = useWords(toSettleWords);
  const booking = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const once = useOnce();
  const wordsOf = useWayWords();
  const { data, dataUpdatedAt } = useQuery({
    queryKey: [...keys.conflicts, 'ways', appointmentId],
    queryFn: ({ signal }) => get<AloneWays>(`/appointments/${appointmentId}/ways`, {}, signal),
  });
  const moving = useMutation({
    mutationFn: ({ agentId, secondAgentId, roomId, start }: Way) => {
      const { siteId, mode, minutes, version } = data as AloneWays;
      const body = { agentId, secondAgentId, siteId, mode, roomId, start, minutes, version };
      return once<Booked>(`/appointments/${appointmentId}/move-alone`, body);
    },
    onSuccess: (_, way) =>
      sayWithUndo(`${booking.moved} ${wordsOf(way)}.`, appointmentId, {
        what: 'moved',
        undo: shared.undo,
        undone: booking.undone.moved,
      }),
    onSettled: looksAgain,
  });
  // Until the ways are read again after a move, a second press would be about what was.
  const isMoving = moving.isPending || (moving.isSuccess && moving.submittedAt > dataUpdatedAt);
  if (!data) return null;
  if (data.ways.length === 0) return <p>{words.noWay}</p>;
  const [least] = data.ways;
  return (
    <>
      <ProblemNote error={moving.error} />
      {least?.changes !== 'room' && <p className="hint">{words.toldOf}</p>}
      <div className="acts">
        {data.ways.map((way) => (
          <Button
            key={way.start + way.agentId + way.roomId}
            look={way === least ? 'primary' : 'plain'}
            isDisabled={isMoving}
            onPress={() => moving.mutate(way)}
          >
            {wordsOf(way)}
          </Button>
        ))}
      </div>
    </>
  );
}

function useWayWords(): (way: Way) => string {
  const words = useWords(toSettleWords);
  const say = useSay();
  const names = useNames();
  return ({ changes, start, end, roomId, agentId }) => {
    const room = names.room(roomId)?.name ?? '';
    if (changes === 'room') return room ? words.way.room(room) : words.elsewhere;
    if (changes === 'agent') return words.way.agent(names.agent(agentId)?.name ?? '', room);
    return words.way.hour(changes === 'day' ? say.moment(start, end) : say.range(start, end), room);
  };
}
