import { randomUUID } from 'node:crypto';
import type { Viewer } from '@app/accounts';
import {
  BookAppointment,
  FindSlots,
  FollowAppointment,
  GivenSeats,
  HoldSlot,
  MoveAppointment,
  UndoAppointment,
} from '@app/booking';
import type { Database, Once } from '@app/persistence';
import { BookRoom, RoomBookings } from '@app/rooms';
import { type ContendedPlace, halfHours, type Wanted, ZONE } from './contended-place';

/** What a command answered: its value, or why not and the ways out. */
export interface Answered {
  ok: boolean;
  value?: unknown;
  why?: string;
  /** In words; null where the answer did not pass through HTTP. */
  title?: string | null;
  alternatives?: unknown;
}

type Book = Wanted & { agentId: string | null; usagerId: string; holdId?: string };
type Room = ContendedPlace['rooms'][number] & { start: string; end: string; agentIds: string[] };

/** The same commands, sent straight to the services or through HTTP. */
export interface Desk {
  book(wanted: Book, key: string): Promise<Answered>;
  hold(wanted: Wanted & { agentId: string | null }): Promise<Answered>;
  letGo(holdId: string): Promise<Answered>;
  move(appointment: Known, wanted: Wanted & { agentId: string | null }): Promise<Answered>;
  cancel(appointment: Known): Promise<Answered>;
  undo(id: string): Promise<Answered>;
  room(wanted: Room): Promise<Answered>;
  leaveRoom(id: string): Promise<Answered>;
  give(wanted: Wanted & { agentId: string | null }): Promise<Answered>;
  takeBack(id: string): Promise<Answered>;
}

export interface Known {
  id: string;
  version: number;
  motifId: string;
}

/** What stands when it was last looked at: the others change it meanwhile, as on any screen. */
export interface Standing {
  appointments: Known[];
  rooms: string[];
}

export interface Told {
  tries: number;
  /** Tries that took something: appointments, rooms, places given. */
  booked: number;
  answers: Record<string, number>;
  unexplained: string[];
}

// Refusals of a slot, in the words of `decide`; nothing here is past, closed, restricted or off the grid.
const SLOT = ['slot-taken', 'slot-held', 'agent-taken', 'full'];
const KNOWN: Record<keyof Desk, readonly string[]> = {
  book: SLOT,
  hold: SLOT,
  letGo: ['not-found'],
  move: [...SLOT, 'version', 'cannot-become', 'not-found'],
  cancel: ['version', 'cannot-become', 'not-found'],
  undo: [...SLOT, 'too-late-to-undo', 'not-found'],
  room: ['room-taken', 'agent-taken'],
  leaveRoom: [],
  give: SLOT,
  takeBack: ['not-found'],
};
const WITH_WAYS_OUT: readonly (keyof Desk)[] = ['book', 'hold', 'move', 'room'];
const WITHOUT_WAYS_OUT = ['version', 'cannot-become', 'not-found'];

/** Out of a hundred tries. */
const MIX: [command: keyof Desk, share: number][] = [
  ['book', 40],
  ['cancel', 17],
  ['move', 12],
  ['hold', 8],
  ['letGo', 3],
  ['undo', 4],
  ['room', 8],
  ['leaveRoom', 4],
  ['give', 2],
  ['takeBack', 2],
];

const DRAWN = MIX.flatMap(([command, share]) => Array.from({ length: share }, () => command));

/** One screen among many: it tries, and keeps what it was answered. */
export class Tries {
  readonly told: Told = { tries: 0, booked: 0, answers: {}, unexplained: [] };
  private holds: { id: string; wanted: Wanted & { agentId: string | null } }[] = [];
  private given: string[] = [];
  private recent: string[] = [];

  constructor(
    private readonly place: ContendedPlace,
    private readonly desk: Desk,
    private readonly standing: () => Standing,
  ) {}

