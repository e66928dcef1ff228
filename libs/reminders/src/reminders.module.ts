import { Module } from '@nestjs/common';
import { DueReminders } from './due-reminders.query';
import { MessageList } from './messages.query';
import { PlanReminders } from './plan-reminders.service';
import { SandboxSmsGateway } from './sandbox-sms.gateway';
import { SendReminder } from './send-reminder.service';
import { SettleTask } from './settle-task.service';
import { SMS_GATEWAY } from './sms-gateway';

/** What people are told, when, and what became of it. */
@Module({
  providers: [
    { provide: SMS_GATEWAY, useClass: SandboxSmsGateway },
    DueReminders,
    MessageList,
    PlanReminders,
    SendReminder,
    SettleTask,
  ],
  exports: [SMS_GATEWAY, DueReminders, MessageList, PlanReminders, SendReminder, SettleTask],
})
export class RemindersModule {}
