import { BookingModule } from '@app/booking';
import { RemindersModule } from '@app/reminders';
import { Module } from '@nestjs/common';
import { AppointmentLinks } from './appointment-links.service';
import { OnlineBooking } from './online-booking.service';
import { OwnAppointments } from './own-appointment.service';

const SERVICES = [AppointmentLinks, OnlineBooking, OwnAppointments];

/** What people do by themselves: take an appointment on the public page, and see to it by its link. */
@Module({ imports: [BookingModule, RemindersModule], providers: SERVICES, exports: SERVICES })
export class SelfServiceModule {}
