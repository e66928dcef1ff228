import type { SignIn } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { dateAt, dayBounds, HOUR, type Instant, instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CODE_TRIES, TRIES_PER_ACCOUNT } from './attempts';
import { Attempts } from './attempts.service';
import { isPassword } from './passwords';
import { attemptKey, hashOf, newToken } from './secrets';
import { type OpenSession, Sessions } from './sessions.query';

const SESSION_MS = 12 * HOUR;

/** A session just opened: its token and its workstation's go into cookies and are never seen again. */
export interface Opened {
  token: string;
  device: string;
  session: OpenSession;
}

export interface Colleague {
  id: string;
  name: string;
  hasCode: boolean;
}

interface Whose {
  spaceId: string;
  accountId: string;
}

/** The key under which tries at an account's password are counted, per address. */
const passwordKey = (email: string, address: string) => attemptKey('password', email.trim().toLowerCase(), address);

/** Opens and closes sessions: with a password, or with a short code where one signed in fully that day. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  /**
   * A full sign-in. An unknown e-mail and a wrong password cost and answer alike.
   * @param device the workstation's token, null when it has none yet
   */
  async signIn(
    { email, password }: z.infer<typeof SignIn>,
    from: { address: string; device: string | null },
  ): Promise<Outcome<Opened, 'wrong-credentials' | 'too-many-attempts'>> {
    const key = passwordKey(email, from.address);
    if (!(await this.attempts.mayTryFrom(from.address)) || !(await this.attempts.mayTry(key, TRIES_PER_ACCOUNT))) {
      return refuse('too-many-attempts', { until: await this.attempts.nextTry() });
    }
    const [account] = await this.database.outside<{ id: string; space_id: string; password_hash: string | null }>(
      'select * from account_for_sign_in($1)',
      [email.trim()],
    );
    if (!(await isPassword(password, account?.password_hash)) || !account) return refuse('wrong-credentials');
    await this.attempts.forgive(key);
    await this.attempts.wasRight(from.address);
    const device = from.device ?? newToken();
    await this.attempts.forgive(codeKey(account.id, device));
    return done(await this.open({ spaceId: account.space_id, accountId: account.id }, device, { full: true }));
  }

  /** Who signed in fully on this workstation since its space's midnight, by name. */
  async colleagues(device: string | null): Promise<Colleague[]> {
    return (await this.signedInToday(device)).map(({ accountId, name, hasCode }) => ({ id: accountId, name, hasCode }));
  }

  /** Another of today's people takes the workstation over. Five wrong codes, and the password is asked for. */
  async switchTo(
    accountId: string,
    code: string,
    device: string | null,
  ): Promise<Outcome<Opened, 'wrong-code' | 'sign-in-fully'>> {
    const person = (await this.signedInToday(device)).find((one) => one.accountId === accountId);
    if (!person?.hasCode || device === null) return refuse('sign-in-fully');
    const key = codeKey(accountId, device);
    if (!(await this.attempts.mayTry(key, CODE_TRIES, person.since))) return refuse('sign-in-fully');
    const [row] = await this.database.outside<{ code: string | null }>('select code_of_account($1, $2) as code', [
      person.spaceId,
      accountId,
    ]);
    if (!(await isPassword(code, row?.code))) return refuse('wrong-code');
    await this.attempts.forgive(key);
    return done(await this.open(person, device, { full: false }));
  }

  async signOut(session: OpenSession): Promise<void> {
    await this.database.outside('select close_session($1)', [session.tokenHash]);
  }

  /** Opens a session, on a new workstation when none is named. `csrf` keeps a page that is already open in step with its new session. */
  async open(whose: Whose, ofDevice: string | null, how: { full: boolean; csrf?: string }): Promise<Opened> {
    const token = newToken();
    const device = ofDevice ?? newToken();
    const now = this.database.now();
    await this.database.outside('select open_session($1, $2, $3, $4, $5, $6, $7, $8)', [
      hashOf(token),
      whose.spaceId,
      whose.accountId,
      hashOf(device),
      how.csrf ?? newToken(),
      how.full,
      instantToIso(now),
      instantToIso((now + SESSION_MS) as Instant),
    ]);
    const session = await this.sessions.find(token);
    if (!session) throw new Error('A session just opened cannot be found.');
    return { token, device, session };
  }

  private async signedInToday(device: string | null): Promise<(Whose & Omit<Colleague, 'id'> & { since: Instant })[]> {
    if (device === null) return [];
    const spaces = await this.database.outside<{ id: string; zone: string }>('select id, zone from all_spaces()');
    const people: (Whose & Omit<Colleague, 'id'> & { since: Instant })[] = [];
    for (const zone of new Set(spaces.map((space) => space.zone))) {
      const since = dayBounds(dateAt(this.database.now(), zone), zone).start;
      const rows = await this.database.outside<{
        space_id: string;
        account_id: string;
        name: string;
        has_code: boolean;
      }>('select * from signed_in_on_device($1, $2)', [hashOf(device), instantToIso(since)]);
      for (const row of rows) {
        if (spaces.find(({ id }) => id === row.space_id)?.zone !== zone) continue;
        people.push({ spaceId: row.space_id, accountId: row.account_id, name: row.name, hasCode: row.has_code, since });
      }
    }
    return people;
  }
}

const codeKey = (accountId: string, device: string) => attemptKey('code', accountId, device);
