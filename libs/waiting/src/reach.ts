import { channelOf, type Reachable } from '@app/reminders';

/** How a slot that is kept for a few hours is proposed. */
export type Reach = 'sms' | 'call' | 'task';

/**
 * An SMS, a call by the desk, or a task of her référent's for a safe contact. Null when she asked not to be contacted or has no
 * phone: a letter would come when the slot is long gone.
 */
export function reachOf(person: Reachable): Reach | null {
  const channel = channelOf(person);
  if (channel === 'letter') return person.phoneKind === null ? null : 'call';
  return channel;
}

/** Somebody may tell her in time. A safe contact whom no référent follows there would keep a slot that nobody can tell her of. */
export function mayBeOffered({ reach, hasReferent }: { reach: Reach | null; hasReferent: boolean }): boolean {
  return reach === 'task' ? hasReferent : reach !== null;
}
