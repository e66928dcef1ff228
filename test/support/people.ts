import { randomUUID } from 'node:crypto';
import { passwordHash } from '@app/accounts';
import type { Role } from '@app/contract';
import pg from 'pg';
import { superuserUrl, type TestDatabase } from './database';

export const PASSWORD = 'une phrase assez longue';

// One hash for all: what is tested is never how long hashing takes.
let hash: Promise<string> | null = null;

export interface Person {
  id: string;
  email: string;
  name: string;
}

export interface SpaceWithPeople {
  id: string;
  slug: string;
  partners: Record<string, string>;
  people: Record<string, Person>;
}

/**
 * A space with partners and accounts and nothing else, written directly: for tests of signing in. All passwords are
 * PASSWORD. @param people by name: the role, and the partner it works for
 */
export async function aSpaceWithPeople(
  database: TestDatabase,
  name: string,
  people: Record<string, { role: Role; partner?: string }>,
): Promise<SpaceWithPeople> {
  hash ??= passwordHash(PASSWORD);
  const client = new pg.Client({ connectionString: superuserUrl(database) });
  await client.connect();
  try {
    const id = randomUUID();
    const slug = name.toLowerCase();
    await client.query('insert into space (id, slug, name) values ($1, $2, $3)', [id, slug, name]);
    const space: SpaceWithPeople = { id, slug, partners: {}, people: {} };
    for (const partner of new Set(Object.values(people).flatMap((one) => one.partner ?? []))) {
      space.partners[partner] = randomUUID();
      await client.query(
        `insert into partner (space_id, id, name, short_name, mark, hue) values ($1, $2, $3, $3, 'X', 10)`,
        [id, space.partners[partner], partner],
      );
    }
    for (const [who, { role, partner }] of Object.entries(people)) {
      const person = { id: randomUUID(), email: `${who.toLowerCase()}@${slug}.example`, name: who };
      space.people[who] = person;
      await client.query(
        `insert into account (space_id, id, email, name, role, partner_id, password_hash) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, person.id, person.email, who, role, partner ? space.partners[partner] : null, await hash],
      );
    }
    return space;
  } finally {
    await client.end();
  }
}
