export { AloneHours } from './alone-hour.service';
export { WaysOutOfAlone } from './alone-ways.service';
export type { AppointmentState } from './appointment-states';
export { Appointments } from './appointments.service';
export type { SlotRefusal } from './bookable';
export { CancelFollowing } from './cancel-following.service';
export { DayBoard } from './board.service';
export { BookAppointment, bookFor, bookSlot, type WantedBooking } from './book-appointment.service';
export { BookSeries, type TriedSeries } from './book-series.service';
export { BookingModule } from './booking.module';
export { DaySheets } from './day-sheet.service';
export { FindSlots, freeOn, type Narrowed, slotsThatSuit, type Suits } from './find-slots.service';
export { FollowAppointment } from './follow-appointment.service';
export { GivenSeats } from './given-seats.service';
export { letGoOf } from './hold.query';
export { type HeldSlot, HoldSlot, holdSlot, type SlotToHold } from './hold-slot.service';
export { MoveAppointment } from './move-appointment.service';
export { leaveToOthers, type LeftPlace } from './no-show.query';
export { OccurrenceDetails } from './occurrence-detail.service';
export { PlanSeries } from './plan-series.service';
export { Plannings } from './planning.service';
export {
  type LinkKind,
  type LinkTo,
  newAppointmentLink,
  newShortLink,
  type OpenedLink,
  openShortLink,
} from './short-link.query';
export { seriesMissing } from './series.query';
export { HORIZON_DAYS } from './place-alone.query';
export { StandAlone } from './stand-alone.service';
export { UNDO_MS } from './undo';
export { UndoAppointment } from './undo-appointment.service';
export { UndoSeries, type UndoneSeries } from './undo-series.service';
export { initials, type Named } from './people';
