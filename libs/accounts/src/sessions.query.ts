import type { Me, Role } from '@app/contract';
import { Database } from '@app/persistence';
import { type Instant, instantToIso, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { hashOf } from './secrets';
import type { Viewer } from './viewer';

/** A session found by its cookie: who, and what proves that a write comes from our own pages. */
export interface OpenSession {
  viewer: Viewer;
  email: string;
  csrf: string;
  tokenHash: Buffer;
  deviceHash: Buffer;
  expiresAt: Instant;
}

interface SessionRow {
  space_id: string;
  account_id: string;
  csrf: string;
  device_hash: Buffer;
  expires_at: Instant;
  name: string;
  email: string;
  role: Role;
  partner_id: string | null;
  agent_id: string | null;
  language: 'fr' | 'en';
  zone: string;
  space_name: string;
  space_slug: string;
}

/** Who is behind a cookie. */
@Injectable()
export class Sessions {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The open session of this token; null when it never was, has ended, or its account is disabled. */
  async find(token: string): Promise<OpenSession | null> {
    const tokenHash = hashOf(token);
    const [row] = await this.database.outside<SessionRow>(
      'select * from session_by_token($1, $2)',
      [tokenHash, instantToIso(this.database.now())],
      'session',
    );
    return row ? sessionOf(row, tokenHash) : null;
  }

  /** What the screens are told about the person who is signed in. */
  async me(session: OpenSession): Promise<Omit<Me, 'heard'>> {
    const { viewer } = session;
    const hasCode = await this.database.within(
      { spaceId: viewer.space.id, sight: 'public', partnerId: null, accountId: viewer.accountId },
      async (tx) => (await tx.query<{ has_code: boolean }>('select has_code($1)', [viewer.accountId]))[0]?.has_code,
    );
    const { accountId: id, name, role, partnerId, agentId, language } = viewer;
    return {
      account: { id, name, email: session.email, role, partnerId, agentId, language, hasCode: hasCode ?? false },
      space: viewer.space,
      csrf: session.csrf,
      now: toLocal(this.database.now(), viewer.space.zone),
    };
  }
}

function sessionOf(row: SessionRow, tokenHash: Buffer): OpenSession {
  return {
    viewer: {
      accountId: row.account_id,
      name: row.name,
      role: row.role,
      partnerId: row.partner_id,
      agentId: row.agent_id,
      language: row.language,
      space: { id: row.space_id, name: row.space_name, slug: row.space_slug, zone: row.zone },
    },
    email: row.email,
    csrf: row.csrf,
    tokenHash,
    deviceHash: row.device_hash,
    expiresAt: row.expires_at,
  };
}
