export {
  type AppointmentState,
  LIVE_STATES,
  mayStillChange,
  refusalToPass,
  type StateRefusal,
  type ToldState,
} from './appointment-states';
export { Appointments } from './appointments.service';
export type { SlotRefusal } from './bookable';
export { DayBoard } from './board.service';
export { BookAppointment } from './book-appointment.service';
export { BookingModule } from './booking.module';
export { FindSlots } from './find-slots.service';
export { FollowAppointment } from './follow-appointment.service';
export { MoveAppointment } from './move-appointment.service';
export { OccurrenceDetails } from './occurrence-detail.service';
