import type { Viewer } from '@app/accounts';
import { type Refusal, refuse, type Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';
import { type Named, sayUses, type Use } from './wording';

/** The refusal to retire something that something else still needs; null when nothing does. */
export async function stillInUse(
  tx: Transaction,
  viewer: Viewer,
  kind: Named,
  id: string,
): Promise<Refusal<'in-use'> | null> {
  const uses = await tx.query<Use>(
    'select what, name, how_many as "howMany" from uses_of($1, $2, $3) order by what, name',
    [kind, id, instantToIso(tx.now)],
  );
  return uses.length ? refuse('in-use', { detail: sayUses(uses, viewer.language) }) : null;
}
