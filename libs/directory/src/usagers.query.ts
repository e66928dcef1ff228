import type { Usager, UsagerFound } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { UsagerEntity } from './usager.entity';

/** Those the viewer serves whose name, phone digits or birth year look like the words, nearest first. */
export async function findUsagers(tx: Transaction, words: string, most: number): Promise<UsagerFound[]> {
  return tx.query<UsagerFound>(
    `select u.id, u.first_name as "firstName", u.last_name as "lastName", u.birth_year as "birthYear", u.phone,
       u.phone_shared as "phoneShared"
     from search_usagers($2, $3) s join usager u on u.space_id = $1 and u.id = s.id
     order by s.score desc, u.last_name, u.first_name, u.id`,
    [tx.context.spaceId, words, most],
  );
}

/** A person's record, or null when there is none for this viewer. */
export async function readUsager(tx: Transaction, id: string): Promise<Usager | null> {
  const usager = await tx.manager.findOneBy(UsagerEntity, { spaceId: tx.context.spaceId, id });
  if (!usager) return null;
  const { spaceId: _, knownToDesk: __, createdAt: ___, ...record } = usager;
  return record;
}
