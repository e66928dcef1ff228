import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';

/** After an act at this desk: what shows appointments is asked again at once, without waiting for the news of it. */
export function looksAgain(): void {
  for (const queryKey of [
    keys.board,
    keys.slots,
    keys.occurrence,
    keys.appointment,
    keys.roomBooking,
    keys.conflicts,
    keys.messages,
    keys.usagers,
    keys.orientation,
  ]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}
