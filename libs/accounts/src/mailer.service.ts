import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Letter } from './reset-letter';

/** Sends e-mail when an SMTP server was given; a place without one hands links over by hand. */
@Injectable()
export class Mailer {
  private readonly transport;

  /** @param smtpUrl null: nothing leaves */
  constructor(
    smtpUrl: string | null,
    private readonly from: string,
  ) {
    this.transport = smtpUrl ? createTransport(smtpUrl) : null;
  }

  /** Whether e-mail leaves at all. */
  get sends(): boolean {
    return this.transport !== null;
  }

  /** @throws when the server refuses, or without one */
  async send(letter: Letter): Promise<void> {
    if (!this.transport) throw new Error('No SMTP server was given.');
    await this.transport.sendMail({ from: this.from, ...letter });
  }
}
