import type { OccurrenceDetail, Slot } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { givenWords } from './given-words';
import { looksAgain } from './looks-again';

const keyOf = ({ motifId, start, agentId }: Slot) => [motifId, start, agentId].join(' ');

/** Places that the partner gave by its own means: one gesture each, the first free slot unless another is chosen. */
export function GivenSeats({ occurrence: { id, given, free } }: { occurrence: OccurrenceDetail }) {
  const words = useWords(givenWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const post = useOnce();
  const [chosen, setChosen] = useState<string | null>(null);
  const slot = free.find((one) => keyOf(one) === chosen) ?? free[0];
  const takingBack = useMutation({
    mutationFn: (seat: string) => send('DELETE', `/given-seats/${seat}`),
    onSuccess: () => tell(words.takenBack),
    onSettled: looksAgain,
  });
  const giving = useMutation({
    mutationFn: ({ motifId, start, agentId }: Slot) =>
      post<{ id: string }>(`/occurrences/${id}/given-seats`, { motifId, start, agentId }),
    onSuccess: (seat) => tell(words.given, { undo: { label: shared.undo, act: () => takingBack.mutate(seat.id) } }),
    onSettled: looksAgain,
  });
  if (!slot && given.length === 0) return null;
  const severalMotifs = new Set(free.map(({ motifId }) => motifId)).size > 1;
  const hours = (one: { start: string; end: string; agentId: string | null }) =>
    [say.range(one.start, one.end), names.agent(one.agentId)?.name].filter(Boolean).join(' · ');
  return (
    <section className="form" aria-label={words.title}>
      {given.length > 0 && (
        <>
          <h3>{words.count(given.length)}</h3>
          <ul className="given-list">
            {given.map((seat) => (
              <li key={seat.id}>
                <span className="nb">{hours(seat)}</span>
                <Button
                  look="quiet"
                  aria-label={words.takeBackOf(hours(seat))}
                  isDisabled={takingBack.isPending}
                  onPress={() => takingBack.mutate(seat.id)}
                >
                  {words.takeBack}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {slot && (
        <>
          <Button className="start" isPending={giving.isPending} onPress={() => giving.mutate(slot)}>
            {words.give(hours(slot))}
          </Button>
          <details>
            <summary>{words.more}</summary>
            <p className="hint">{words.how}</p>
            {free.length > 1 && (
              <SelectField
                label={words.which}
                value={keyOf(slot)}
                onChange={setChosen}
                options={free.map((one) => ({
                  id: keyOf(one),
                  label: hours(one),
                  ...(severalMotifs && { detail: names.motif(one.motifId)?.label ?? '' }),
                }))}
              />
            )}
          </details>
        </>
      )}
      <ProblemNote error={giving.error ?? takingBack.error} />
    </section>
  );
}
