import { Database, systemContext } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { Sms, SmsGateway } from './sms-gateway';

/** An operator that keeps every message and sends none: what it took can be read in Messages. */
@Injectable()
export class SandboxSmsGateway implements SmsGateway {
  readonly sandbox = true;

  constructor(@Inject(Database) private readonly database: Database) {}

  async send({ spaceId, messageId, to, text }: Sms): Promise<void> {
    await this.database.within(systemContext(spaceId), (tx) =>
      tx.query(
        `insert into sandbox_sms (space_id, message_id, recipient, text, received_at) values ($1, $2, $3, $4, $5)
         on conflict (space_id, message_id) do nothing`,
        [spaceId, messageId, to, text, instantToIso(tx.now)],
      ),
    );
  }
}
