import { DirectoryModule } from '@app/directory';
import { Module } from '@nestjs/common';
import { AloneHours } from './alone-hour.service';
import { Appointments } from './appointments.service';
import { DayBoard } from './board.service';
import { BookAppointment } from './book-appointment.service';
import { BookSeries } from './book-series.service';
import { CancelFollowing } from './cancel-following.service';
import { DaySheets } from './day-sheet.service';
import { FindSlots } from './find-slots.service';
import { FollowAppointment } from './follow-appointment.service';
import { GivenSeats } from './given-seats.service';
import { HoldSlot } from './hold-slot.service';
import { MoveAppointment } from './move-appointment.service';
import { OccurrenceDetails } from './occurrence-detail.service';
import { PlanSeries } from './plan-series.service';
import { Plannings } from './planning.service';
import { StandAlone } from './stand-alone.service';
import { UndoAppointment } from './undo-appointment.service';
import { UndoSeries } from './undo-series.service';
import { WaysOutOfAlone } from './alone-ways.service';

const SERVICES = [
  AloneHours,
  Appointments,
  BookAppointment,
  BookSeries,
  CancelFollowing,
  DayBoard,
  DaySheets,
  FindSlots,
  FollowAppointment,
  GivenSeats,
  HoldSlot,
  MoveAppointment,
  OccurrenceDetails,
  PlanSeries,
  Plannings,
  StandAlone,
  UndoAppointment,
  UndoSeries,
  WaysOutOfAlone,
];

/** Slots, appointments and the day's board. */
@Module({ imports: [DirectoryModule], providers: SERVICES, exports: SERVICES })
export class BookingModule {}
