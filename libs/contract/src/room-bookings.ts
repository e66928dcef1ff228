import { z } from 'zod';
import { Id, LocalDateTime, Text } from './common';

export const RoomBookingBody = z
  .object({
    roomId: Id,
    workstationId: Id.nullable().default(null),
    start: LocalDateTime,
    end: LocalDateTime,
    title: Text(120),
    partnerId: Id.nullable().default(null),
    agentIds: z.array(Id).max(30).default([]),
    confidential: z.boolean().default(false),
  })
  .refine((b) => b.end > b.start && b.start.slice(0, 10) === b.end.slice(0, 10), {
    params: { why: 'wrong-hours' },
    path: ['end'],
  })
  .meta({ id: 'RoomBookingBody' });
export type RoomBookingBody = z.infer<typeof RoomBookingBody>;
export const RoomBooking = z
  .object({
    id: Id,
    roomId: Id,
    workstationId: Id.nullable(),
    siteId: Id,
    partnerId: Id.nullable(),
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    agentIds: z.array(Id),
    cancelled: z.boolean(),
  })
  .meta({ id: 'RoomBooking' });
export type RoomBooking = z.infer<typeof RoomBooking>;
/** A way out of a refused room: another room, or a desk of the same one, free for the same hours. */
export const RoomAlternative = z
  .object({
    roomId: Id,
    workstationId: Id.nullable(),
    name: z.string(),
    lent: z.string().meta({ description: 'Why someone’s own office is lent then; empty: it is nobody’s.' }),
    start: LocalDateTime,
    end: LocalDateTime,
  })
  .meta({ id: 'RoomAlternative' });
