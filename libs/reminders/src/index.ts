export { type DueReminder, DueReminders } from './due-reminders.query';
export { MessageList } from './messages.query';
export { PlanReminders } from './plan-reminders.service';
export { RemindersModule } from './reminders.module';
export { SandboxSmsGateway } from './sandbox-sms.gateway';
export { SendReminder } from './send-reminder.service';
export { SettleTask } from './settle-task.service';
export { GatewayTrouble, SMS_GATEWAY, type Sms, type SmsGateway, SmsRefused } from './sms-gateway';
