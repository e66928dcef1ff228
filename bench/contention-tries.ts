import { randomUUID } from 'node:crypto';
import { type ContendedPlace, halfHours, type Wanted } from './contended-place';
import type { Answered, Apart, Desk, Known, OpenOffer, Slot } from './contention-desk';

/** What stands when it was last looked at: the others change it meanwhile, as on any screen. */
export interface Standing {
  appointments: Known[];
  rooms: string[];
  /** Of the waiting list, and the slots kept for some of them. */
  entries: string[];
  offers: OpenOffer[];
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
// She has a place there: another slot would not be an answer.
const THERE = 'already-booked';
const APART = ['agent-taken', 'room-taken'];
const CHANGED = ['version', 'cannot-become', 'not-found'];
const KNOWN: Record<keyof Desk, readonly string[]> = {
  book: [...SLOT, THERE],
  hold: SLOT,
  letGo: ['not-found'],
  move: [...SLOT, THERE, 'agents-apart', ...CHANGED],
  cancel: CHANGED,
  undo: [...SLOT, ...APART, 'agents-apart', 'too-late-to-undo', 'not-found'],
  room: ['room-taken', 'agent-taken'],
  leaveRoom: [],
  give: SLOT,
  takeBack: ['not-found'],
  apart: APART,
  moveApart: [...APART, ...CHANGED],
  wait: ['already-waiting'],
  leaveList: [],
  accept: ['offer-over'],
  decline: ['offer-over'],
};
const WITH_WAYS_OUT: readonly (keyof Desk)[] = ['book', 'hold', 'move', 'room', 'apart', 'moveApart'];
const TAKES: readonly (keyof Desk)[] = ['room', 'give', 'apart', 'accept'];
/** Beyond as many, nobody waits any more: she books what she can. */
const MOST_WAITING = 60;

type Try = keyof Desk | 'retake';

/** Out of a hundred tries. */
const MIX: [command: Try, share: number][] = [
  ['book', 32],
  ['cancel', 15],
  ['retake', 2],
  ['move', 9],
  ['hold', 7],
  ['letGo', 3],
  ['undo', 4],
  ['room', 6],
  ['leaveRoom', 3],
  ['give', 2],
  ['takeBack', 2],
  ['apart', 5],
  ['moveApart', 3],
  ['wait', 3],
  ['leaveList', 1],
  ['accept', 2],
  ['decline', 1],
];

const DRAWN = MIX.flatMap(([command, share]) => Array.from({ length: share }, () => command));

/** One screen among many: it tries, and keeps what it was answered. */
export class Tries {
  readonly told: Told = { tries: 0, booked: 0, answers: {}, unexplained: [] };
  private holds: { id: string; wanted: Slot }[] = [];
  private given: string[] = [];
  private recent: string[] = [];

  constructor(
    private readonly place: ContendedPlace,
    private readonly desk: Desk,
    private readonly standing: () => Standing,
    private readonly now: () => number,
  ) {}

