import { type DynamicModule, Module } from '@nestjs/common';
import { DueReminders } from './due-reminders.query';
import { PlanReminders } from './plan-reminders.service';
import { SandboxSmsGateway } from './sandbox-sms.gateway';
import { LINKS_BEGIN_WITH, SendReminder } from './send-reminder.service';
import { SMS_GATEWAY } from './sms-gateway';

/** What people are told, when, and what became of it. */
@Module({
  providers: [{ provide: SMS_GATEWAY, useClass: SandboxSmsGateway }, DueReminders, PlanReminders, SendReminder],
  exports: [SMS_GATEWAY, DueReminders, PlanReminders, SendReminder],
})
export class RemindersModule {
  /** For whoever sends: what links in messages begin with, without a trailing slash. */
  static forRoot({ publicUrl }: { publicUrl: string }): DynamicModule {
    return { module: RemindersModule, providers: [{ provide: LINKS_BEGIN_WITH, useValue: publicUrl }] };
  }
}
