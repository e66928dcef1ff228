import { BookingModule } from '@app/booking';
import { Module } from '@nestjs/common';
import { AloneController } from './alone.controller';
import { AppointmentsController } from './appointments.controller';
import { GivenSeatsController } from './given-seats.controller';
import { HoldsController } from './holds.controller';
import { PlanningController } from './planning.controller';
import { SeriesController } from './series.controller';
import { SlotsController } from './slots.controller';

/** Slots, appointments and the day's board over HTTP. */
@Module({
  imports: [BookingModule],
  controllers: [
    SlotsController,
    PlanningController,
    HoldsController,
    AloneController,
    AppointmentsController,
    SeriesController,
    GivenSeatsController,
  ],
})
export class BookingRoutes {}
