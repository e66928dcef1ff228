import { DirectoryModule } from '@app/directory';
import { Module } from '@nestjs/common';
import { Appointments } from './appointments.service';
import { DayBoard } from './board.service';
import { BookAppointment } from './book-appointment.service';
import { DaySheets } from './day-sheet.service';
import { FindSlots } from './find-slots.service';
import { FollowAppointment } from './follow-appointment.service';
import { GivenSeats } from './given-seats.service';
import { HoldSlot } from './hold-slot.service';
import { MoveAppointment } from './move-appointment.service';
import { OccurrenceDetails } from './occurrence-detail.service';
import { Plannings } from './planning.service';
import { StandAlone } from './stand-alone.service';
import { UndoAppointment } from './undo-appointment.service';

const SERVICES = [
  Appointments,
  BookAppointment,
  DayBoard,
  DaySheets,
  FindSlots,
  FollowAppointment,
  GivenSeats,
  HoldSlot,
  MoveAppointment,
  OccurrenceDetails,
  Plannings,
  StandAlone,
  UndoAppointment,
];

/** Slots, appointments and the day's board. */
@Module({ imports: [DirectoryModule], providers: SERVICES, exports: SERVICES })
export class BookingModule {}
