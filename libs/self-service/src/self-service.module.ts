import { BookingModule } from '@app/booking';
import { RemindersModule } from '@app/reminders';
import { Module } from '@nestjs/common';
import { AppointmentLinks } from './appointment-links.service';
import { AskOnline } from './ask-online.service';
import { ConfirmOnline } from './confirm-online.service';
import { OnlineForms } from './online-forms.service';
import { OnlineOffer } from './online-offer.service';
import { SendCode } from './send-code.service';
import { OwnAppointments } from './own-appointment.service';

const SERVICES = [AppointmentLinks, AskOnline, ConfirmOnline, OnlineForms, OnlineOffer, OwnAppointments, SendCode];

/** What people do by themselves: take an appointment on the public page, and see to it by its link. */
@Module({ imports: [BookingModule, RemindersModule], providers: SERVICES, exports: SERVICES })
export class SelfServiceModule {}
