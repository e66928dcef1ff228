export interface Sms {
  spaceId: string;
  /** The same id is accepted once, however often it is handed over. */
  messageId: string;
  /** E.164. */
  to: string;
  text: string;
}

/** Whoever carries SMS. */
export interface SmsGateway {
  /** It keeps messages and sends none: who waits for one must be shown it. */
  readonly sandbox?: true;
  /**
   * Hands a message over; an id it has accepted before changes nothing.
   * @throws SmsRefused when it never will; anything else is worth another try.
   */
  send(sms: Sms): Promise<void>;
}

/** The token of the gateway: `@Inject(SMS_GATEWAY) gateway: SmsGateway`. */
export const SMS_GATEWAY = Symbol('sms-gateway');

/** The operator refuses this message for good: a number that does not exist, an opposition. */
export class SmsRefused extends Error {}

/** The operator did not answer, or not as agreed: worth another try. */
export class GatewayTrouble extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
