import type { ChangePassword, SetCode } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { TRIES_PER_ACCOUNT } from './attempts';
import { Attempts } from './attempts.service';
import { isEasyCode } from './codes';
import { isPassword, passwordHash } from './passwords';
import { attemptKey } from './secrets';
import type { OpenSession } from './sessions.query';
import { type Opened, SignInService } from './sign-in.service';
import { contextOf } from './viewer';

type Checked = 'wrong-password' | 'too-many-attempts';

/** What people change about their own account, password in hand. */
@Injectable()
export class OwnAccount {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SignInService) private readonly signIn: SignInService,
  ) {}

  /** Closes every session of the account, then opens one here, so that a stolen one dies. */
  async changePassword(
    session: OpenSession,
    device: string | null,
    { current, password }: z.infer<typeof ChangePassword>,
  ): Promise<Outcome<Opened, Checked>> {
    const { viewer } = session;
    const checked = await this.check(session, current);
    if (!checked.ok) return checked;
    const hash = await passwordHash(password);
    await this.database.within(contextOf(viewer), async (tx) => {
      await tx.query('update account set password_hash = $3 where space_id = $1 and id = $2', [
        viewer.space.id,
        viewer.accountId,
        hash,
      ]);
      await tx.query('select close_sessions_of($1, $2)', [viewer.space.id, viewer.accountId]);
      await tx.audit('password.changed', 'account', viewer.accountId);
    });
    const whose = { spaceId: viewer.space.id, accountId: viewer.accountId };
    return done(await this.signIn.open(whose, device, { full: true, csrf: session.csrf }));
  }

  /** The short code of the shared workstation. */
  async setCode(
    session: OpenSession,
    { code, password }: z.infer<typeof SetCode>,
  ): Promise<Outcome<null, Checked | 'easy-code'>> {
    if (isEasyCode(code)) return refuse('easy-code');
    const { viewer } = session;
    const checked = await this.check(session, password);
    if (!checked.ok) return checked;
    const hash = await passwordHash(code);
    await this.database.within(contextOf(viewer), async (tx) => {
      await tx.query('update account set code_hash = $3 where space_id = $1 and id = $2', [
        viewer.space.id,
        viewer.accountId,
        hash,
      ]);
      await tx.audit('code.set', 'account', viewer.accountId);
    });
    return done(null);
  }

  /** A page left open must not let its finder guess the password at leisure. */
  private async check(session: OpenSession, password: string): Promise<Outcome<null, Checked>> {
    const key = attemptKey('own-password', session.viewer.accountId);
    if (!(await this.attempts.mayTry(key, TRIES_PER_ACCOUNT))) {
      return refuse('too-many-attempts', { until: await this.attempts.nextTry() });
    }
    const [account] = await this.database.outside<{ password_hash: string | null }>(
      'select password_hash from account_for_sign_in($1)',
      [session.email],
    );
    if (!(await isPassword(password, account?.password_hash))) return refuse('wrong-password');
    await this.attempts.forgive(key);
    return done(null);
  }
}
