export { AppointmentLinks } from './appointment-links.service';
export { FORM_MS } from './form-state';
export { type AskRefusal, type ConfirmRefusal, OnlineBooking } from './online-booking.service';
export type { OnlineMotif } from './online-motifs.query';
export type { OfferedDay } from './online-slots';
export { type ChangeRefusal, type OwnAppointment, OwnAppointments } from './own-appointment.service';
export { SelfServiceModule } from './self-service.module';
export { type PersonErrors, readPerson, type TypedPerson } from './typed-person';
export type { PublicSpace } from './visitor';
