import type { Viewer } from '@app/accounts';
import { isDuplicate, type Outcome, refuse } from '@app/persistence';
import { type Named, sayNameTaken } from './wording';

/** The unique index has the last word on names: its refusal becomes ours. */
export async function unlessNameTaken<T, Why extends string>(
  viewer: Viewer,
  named: Named,
  command: () => Promise<Outcome<T, Why>>,
): Promise<Outcome<T, Why | 'name-taken'>> {
  try {
    return await command();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return refuse('name-taken', { detail: sayNameTaken(named, viewer.language) });
  }
}
