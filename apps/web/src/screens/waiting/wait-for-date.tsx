import type { Motif, OccurrenceDetail } from '@app/contract';
import { useState } from 'react';
import { useNames } from '../../api/queries';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { JoinWaiting } from './join-waiting';
import { waitingWords } from './words';

const NOON = '12:00';

/** A date that is full: who else wants to come waits for a place of it, or of a later one. */
export function WaitForDate({ occurrence }: { occurrence: OccurrenceDetail }) {
  const words = useWords(waitingWords);
  const say = useSay();
  const names = useNames();
  const now = useNow();
  const [motif, setMotif] = useState<Motif | null>(null);
  const { start, end, siteId, free, state, mode, motifIds, waiting } = occurrence;
  const day = start.slice(0, 10);
  const motifs = motifIds
    .flatMap((id) => names.motif(id) ?? [])
    .filter(({ retired, booked }) => !retired && booked === 'here');
  const isAhead = mode === 'group' ? start > now : mode === 'appointment' && end > now;
  const takesPeople = state === 'held' && isAhead;
  // Whoever is being written down stays, whatever becomes free meanwhile.
  if (!motif && (!takesPeople || (free.length > 0 && waiting === 0))) return null;
  return (
    <>
      {waiting > 0 && <p className="hint">{words.waitHere(waiting)}</p>}
      {free.length === 0 &&
        motifs.map((one) => (
          <Button key={one.id} className="start" aria-label={words.joinFor(one.label)} onPress={() => setMotif(one)}>
            {motifs.length > 1 ? words.joinFor(one.label) : words.join}
          </Button>
        ))}
      {motif && (
        <JoinWaiting
          motifId={motif.id}
          usager={null}
          lead={say.moment(start, end)}
          session={mode === 'group' ? { id: occurrence.id, start } : null}
          // This date; whoever could come to a later one too says until when.
          wish={{
            from: day,
            until: day,
            siteId,
            part: mode === 'group' ? (start.slice(11, 16) < NOON ? 'morning' : 'afternoon') : null,
          }}
          onClose={() => setMotif(null)}
        />
      )}
    </>
  );
}
