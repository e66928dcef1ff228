import { randomUUID } from 'node:crypto';
import type { Viewer } from '@app/accounts';
import {
  BookAppointment,
  FindSlots,
  FollowAppointment,
  GivenSeats,
  HoldSlot,
  MoveAppointment,
  openShortLink,
  StandAlone,
  UndoAppointment,
} from '@app/booking';
import type { AppointmentMode } from '@app/contract';
import type { Database, Once } from '@app/persistence';
import { BookRoom, RoomBookings } from '@app/rooms';
import type { PlainDate } from '@app/time';
import { AnswerOffer, WaitingList } from '@app/waiting';
import { type ContendedPlace, type Wanted, ZONE } from './contended-place';

/** What a command answered: its value, or why not and the ways out. */
export interface Answered {
  ok: boolean;
  value?: unknown;
  why?: string;
  /** In words; null where the answer did not pass through HTTP. */
  title?: string | null;
  alternatives?: unknown;
}

export type Slot = Wanted & { agentId: string | null };
type Book = Slot & { usagerId: string; holdId?: string };
type Room = ContendedPlace['rooms'][number] & { start: string; end: string; agentIds: string[] };

/** An hour outside any permanence: its agents, and a room or whichever suits. */
export interface Apart {
  agentId: string;
  secondAgentId: string | null;
  siteId: string;
  mode: AppointmentMode;
  roomId: string | null;
  start: string;
}

export interface Known {
  id: string;
  version: number;
  motifId: string;
}

/** A slot kept for one who waits; `token`: of the short link she was sent, null when the desk asks her. */
export interface OpenOffer {
  id: string;
  token: string | null;
  deadline: number;
}

export interface Wish {
  usagerId: string;
  motifId: string;
  agentId: string | null;
  part: 'morning' | 'afternoon' | null;
  from: string;
  until: string;
}

/** The same commands, sent straight to the services or through HTTP. */
export interface Desk {
  book(wanted: Book, key: string): Promise<Answered>;
  hold(wanted: Slot): Promise<Answered>;
  letGo(holdId: string): Promise<Answered>;
  move(appointment: Known, wanted: Slot): Promise<Answered>;
  cancel(appointment: Known): Promise<Answered>;
  undo(id: string): Promise<Answered>;
  room(wanted: Room): Promise<Answered>;
  leaveRoom(id: string): Promise<Answered>;
  give(wanted: Slot): Promise<Answered>;
  takeBack(id: string): Promise<Answered>;
  apart(wanted: Apart & { motifId: string; usagerId: string }, key: string): Promise<Answered>;
  moveApart(appointment: Known, wanted: Apart): Promise<Answered>;
  wait(wish: Wish): Promise<Answered>;
  leaveList(entryId: string): Promise<Answered>;
  accept(offer: OpenOffer): Promise<Answered>;
  decline(offer: OpenOffer): Promise<Answered>;
}

export function viewerOf({ accountId, spaceId }: ContendedPlace): Viewer {
  return {
    accountId,
    name: 'Accueil',
    role: 'desk',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { id: spaceId, name: 'Mesure', slug: 'mesure', zone: ZONE },
  };
}

/** Straight to the services, as a process of its own would. */
export function servicesDesk(database: Database, place: ContendedPlace): Desk {
  const viewer = viewerOf(place);
  const slots = new FindSlots(database);
  const [booking, holding] = [new BookAppointment(database, slots), new HoldSlot(database, slots)];
  const [moving, following] = [new MoveAppointment(database, slots), new FollowAppointment(database)];
  const [undoing, giving] = [new UndoAppointment(database), new GivenSeats(database)];
  const [room, rooms] = [new BookRoom(database), new RoomBookings(database)];
  const [alone, waiting, offers] = [new StandAlone(database), new WaitingList(database), new AnswerOffer(database)];
  const once = (key: string): Once => ({ key, requestHash: Buffer.alloc(32) });
  const byLink = async (token: string, answer: (spaceId: string, id: string) => Promise<Answered>) => {
    const link = await openShortLink(database, token);
    return link ? answer(link.space.id, link.subjectId) : { ok: false, why: 'link-over' };
  };
  return {
    book: ({ agentIds: _, ...wanted }, key) => booking.book(viewer, wanted, once(key)),
    hold: ({ agentIds: _, ...wanted }) => holding.hold(viewer, wanted),
    letGo: (id) => holding.letGo(viewer, id),
    move: ({ id, version }, { occurrenceId, start, agentId }) =>
      moving.move(viewer, id, { occurrenceId, start, agentId, version }),
    cancel: ({ id, version }) => following.cancel(viewer, id, { by: 'usager', version }),
    undo: (id) => undoing.undo(viewer, id),
    room: (wanted) => room.book(viewer, { ...wanted, title: 'Réunion', partnerId: null, confidential: false } as never),
    leaveRoom: (id) => rooms.cancel(viewer, id),
    give: ({ occurrenceId, motifId, start, agentId }) =>
      giving.give(viewer, occurrenceId, { motifId, start, agentId }, once(randomUUID())),
    takeBack: (id) => giving.takeBack(viewer, id),
    apart: (wanted, key) => alone.book(viewer, wanted as never, once(key)),
    moveApart: ({ id, version }, wanted) => alone.move(viewer, id, { ...wanted, version } as never),
    wait: (wish) =>
      waiting.join(
        viewer,
        { ...wish, from: wish.from as PlainDate, until: wish.until as PlainDate, siteId: null },
        once(randomUUID()),
      ),
    leaveList: (id) => waiting.leave(viewer, id),
    accept: ({ id, token }) =>
      token ? byLink(token, (space, offer) => offers.acceptByLink(space, offer)) : offers.accept(viewer, id),
    decline: ({ id, token }) =>
      token ? byLink(token, (space, offer) => offers.declineByLink(space, offer, false)) : offers.decline(viewer, id),
  };
}
