import { Module } from '@nestjs/common';
import { LiveRoutes } from '../live/live.routes';
import { AccountsController } from './accounts.controller';
import { PasswordResetController } from './password-reset.controller';
import { SessionController } from './session.controller';

@Module({ imports: [LiveRoutes], controllers: [SessionController, PasswordResetController, AccountsController] })
export class AccountsRoutes {}
