import type { Transaction } from '@app/persistence';
import { heldResources, lockResources, release } from '@app/rooms';
import type { Instant } from '@app/time';
import { dateOfAppointment, lockAppointment } from './appointment.query';
import { keepDates } from './open-slot.query';

/** What someone who did not come leaves. */
export interface LeftPlace {
  occurrenceId: string;
  agentId: string | null;
  start: Instant;
  end: Instant;
}

/**
 * Lets go of what an appointment still holds once an agent said that she did not come; null when it says otherwise by now, or
 * is over. Within the transaction that gives it to somebody else: if nobody takes it, it stays hers, who may still come.
 */
export async function leaveToOthers(tx: Transaction, appointmentId: string): Promise<LeftPlace | null> {
  const occurrenceId = await dateOfAppointment(tx, appointmentId);
  if (!occurrenceId) return null;
  await keepDates(tx, [occurrenceId]);
  const appointment = await lockAppointment(tx, appointmentId);
  if (appointment?.state !== 'noShow' || appointment.occurrenceId !== occurrenceId) return null;
  if (appointment.end <= tx.now) return null;
  const held = await heldResources(tx, [appointmentId]);
  // Given to somebody already.
  if (!held.length) return null;
  await lockResources(tx, held);
  await release(tx, [appointmentId]);
  const { agentId, start, end } = appointment;
  return { occurrenceId, agentId, start, end };
}
