import { SelfServiceModule } from '@app/self-service';
import { Module } from '@nestjs/common';
import { OnlineController } from './online.controller';
import { OnlineCodeController } from './online-code.controller';
import { OnlinePlace } from './online-place.service';
import { OwnAppointmentController } from './own-appointment.controller';
import { PublicController } from './public.controller';

/** What anyone reads and does without an account. */
@Module({
  imports: [SelfServiceModule],
  controllers: [PublicController, OnlineController, OnlineCodeController, OwnAppointmentController],
  providers: [OnlinePlace],
})
export class PublicRoutes {}
