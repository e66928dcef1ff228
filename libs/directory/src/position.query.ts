import type { Transaction } from '@app/persistence';
import type { EntityTarget, FindOptionsWhere } from 'typeorm';

interface Placed {
  spaceId: string;
  position: number;
}

/** After everything there is: what is new is listed last. */
export async function nextPosition<T extends Placed>(tx: Transaction, entity: EntityTarget<T>): Promise<number> {
  const where = { spaceId: tx.context.spaceId } as FindOptionsWhere<T>;
  return ((await tx.manager.maximum(entity, 'position' as never, where)) ?? 0) + 1;
}