  async next(): Promise<void> {
    const command = drawn();
    this.told.tries += 1;
    try {
      await this.tryOne(command);
    } catch (error) {
      this.told.unexplained.push(`${command} threw ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async tryOne(command: keyof Desk): Promise<void> {
    const { place, desk } = this;
    const wanted = this.wanted();
    const { appointments, rooms } = this.standing();
    switch (command) {
      case 'book':
        return this.book(wanted);
      case 'hold': {
        const id = this.heard(command, await desk.hold(wanted));
        if (id) this.holds.push({ id, wanted });
        return;
      }
      case 'letGo': {
        const hold = take(this.holds);
        return void (hold ? this.heard(command, await desk.letGo(hold.id)) : await this.book(wanted));
      }
      case 'move':
      case 'cancel': {
        const known = one(appointments);
        if (!known) return this.book(wanted);
        const answer = await (command === 'move' ? desk.move(known, this.wanted(known.motifId)) : desk.cancel(known));
        if (answer.ok) this.recent.push(known.id);
        return void this.heard(command, answer);
      }
      case 'undo': {
        const id = this.recent.pop();
        return void (id ? this.heard(command, await desk.undo(id)) : await this.book(wanted));
      }
      case 'room': {
        const hours = halfHours('08:30', '17:30');
        const from = Math.floor(Math.random() * (hours.length - 3));
        const day = one(place.days);
        const room = one(place.rooms) as Room;
        const [start, end] = [hours[from], hours[from + 1 + Math.floor(Math.random() * 3)]];
        const agentIds = place.meeting.filter(() => Math.random() < 0.4);
        const id = this.heard(
          command,
          await desk.room({ ...room, agentIds, start: `${day}T${start}`, end: `${day}T${end}` }),
        );
        if (id) this.told.booked += 1;
        return;
      }
      case 'leaveRoom': {
        const id = one(rooms);
        return void (id ? this.heard(command, await desk.leaveRoom(id)) : await this.book(wanted));
      }
      case 'give': {
        const id = this.heard(command, await desk.give(wanted));
        if (!id) return;
        this.told.booked += 1;
        this.given.push(id);
        return;
      }
      case 'takeBack': {
        const id = take(this.given);
        return void (id ? this.heard(command, await desk.takeBack(id)) : await this.book(wanted));
      }
    }
  }

  /** Sometimes what was held; sometimes twice at once with one key, as an impatient click is. */
  private async book(wanted: Wanted & { agentId: string | null }): Promise<void> {
    const hold = Math.random() < 0.4 ? take(this.holds) : undefined;
    const usagerId = one(this.place.usagerIds) as string;
    const asked = hold ? { ...hold.wanted, usagerId, holdId: hold.id } : { ...wanted, usagerId };
    const key = randomUUID();
    const clicks = Math.random() < 0.05 ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: clicks }, () => this.desk.book(asked, key)));
    const ids = new Set(answers.flatMap((answer) => this.heard('book', answer) ?? []));
    if (ids.size > 1) this.told.unexplained.push('one key booked twice');
    const [id] = ids;
    if (!id) return;
    this.told.booked += 1;
    this.recent.push(id);
  }

  /** The id of what was made; a refusal is counted, and whether it explains itself. */
  private heard(command: keyof Desk, answer: Answered): string | null {
    const { why = '' } = answer;
    const heard = `${command}: ${answer.ok ? 'done' : why}`;
    this.told.answers[heard] = (this.told.answers[heard] ?? 0) + 1;
    if (answer.ok) return (answer.value as { id?: string } | null)?.id ?? null;
    const { alternatives } = answer;
    const waysOut = !WITH_WAYS_OUT.includes(command) || WITHOUT_WAYS_OUT.includes(why) || Array.isArray(alternatives);
    if (!KNOWN[command].includes(why) || answer.title === '' || !waysOut) {
      this.told.unexplained.push(`${command} answered ${JSON.stringify(answer).slice(0, 300)}`);
    }
    return null;
  }

  /** A group has one slot a day, the others many: each motif is as much wanted. */
  private wanted(motifId = one(this.place.motifIds)): Wanted & { agentId: string | null } {
    const slot = one(this.place.slots.filter((known) => known.motifId === motifId)) as Wanted;
    const agentId = slot.agentIds.length > 1 && Math.random() < 0.3 ? (one(slot.agentIds) as string) : null;
    return { ...slot, agentId };
  }
}

/** Straight to the services, as a process of its own would. */
export function servicesDesk(database: Database, { spaceId, accountId }: ContendedPlace): Desk {
  const viewer: Viewer = {
    accountId,
    name: 'Accueil',
    role: 'desk',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { id: spaceId, name: 'Mesure', slug: 'mesure', zone: ZONE },
  };
  const slots = new FindSlots(database);
  const [booking, holding] = [new BookAppointment(database, slots), new HoldSlot(database, slots)];
  const [moving, following] = [new MoveAppointment(database, slots), new FollowAppointment(database)];
  const [undoing, giving] = [new UndoAppointment(database), new GivenSeats(database)];
  const [room, rooms] = [new BookRoom(database), new RoomBookings(database)];
  const once = (key: string): Once => ({ key, requestHash: Buffer.alloc(32) });
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
  };
}

function drawn(): keyof Desk {
  return one(DRAWN) as keyof Desk;
}

function one<T>(all: readonly T[]): T | undefined {
  return all[Math.floor(Math.random() * all.length)];
}

function take<T>(all: T[]): T | undefined {
  return all.splice(Math.floor(Math.random() * all.length), 1)[0];
}
