import { dateAt, type Instant } from '@app/time';

export type AppointmentState =
  | 'planned'
  | 'confirmed'
  | 'arrived'
  | 'seen'
  | 'noShow'
  | 'cancelledByUsager'
  | 'cancelledByAgent';

/** What someone at the desk may say of an appointment. Cancelling is another command: it frees the slot. */
export type ToldState = Exclude<AppointmentState, 'cancelledByUsager' | 'cancelledByAgent'>;

const NEXT: Record<AppointmentState, readonly ToldState[]> = {
  planned: ['confirmed', 'arrived', 'seen', 'noShow'],
  confirmed: ['planned', 'arrived', 'seen', 'noShow'],
  arrived: ['planned', 'seen'],
  // Everything said by mistake can be taken back; a person written off may still come.
  seen: ['planned', 'arrived', 'noShow'],
  noShow: ['planned', 'arrived', 'seen'],
  cancelledByUsager: [],
  cancelledByAgent: [],
};

/** 'cannot-become': not after what was already said of it. 'too-early': nobody is absent before the hour, nor here before the day. */
export type StateRefusal = 'cannot-become' | 'too-early';

/** Why an appointment may not pass to this state, or null when it may. An agent decides that someone did not come, not the clock. */
export function refusalToPass(
  appointment: { state: AppointmentState; start: Instant },
  to: ToldState,
  now: Instant,
  zone: string,
): StateRefusal | null {
  if (!NEXT[appointment.state].includes(to)) return 'cannot-become';
  if (to === 'noShow' && now < appointment.start) return 'too-early';
  if ((to === 'arrived' || to === 'seen') && dateAt(now, zone) < dateAt(appointment.start, zone)) return 'too-early';
  return null;
}

/** An appointment that has not begun to take place: it can still be moved or cancelled, even a little late. */
export function mayStillChange({ state }: { state: AppointmentState }): boolean {
  return state === 'planned' || state === 'confirmed';
}
