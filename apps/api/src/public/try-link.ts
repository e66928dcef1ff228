import { type Attempts, attemptKey } from '@app/accounts';
import { done, type Outcome, refuse } from '@app/persistence';

/** Addresses that open nothing, from one place, within a quarter of an hour. */
const WRONG_LINKS = 30;

/** Each try is counted before it is looked at. What never was, what is miscopied and what is over answer alike. */
export async function tryLink<Opened>(
  attempts: Attempts,
  address: string,
  open: () => Promise<Opened | null>,
): Promise<Outcome<Opened, 'too-many-tries' | 'not-found'>> {
  const key = attemptKey('link', address);
  if (!(await attempts.mayTry(key, WRONG_LINKS))) return refuse('too-many-tries');
  const opened = await open();
  if (!opened) return refuse('not-found');
  await attempts.takeBack(key);
  return done(opened);
}
