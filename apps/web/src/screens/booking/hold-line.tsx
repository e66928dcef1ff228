import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import type { Holding } from './use-hold';
import { bookingWords } from './words';

/** How long the slot is still kept, quietly; once it ran out, said aloud, with one click to keep it again. */
export function HoldLine({ holding: { left, again } }: { holding: Holding }) {
  const words = useWords(bookingWords);
  if (left === null) return null;
  if (left > 0) {
    return (
      <p className="hold-line" role="timer" aria-live="off">
        {words.keptFor(Math.floor(left / 60), left % 60)}
      </p>
    );
  }
  return (
    <div className="note" role="status">
      <p>{words.keptNoMore}</p>
      <Button onPress={again}>{words.keepAgain}</Button>
    </div>
  );
}
