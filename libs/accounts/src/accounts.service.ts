import type { Account, AccountChange, NewAccount, Role } from '@app/contract';
import { Database, done, isDuplicate, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { contextOf, type Viewer } from './viewer';

type NewAccountBody = z.infer<typeof NewAccount>;
type Change = z.infer<typeof AccountChange>;
type Misfit = 'partner-needed' | 'agent-elsewhere';

interface AccountRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  partner_id: string | null;
  agent_id: string | null;
  language: 'fr' | 'en';
  disabled_at: number | null;
}

const COLUMNS = 'id, email, name, role, partner_id, agent_id, language, disabled_at';

/** The accounts of a space, kept by its administrators. */
@Injectable()
export class Accounts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Every account of the space, by name. */
  async list(viewer: Viewer): Promise<Account[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await tx.query<AccountRow>(
        `select ${COLUMNS} from account where space_id = $1 order by lower(name), id`,
        [viewer.space.id],
      );
      return rows.map(accountOf);
    });
  }

  /** A new account, without a password until a link sets one. */
  async create(
    viewer: Viewer,
    body: NewAccountBody,
    once: Once | null,
  ): Promise<Outcome<{ id: string }, Misfit | 'email-taken' | 'key-reused'>> {
    try {
      return await this.database.once<{ id: string }, Misfit>(contextOf(viewer), once, async (tx) => {
        const misfit = await misfitOf(tx, body);
        if (misfit) return refuse(misfit);
        const id = await insertAccount(tx, body, null);
        await tx.audit('account.created', 'account', id);
        return done({ id });
      });
    } catch (error) {
      if (isDuplicate(error)) return refuse('email-taken');
      throw error;
    }
  }

  /** Changes an account; null when it is not of this space. Disabling it closes its sessions at once. */
  async change(viewer: Viewer, id: string, change: Change): Promise<Outcome<Account, Misfit | 'not-yourself'> | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      // All administrators are locked together: two who disable each other at once would leave nobody.
      const locked = await tx.query<AccountRow>(
        `select ${COLUMNS} from account where space_id = $1 and (id = $2 or role = 'administrator') order by id for update`,
        [viewer.space.id, id],
      );
      const before = locked.find((row) => row.id === id);
      if (!before) return null;
      const after = { ...accountOf(before), ...change };
      const losesTheHouse = after.disabled || after.role !== before.role;
      const actor = locked.find((row) => row.id === viewer.accountId);
      if (losesTheHouse && (id === viewer.accountId || !actor || actor.disabled_at !== null)) {
        return refuse('not-yourself');
      }
      const misfit = await misfitOf(tx, after);
      if (misfit) return refuse(misfit);
      const [row] = await tx.query<AccountRow>(
        `update account set name = $3, role = $4, partner_id = $5, agent_id = $6, language = $7,
           disabled_at = case when $8 then coalesce(disabled_at, $9) end
         where space_id = $1 and id = $2 returning ${COLUMNS}`,
        [
          viewer.space.id,
          id,
          after.name,
          after.role,
          after.partnerId,
          after.agentId,
          after.language,
          after.disabled,
          instantToIso(tx.now),
        ],
      );
      if (!row) return null;
      if (after.disabled) await tx.query('select close_sessions_of($1, $2)', [viewer.space.id, id]);
      await tx.audit(
        after.disabled && before.disabled_at === null ? 'account.disabled' : 'account.changed',
        'account',
        id,
      );
      return done(accountOf(row));
    });
  }
}

/** Writes an account's row. @param passwordHash null: a link will set it */
export async function insertAccount(
  tx: Transaction,
  body: NewAccountBody,
  passwordHash: string | null,
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into account (space_id, email, name, role, partner_id, agent_id, language, password_hash, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      tx.context.spaceId,
      body.email.trim().toLowerCase(),
      body.name,
      body.role,
      body.partnerId,
      body.agentId,
      body.language,
      passwordHash,
      instantToIso(tx.now),
    ],
  );
  if (!row) throw new Error('An account just written gave no id.');
  return row.id;
}

/** Why a role, a partner and an agent do not go together; null when they do. */
async function misfitOf(
  tx: Transaction,
  { role, partnerId, agentId }: Pick<Account, 'role' | 'partnerId' | 'agentId'>,
): Promise<Misfit | null> {
  if ((role === 'agent' || role === 'partner-editor') && partnerId === null) return 'partner-needed';
  if (agentId === null) return null;
  const found = await tx.query('select from agent where space_id = $1 and id = $2 and partner_id = $3', [
    tx.context.spaceId,
    agentId,
    partnerId,
  ]);
  return found.length ? null : 'agent-elsewhere';
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    partnerId: row.partner_id,
    agentId: row.agent_id,
    language: row.language,
    disabled: row.disabled_at !== null,
  };
}
