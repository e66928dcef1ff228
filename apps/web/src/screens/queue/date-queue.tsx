import type { OccurrenceDetail } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useNames, useVisits } from '../../api/queries';
import { useNow, useToday } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { JoinPanel, visitsChanged, type Wish } from './join-panel';
import { VisitList } from './queue';
import { queueWords } from './words';

/** The queue of one walk-in date: who waits, one more, and the last entry. */
export function DateQueue({ occurrence }: { occurrence: OccurrenceDetail }) {
  const words = useWords(queueWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const today = useToday();
  const now = useNow();
  const day = occurrence.start.slice(0, 10);
  const { data } = useVisits(occurrence.siteId, day);
  const [wish, setWish] = useState<Wish | null>(null);
  const ending = useMutation({
    mutationFn: (isOver: boolean) => send(isOver ? 'PUT' : 'DELETE', `/occurrences/${occurrence.id}/last-entry`),
    onSettled: visitsChanged,
  });
  const visits = (data?.visits ?? []).filter(({ occurrenceId }) => occurrenceId === occurrence.id);
  const isClosed = data?.closedQueues.includes(occurrence.id) ?? false;
  const end = (isOver: boolean) =>
    ending.mutate(isOver, {
      onSuccess: () =>
        tell(isOver ? words.lastEntrySaid : words.reopened, {
          undo: { label: shared.undo, act: () => ending.mutate(!isOver) },
        }),
    });
  const [only] = occurrence.motifIds;
  return (
    <section className="date-queue" aria-label={words.waiting}>
      <h3>{words.queue(visits.filter(({ state }) => state === 'waiting').length)}</h3>
      {visits.length > 0 && <VisitList visits={visits} />}
      {isClosed && <p className="note">{words.isClosed}</p>}
      <ProblemNote error={ending.error} />
      {day === today && (
        <div className="acts">
          <Button
            look="primary"
            onPress={() =>
              setWish({
                siteId: occurrence.siteId,
                partnerId: occurrence.partnerId,
                title: occurrence.title,
                occurrenceId: occurrence.id,
                motifId: occurrence.motifIds.length === 1 ? (names.motif(only ?? null)?.id ?? null) : null,
                usager: null,
              })
            }
          >
            {words.join}
          </Button>
          {now < occurrence.end && (
            <Button look="quiet" isDisabled={ending.isPending} onPress={() => end(!isClosed)}>
              {isClosed ? words.reopen : words.lastEntry}
            </Button>
          )}
        </div>
      )}
      {wish && <JoinPanel wish={wish} onClose={() => setWish(null)} />}
    </section>
  );
}
