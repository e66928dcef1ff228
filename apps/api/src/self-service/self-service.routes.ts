import { SelfServiceModule } from '@app/self-service';
import { Module } from '@nestjs/common';
import { AppointmentLinksController } from './appointment-links.controller';

@Module({ imports: [SelfServiceModule], controllers: [AppointmentLinksController] })
export class SelfServiceRoutes {}
