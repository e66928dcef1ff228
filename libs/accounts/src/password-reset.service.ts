import type { ResetLink } from '@app/contract';
import { Database, done, type Outcome, refuse, systemContext } from '@app/persistence';
import { DAY, HOUR, type Instant, instantToIso, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { TRIES_PER_ACCOUNT } from './attempts';
import { Attempts } from './attempts.service';
import { Mailer } from './mailer.service';
import { passwordHash } from './passwords';
import { resetLetter } from './reset-letter';
import { attemptKey, hashOf, newToken } from './secrets';
import { contextOf, type Viewer } from './viewer';

const MAILED_LINK_MS = HOUR;
const HANDED_LINK_MS = DAY;

/** The product's public address: what links begin with. */
export const PUBLIC_URL = Symbol('public url');

/** Links that set a password once: mailed to who asks, or handed over by the administrator. */
@Injectable()
export class PasswordReset {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  /**
   * Mails a link, good for an hour, when the e-mail is an account's and e-mail leaves at all. Says nothing of either:
   * whoever answers a request does not wait for this. @throws when the mail server refuses
   */
  async ask(email: string, address: string): Promise<void> {
    if (!this.mailer.sends) return;
    const asked = email.trim().toLowerCase();
    // Nobody's mailbox is filled by pressing a button.
    if (!(await this.attempts.mayTry(attemptKey('reset', asked), TRIES_PER_ACCOUNT))) return;
    if (!(await this.attempts.mayTry(attemptKey('reset-from', address), 4 * TRIES_PER_ACCOUNT))) return;
    const [found] = await this.database.outside<{ id: string; space_id: string }>(
      'select id, space_id from account_for_sign_in($1)',
      [asked],
    );
    if (!found) return;
    const account = await this.database.within(systemContext(found.space_id), async (tx) => {
      await tx.audit('reset.asked', 'account', found.id);
      const [row] = await tx.query<{ email: string; language: 'fr' | 'en' }>(
        'select email, language from account where space_id = $1 and id = $2',
        [found.space_id, found.id],
      );
      return row;
    });
    if (!account) return;
    const { url } = await this.open(found.space_id, found.id, MAILED_LINK_MS);
    await this.mailer.send(resetLetter(account, url));
  }

  /** Sets a password with a link, once; every session of the account closes. */
  async use(
    token: string,
    password: string,
    address: string,
  ): Promise<Outcome<null, 'link-used' | 'too-many-attempts'>> {
    if (!(await this.attempts.mayTryFrom(address))) {
      return refuse('too-many-attempts', { until: await this.attempts.nextTry() });
    }
    const [used] = await this.database.outside<{ space_id: string; account_id: string }>(
      'select * from use_password_reset($1, $2, $3)',
      [hashOf(token), await passwordHash(password), instantToIso(this.database.now())],
    );
    if (!used) return refuse('link-used');
    await this.attempts.wasRight(address);
    await this.database.within({ ...systemContext(used.space_id), accountId: used.account_id }, (tx) =>
      tx.audit('password.reset', 'account', used.account_id),
    );
    return done(null);
  }

  /** A link for the administrator to hand over, good for a day; null when the account is not of this space. */
  async linkFor(viewer: Viewer, accountId: string): Promise<z.infer<typeof ResetLink> | null> {
    const exists = await this.database.within(contextOf(viewer), async (tx) => {
      const found = await tx.query('select from account where space_id = $1 and id = $2', [viewer.space.id, accountId]);
      if (found.length) await tx.audit('reset.handed', 'account', accountId);
      return found.length > 0;
    });
    if (!exists) return null;
    const { url, expiresAt } = await this.open(viewer.space.id, accountId, HANDED_LINK_MS);
    return { url, expires: toLocal(expiresAt, viewer.space.zone) };
  }

  private async open(spaceId: string, accountId: string, lasts: number): Promise<{ url: string; expiresAt: Instant }> {
    const token = newToken();
    const expiresAt = (this.database.now() + lasts) as Instant;
    await this.database.outside('select open_password_reset($1, $2, $3, $4)', [
      hashOf(token),
      spaceId,
      accountId,
      instantToIso(expiresAt),
    ]);
    return { url: `${this.publicUrl}/mot-de-passe?token=${token}`, expiresAt };
  }
}