  async next(): Promise<void> {
    const command = one(DRAWN) as Try;
    this.told.tries += 1;
    try {
      const isTried = await this.tryOne(command);
      // There was nothing to do it to.
      if (!isTried) await this.book(this.wanted());
    } catch (error) {
      this.told.unexplained.push(`${command} threw ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async tryOne(command: Try): Promise<boolean> {
    const { desk } = this;
    const { appointments, rooms, entries, offers } = this.standing();
    switch (command) {
      case 'book':
        return false;
      case 'hold': {
        const wanted = this.wanted();
        const id = this.heard(command, await desk.hold(wanted));
        if (id) this.holds.push({ id, wanted });
        return true;
      }
      case 'letGo':
        return this.tryWith(command, take(this.holds), ({ id }) => desk.letGo(id));
      case 'move':
        return this.tryWith(command, one(appointments.filter(this.isOnDates)), async (known) =>
          this.changed(known, await desk.move(known, this.wanted(known.motifId))),
        );
      case 'moveApart':
        return this.tryWith(command, one(appointments.filter(this.mayStandAlone)), async (known) =>
          this.changed(known, await desk.moveApart(known, this.apart(known.motifId))),
        );
      case 'cancel':
        return this.tryWith(command, one(appointments), async (known) => this.changed(known, await desk.cancel(known)));
      case 'retake': {
        // A place of a group is left, and wanted again at once.
        const known = one(appointments.filter(({ motifId }) => motifId === this.place.groupId));
        if (!known) return false;
        this.heard('cancel', await desk.cancel(known));
        await this.book(this.wanted(known.motifId));
        return true;
      }
      case 'undo':
        return this.tryWith(command, this.recent.pop(), (id) => desk.undo(id));
      case 'room':
        this.heard(command, await desk.room(this.roomWanted()));
        return true;
      case 'leaveRoom':
        return this.tryWith(command, one(rooms), (id) => desk.leaveRoom(id));
      case 'give': {
        const id = this.heard(command, await desk.give(this.wanted()));
        if (id) this.given.push(id);
        return true;
      }
      case 'takeBack':
        return this.tryWith(command, take(this.given), (id) => desk.takeBack(id));
      case 'apart': {
        const { motifId } = one(this.place.standAlone) as { motifId: string };
        const wanted = { ...this.apart(motifId), motifId, usagerId: this.someone() };
        const id = this.heard(command, await desk.apart(wanted, randomUUID()));
        if (id) this.recent.push(id);
        return true;
      }
      case 'wait':
        if (entries.length >= MOST_WAITING) return false;
        this.heard(command, await desk.wait(this.wish()));
        return true;
      case 'leaveList':
        return this.tryWith(command, one(entries), (id) => desk.leaveList(id));
      case 'accept': {
        const offer = one(offers);
        if (!offer) return false;
        const answer = await desk.accept(offer);
        // Kept for her until the deadline: nobody may have had it before.
        const isTooLate = !answer.ok && SLOT.includes(answer.why ?? '') && this.now() >= offer.deadline;
        const id = this.heard(command, isTooLate ? { ...answer, why: 'offer-over' } : answer);
        if (id) this.recent.push(id);
        return true;
      }
      case 'decline':
        return this.tryWith(command, one(offers), (offer) => desk.decline(offer));
    }
  }

  private async tryWith<T>(command: keyof Desk, it: T | undefined, ask: (it: T) => Promise<Answered>) {
    if (it === undefined) return false;
    this.heard(command, await ask(it));
    return true;
  }

  private changed({ id }: Known, answer: Answered): Answered {
    if (answer.ok) this.recent.push(id);
    return answer;
  }

  /** Sometimes what was held; sometimes twice at once with one key, as an impatient click is. */
  private async book(wanted: Slot): Promise<void> {
    const hold = Math.random() < 0.4 ? take(this.holds) : undefined;
    const usagerId = this.someone();
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
    if (answer.ok && TAKES.includes(command)) this.told.booked += 1;
    if (answer.ok) return (answer.value as { id?: string } | null)?.id ?? null;
    const { alternatives } = answer;
    const waysOut =
      !WITH_WAYS_OUT.includes(command) || why === THERE || CHANGED.includes(why) || Array.isArray(alternatives);
    if (!KNOWN[command].includes(why) || answer.title === '' || !waysOut) {
      this.told.unexplained.push(`${command} answered ${JSON.stringify(answer).slice(0, 300)}`);
    }
    return null;
  }

  private readonly isOnDates = ({ motifId }: Known) => this.place.motifIds.includes(motifId);
  private readonly mayStandAlone = ({ motifId }: Known) =>
    this.place.standAlone.some((known) => known.motifId === motifId);

  private someone(): string {
    return one(this.place.usagerIds) as string;
  }

  /** A group has one slot a day, the others many: each motif is as much wanted. */
  private wanted(motifId = one(this.place.motifIds)): Slot {
    const slot = one(this.place.slots.filter((known) => known.motifId === motifId)) as Wanted;
    const agentId = slot.agentIds.length > 1 && Math.random() < 0.3 ? (one(slot.agentIds) as string) : null;
    return { ...slot, agentId };
  }

  private apart(motifId: string): Apart {
    const { apart, sites, standAlone, days } = this.place;
    const needed = standAlone.find((known) => known.motifId === motifId)?.needed ?? 1;
    const [first, second] = [...apart].sort(() => Math.random() - 0.5) as [string, string];
    const { siteId, roomIds } = one(sites) as ContendedPlace['sites'][number];
    return {
      agentId: first,
      secondAgentId: needed > 1 ? second : null,
      siteId,
      mode: 'on-site',
      roomId: Math.random() < 0.5 ? (one(roomIds) as string) : null,
      start: `${one(days)}T${one(halfHours('08:30', '17:00'))}`,
    };
  }

  private wish() {
    const motifId = one(this.place.motifIds) as string;
    const { agentId } = this.wanted(motifId);
    const [from, until] = [one(this.place.days), one(this.place.days)].sort() as [string, string];
    const part = one(['morning', 'afternoon', null, null] as const) ?? null;
    return { usagerId: this.someone(), motifId, agentId, part, from, until };
  }

  private roomWanted() {
    const { place } = this;
    const hours = halfHours('08:30', '17:30');
    const from = Math.floor(Math.random() * (hours.length - 3));
    const day = one(place.days);
    const room = one(place.rooms) as ContendedPlace['rooms'][number];
    const [start, end] = [hours[from], hours[from + 1 + Math.floor(Math.random() * 3)]];
    const agentIds = place.meeting.filter(() => Math.random() < 0.4);
    return { ...room, agentIds, start: `${day}T${start}`, end: `${day}T${end}` };
  }
}

function one<T>(all: readonly T[]): T | undefined {
  return all[Math.floor(Math.random() * all.length)];
}

function take<T>(all: T[]): T | undefined {
  return all.splice(Math.floor(Math.random() * all.length), 1)[0];
}
