import { timingSafeEqual } from 'node:crypto';
import { Attempts } from '@app/accounts';
import { Database, done, type Outcome, refuse, systemContext } from '@app/persistence';
import { type Language, type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { bookRequest, linkOf, slotGone } from './book-request.query';
import { codeHash, newCode } from './online-code';
import { mayAskFor, mayAskFrom, phoneKeyOf } from './online-limits.query';
import { codeAnew, requestBy, tryCode } from './online-request.query';
import { SendCode } from './send-code.service';
import { type PublicSpace, visitorOf } from './visitor';

export type ConfirmRefusal = 'wrong-code' | 'code-over' | 'slot-gone' | 'too-many-tries';

interface Asker {
  space: PublicSpace;
  language: Language;
  address: string;
}

/** What is held on the public page until the code of an SMS comes back. */
@Injectable()
export class ConfirmOnline {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SendCode) private readonly codes: SendCode,
  ) {}

  /** How long the code is awaited, and what its SMS says where none is really sent; null when nothing is awaited. */
  async awaiting(
    space: PublicSpace,
    key: string,
  ): Promise<{ until: LocalDateTime; sandboxText: string | null } | null> {
    const request = await this.awaited(space, key);
    if (!request) return null;
    const sandboxText = await this.codes.sandboxText(space, request);
    return { until: toLocal(request.expires_at, space.zone), sandboxText };
  }

  /** Another code, when the first did not come; it runs out when the first would have. */
  async resend(
    { space, language, address }: Asker,
    key: string,
  ): Promise<Outcome<null, 'code-over' | 'too-many-tries' | 'sms-failed'>> {
    if (!(await mayAskFrom(this.attempts, address))) return refuse('too-many-tries');
    const request = await this.awaited(space, key);
    if (!request) return refuse('code-over');
    const { id, phone } = request;
    if (!(await mayAskFor(this.attempts, phoneKeyOf(space.id, phone)))) return refuse('too-many-tries');
    const code = newCode();
    await this.database.within(systemContext(space.id), (tx) => codeAnew(tx, id, codeHash(id, code)));
    return (await this.codes.send(space, language, { id, phone, code })) ? done(null) : refuse('sms-failed');
  }

  /** Books what was held, when the code is right. Each try is counted before it is looked at. */
  async confirm(
    { space, language, address }: Asker,
    key: string,
    code: string,
  ): Promise<Outcome<{ link: string }, ConfirmRefusal>> {
    if (!(await mayAskFrom(this.attempts, address))) return refuse('too-many-tries');
    const system = systemContext(space.id);
    const tried = await this.database.within(system, (tx) => tryCode(tx, key));
    if (tried && !timingSafeEqual(tried.code_hash, codeHash(tried.id, code.replace(/\s/g, ''))))
      return refuse('wrong-code');
    return this.database
      .command<{ link: string }, 'code-over' | 'slot-gone'>(system, async (tx) => {
        const request = await requestBy(tx, key);
        if (request?.appointment_id) return done({ link: await linkOf(tx, request.appointment_id) });
        return request && tried ? bookRequest(tx, visitorOf(space, language), request.id) : refuse('code-over');
      })
      .catch(slotGone);
  }

  /** A request whose code may still come back. */
  private awaited(space: PublicSpace, key: string) {
    return this.database.within(systemContext(space.id), async (tx) => {
      const request = await requestBy(tx, key);
      return request?.code_hash && request.expires_at > tx.now ? request : null;
    });
  }
}
