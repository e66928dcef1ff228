import type { Usager, UsagerAlike, UsagerFound, UsagerTyped } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { parsePhone } from './phone';
import { UsagerEntity } from './usager.entity';

const FOUND = `u.id, u.first_name as "firstName", u.last_name as "lastName", u.birth_year as "birthYear", u.phone,
  u.phone_shared as "phoneShared", u.safe_contact as "safeContact"`;

/** Those the viewer serves whose name, phone digits or birth year look like the words, nearest first. */
export async function findUsagers(tx: Transaction, words: string, most: number): Promise<UsagerFound[]> {
  return tx.query<UsagerFound>(
    `select ${FOUND}
     from search_usagers($2, $3) s join usager u on u.space_id = $1 and u.id = s.id
     order by s.score desc, u.last_name, u.first_name, u.id`,
    [tx.context.spaceId, words, most],
  );
}

/** Those the viewer serves who may be the person being typed, likeliest first, and what speaks for it. */
export async function alikeUsagers(tx: Transaction, typed: UsagerTyped, most: number): Promise<UsagerAlike[]> {
  const number = typed.phone ? (parsePhone(typed.phone)?.number ?? null) : null;
  return tx.query<UsagerAlike>(
    `select ${FOUND},
       array_remove(array[case when a.same_name then 'name' end, case when a.same_phone then 'phone' end,
         case when a.same_birth_year then 'birth-year' end], null) as same
     from usagers_alike($2, $3, $4, $5, $6) with ordinality
       as a (id, same_name, same_phone, same_birth_year, place)
     join usager u on u.space_id = $1 and u.id = a.id
     order by a.place`,
    [tx.context.spaceId, typed.lastName, typed.firstName, number, typed.birthYear, most],
  );
}

/** A person's record, that of whoever her record was merged with, or null when there is none for this viewer. */
export async function readUsager(tx: Transaction, id: string): Promise<Usager | null> {
  const usager = (await usagerById(tx, id)) ?? (await mergedInto(tx, id));
  return usager && usagerOf(usager, await referentsOf(tx, usager.id));
}

async function usagerById(tx: Transaction, id: string): Promise<UsagerEntity | null> {
  return tx.manager.findOneBy(UsagerEntity, { spaceId: tx.context.spaceId, id });
}

async function mergedInto(tx: Transaction, goneId: string): Promise<UsagerEntity | null> {
  const [kept] = await tx.query<{ kept_id: string }>(
    'select kept_id from usager_merge where space_id = $1 and gone_id = $2',
    [tx.context.spaceId, goneId],
  );
  return kept ? usagerById(tx, kept.kept_id) : null;
}

/** Who follows a person at each partner the viewer may know of. */
export async function referentsOf(tx: Transaction, usagerId: string): Promise<Usager['referents']> {
  return tx.query<Usager['referents'][number]>(
    `select up.partner_id as "partnerId", up.referent_id as "agentId"
     from usager_partner up join partner p on p.space_id = up.space_id and p.id = up.partner_id
     where up.space_id = $1 and up.usager_id = $2 and up.referent_id is not null and sees(up.partner_id, p.confidential)
     order by p.position, p.id`,
    [tx.context.spaceId, usagerId],
  );
}

export function usagerOf(row: Omit<UsagerEntity, 'createdAt'>, referents: Usager['referents']): Usager {
  return {
    id: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    phoneKind: row.phoneKind,
    phoneShared: row.phoneShared,
    language: row.language,
    interpreter: row.interpreter,
    birthYear: row.birthYear,
    toldBy: row.toldBy,
    contact:
      row.contactName !== null && row.contactRelation !== null
        ? { name: row.contactName, relation: row.contactRelation, phone: row.contactPhone, told: row.contactTold }
        : null,
    safeContact: row.safeContact,
    safeHours: row.safeFrom !== null && row.safeUntil !== null ? { from: row.safeFrom, until: row.safeUntil } : null,
    sectorId: row.sectorId,
    note: row.note,
    referents,
    version: row.version,
  };
}
