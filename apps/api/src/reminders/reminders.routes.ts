import { RemindersModule } from '@app/reminders';
import { Module } from '@nestjs/common';
import { MessagesController } from './messages.controller';

@Module({ imports: [RemindersModule], controllers: [MessagesController] })
export class RemindersRoutes {}
