import { randomUUID } from 'node:crypto';
import { Database, systemContext } from '@app/persistence';
import { SMS_GATEWAY, type SmsGateway } from '@app/reminders';
import type { Language } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { codeText } from './online-code';
import type { OnlineRequest } from './online-request.query';
import type { PublicSpace } from './visitor';

/** The SMS that carries the code of a request. */
@Injectable()
export class SendCode {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SMS_GATEWAY) private readonly gateway: SmsGateway,
  ) {}

  /** False: the gateway did not take it. */
  async send(
    space: PublicSpace,
    language: Language,
    { id, phone, code }: Pick<OnlineRequest, 'id' | 'phone'> & { code: string },
  ): Promise<boolean> {
    const messageId = randomUUID();
    await this.database.within(systemContext(space.id), (tx) =>
      tx.query('update online_request set sms_id = $3 where space_id = $1 and id = $2', [space.id, id, messageId]),
    );
    try {
      await this.gateway.send({ spaceId: space.id, messageId, to: phone, text: codeText(language, code) });
      return true;
    } catch {
      return false;
    }
  }

  /** What the SMS of a request says, where none is really sent; else null. */
  async sandboxText(space: PublicSpace, { sms_id }: OnlineRequest): Promise<string | null> {
    if (!this.gateway.sandbox) return null;
    const [sms] = await this.database.within(systemContext(space.id), (tx) =>
      tx.query<{ text: string }>('select text from sandbox_sms where space_id = $1 and message_id = $2', [
        space.id,
        sms_id,
      ]),
    );
    return sms?.text ?? null;
  }
}
