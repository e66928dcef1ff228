import { Module } from '@nestjs/common';
import { Sessions } from './sessions.query';

/** Accounts, roles and sessions. */
@Module({ providers: [Sessions], exports: [Sessions] })
export class AccountsModule {}
