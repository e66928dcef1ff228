import { type DynamicModule, Module } from '@nestjs/common';
import { Accounts } from './accounts.service';
import { Attempts } from './attempts.service';
import { FoundingService } from './founding.service';
import { Mailer } from './mailer.service';
import { OwnAccount } from './own-account.service';
import { PasswordReset, PUBLIC_URL } from './password-reset.service';
import { Sessions } from './sessions.query';
import { SignInService } from './sign-in.service';

export interface AccountsOptions {
  /** What links in letters begin with, without a trailing slash. */
  publicUrl: string;
  /** null: no e-mail leaves. */
  smtpUrl: string | null;
  mailFrom: string;
}

const SERVICES = [Accounts, Attempts, FoundingService, Mailer, OwnAccount, PasswordReset, Sessions, SignInService];

/** Accounts, roles and sessions. */
@Module({})
export class AccountsModule {
  static forRoot({ publicUrl, smtpUrl, mailFrom }: AccountsOptions): DynamicModule {
    return {
      module: AccountsModule,
      global: true,
      providers: [
        ...SERVICES.filter((service) => service !== Mailer),
        { provide: Mailer, useFactory: () => new Mailer(smtpUrl, mailFrom) },
        { provide: PUBLIC_URL, useValue: publicUrl },
      ],
      exports: [...SERVICES, PUBLIC_URL],
    };
  }
}
