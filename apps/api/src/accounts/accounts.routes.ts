import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller';
import { PasswordResetController } from './password-reset.controller';
import { SessionController } from './session.controller';

@Module({ controllers: [SessionController, PasswordResetController, AccountsController] })
export class AccountsRoutes {}
