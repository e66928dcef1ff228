import type { Board, RoomBooking, Slot } from '@app/contract';
import type { Names } from '../../api/names';

/** Minutes since midnight of the board's day. */
export interface Span {
  start: number;
  end: number;
}

export type BoardOccurrence = Board['occurrences'][number];
export type BoardAppointment = Board['appointments'][number];

/** What lies on the board at some hours; `lane` from 0, `lanes` it covers. */
export type Piece = Span & { id: string; lane: number; lanes: number } & (
    | { kind: 'occurrence'; occurrence: BoardOccurrence; appointments: Placed<BoardAppointment>[]; depth: number }
    | { kind: 'booking'; booking: RoomBooking }
    // Outside any permanence.
    | { kind: 'alone'; appointment: BoardAppointment }
    | { kind: 'taken' }
    | { kind: 'away'; label: string }
    // Where the appointment being moved may go.
    | { kind: 'target'; slot: Slot }
    | { kind: 'free'; roomId: string }
  );
export type Placed<Thing> = Span & { thing: Thing; lane: number };

export interface Row {
  id: string;
  kind: 'room' | 'no-room' | 'elsewhere' | 'agent' | 'partner' | 'day';
  name: string;
  detail: string;
  lanes: number;
  /** Nobody may sit here that day. */
  closed: boolean;
  /** In order of time. */
  pieces: Piece[];
}

export interface Range {
  from: number;
  to: number;
}

const MIDNIGHT = 24 * 60;
const HALF_HOUR = 30;
const DAY_BEGINS = 8 * 60 + 30;
const DAY_ENDS = 17 * 60 + 30;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes since midnight of `date`, for a moment of that day or of another: held within the day. */
export function minuteOn(date: string, moment: string): number {
  const day = moment.slice(0, 10);
  if (day < date) return 0;
  return day > date ? MIDNIGHT : minutes(moment.slice(11, 16));
}

/** The hours shown: those of the site, stretched to whatever is held earlier or later, on half hours. */
export function rangeOf(board: Board): Range {
  const spans = [...board.occurrences, ...board.appointments, ...board.roomBookings, ...board.taken].map((thing) =>
    on(board, thing),
  );
  const from = Math.min(board.opens ? minutes(board.opens) : DAY_BEGINS, ...spans.map(({ start }) => start));
  const to = Math.max(board.closes ? minutes(board.closes) : DAY_ENDS, ...spans.map(({ end }) => end));
  return { from: Math.floor(from / HALF_HOUR) * HALF_HOUR, to: Math.ceil(to / HALF_HOUR) * HALF_HOUR };
}

/** When the building is shut, within the hours shown. */
export function shutHours(board: Board, { from, to }: Range): Span[] {
  if (board.closed !== null || board.opens === null || board.closes === null) return [{ start: from, end: to }];
  return [
    { start: from, end: minutes(board.opens) },
    { start: minutes(board.closes), end: to },
  ].filter(({ start, end }) => start < end);
}

/** Gives each span the first lane where it touches nothing: [9, 10) and [10, 11) share one. */
export function inLanes<Thing extends Span>(
  things: readonly Thing[],
): { placed: (Thing & { lane: number })[]; lanes: number } {
  const ends: number[] = [];
  const placed = [...things]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((thing) => {
      const free = ends.findIndex((end) => end <= thing.start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = thing.end;
      return { ...thing, lane };
    });
  return { placed, lanes: Math.max(1, ends.length) };
}

/** The hours of the range that nothing covers. */
export function gaps(covered: readonly Span[], { from, to }: Range): Span[] {
  const free: Span[] = [];
  let at = from;
  for (const { start, end } of [...covered].sort((a, b) => a.start - b.start)) {
    if (start > at) free.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < to) free.push({ start: at, end: to });
  return free;
}

function on(board: Board, thing: { start: string; end: string }): Span {
  return { start: minuteOn(board.date, thing.start), end: minuteOn(board.date, thing.end) };
}

export type Laid = Span & { desk: string | null; make(lane: number, lanes: number): Piece };

export function occurrenceLaid(board: Board, occurrence: BoardOccurrence): Laid {
  const span = on(board, occurrence);
  // A group is told by its numbers: twelve names in one hour would be unreadable.
  const inside =
    occurrence.mode === 'group' ? [] : board.appointments.filter(({ occurrenceId }) => occurrenceId === occurrence.id);
  const { placed, lanes: depth } = inLanes(inside.map((thing) => ({ ...on(board, thing), thing })));
  return {
    ...span,
    desk: occurrence.workstationId,
    make: (lane, lanes) => ({
      ...span,
      id: occurrence.id,
      kind: 'occurrence',
      occurrence,
      appointments: placed,
      depth: inside.length > 0 ? depth : 0,
      lane,
      lanes,
    }),
  };
}

export function bookingLaid(board: Board, booking: RoomBooking): Laid {
  const span = on(board, booking);
  return {
    ...span,
    desk: booking.workstationId,
    make: (lane, lanes) => ({ ...span, id: booking.id, kind: 'booking', booking, lane, lanes }),
  };
}

export function aloneLaid(board: Board, appointment: BoardAppointment): Laid {
  const span = on(board, appointment);
  return {
    ...span,
    desk: null,
    make: (lane, lanes) => ({ ...span, id: appointment.id, kind: 'alone', appointment, lane, lanes }),
  };
}

/** Appointments outside any permanence: they hold their agents and their room themselves. */
export const aloneOn = (board: Board) => board.appointments.filter(({ occurrenceId }) => occurrenceId === null);

export function takenLaid(board: Board, taken: Board['taken'][number]): Laid {
  const span = on(board, taken);
  const id = `taken ${taken.roomId} ${taken.workstationId ?? ''} ${taken.start}`;
  return { ...span, desk: taken.workstationId, make: (lane, lanes) => ({ ...span, id, kind: 'taken', lane, lanes }) };
}

/** Desks of one office lie one under the other; what holds the whole office covers them all. */
export function lay(
  rowId: string,
  things: readonly Laid[],
  desks: readonly string[],
  range: Range | null,
): Pick<Row, 'lanes' | 'pieces'> {
  const byDesk = things.some(({ desk }) => desk !== null) && desks.length > 1;
  const { placed, lanes } = byDesk
    ? { placed: things.map((thing) => ({ ...thing, lane: 0 })), lanes: desks.length }
    : inLanes(things);
  const pieces = placed.map((thing) => {
    if (!byDesk) return thing.make(thing.lane, 1);
    const at = thing.desk === null ? -1 : desks.indexOf(thing.desk);
    return at === -1 ? thing.make(0, lanes) : thing.make(at, 1);
  });
  const free = range ? gaps(pieces, range) : [];
  const freePieces = free.map<Piece>((span) => ({
    ...span,
    id: `free ${rowId} ${span.start}`,
    kind: 'free',
    roomId: rowId,
    lane: 0,
    lanes,
  }));
  return { lanes, pieces: [...pieces, ...freePieces].sort((a, b) => a.start - b.start || a.lane - b.lane) };
}

export interface RowWords {
  noRoom: string;
  noRoomDetail: string;
  people(count: number): string;
  accessible: string;
  roomClosed(cause: string): string;
  elsewhere: string;
  elsewhereDetail: string;
}

/** Rooms of the site, in order of name, with what holds them; first what has no room, since someone must see to it. */
export function roomRows(board: Board, names: Names, words: RowWords): Row[] {
  const range = rangeOf(board);
  const homeless = board.occurrences.filter(({ roomId }) => roomId === null);
  const rows = names.rooms
    .filter(
      ({ id, siteId, retired }) =>
        siteId === board.site && (!retired || board.occurrences.some(({ roomId }) => roomId === id)),
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'fr', { numeric: true }))
    .map<Row>((room) => {
      const things = [
        ...board.occurrences.filter(({ roomId }) => roomId === room.id).map((thing) => occurrenceLaid(board, thing)),
        ...board.roomBookings
          .filter(({ roomId, cancelled }) => roomId === room.id && !cancelled)
          .map((thing) => bookingLaid(board, thing)),
        ...aloneOn(board)
          .filter(({ roomId }) => roomId === room.id)
          .map((thing) => aloneLaid(board, thing)),
        ...board.taken.filter(({ roomId }) => roomId === room.id).map((thing) => takenLaid(board, thing)),
      ];
      const closure = board.closedRooms.find(({ roomId }) => roomId === room.id);
      const closed = closure !== undefined || board.closed !== null;
      const detail = [
        closure && words.roomClosed(closure.cause),
        room.floor,
        words.people(room.capacity),
        room.accessible && words.accessible,
      ]
        .filter(Boolean)
        .join(' · ');
      const desks = room.workstations.map(({ id }) => id);
      const laid = lay(room.id, things, desks, closed ? null : range);
      return { id: room.id, kind: 'room', name: room.name, detail, closed, ...laid };
    });
  // By phone, at home, by video: no room, and nothing to see to.
  const away = aloneOn(board).filter(({ roomId }) => roomId === null);
  if (away.length > 0) {
    const things = away.map((thing) => aloneLaid(board, thing));
    const laid = lay('elsewhere', things, [], null);
    rows.push({
      id: 'elsewhere',
      kind: 'elsewhere',
      name: words.elsewhere,
      detail: words.elsewhereDetail,
      closed: false,
      ...laid,
    });
  }
  if (homeless.length === 0) return rows;
  const without = lay(
    'no-room',
    homeless.map((thing) => occurrenceLaid(board, thing)),
    [],
    null,
  );
  return [
    { id: 'no-room', kind: 'no-room', name: words.noRoom, detail: words.noRoomDetail, closed: false, ...without },
    ...rows,
  ];
}

/** Who receives today, one line each; a partner that names nobody has its own line. */
export function agentRows(board: Board, names: Names): Row[] {
  const lines = new Map<
    string,
    {
      kind: 'agent' | 'partner';
      name: string;
      detail: string;
      occurrences: BoardOccurrence[];
      alone: BoardAppointment[];
    }
  >();
  for (const occurrence of board.occurrences) {
    const partner = names.partner(occurrence.partnerId);
    const agents = occurrence.agentIds.map((id) => names.agent(id)).filter((agent) => agent !== undefined);
    const holders =
      agents.length > 0
        ? agents.map(({ id, name }) => ({ id, kind: 'agent' as const, name, detail: partner?.shortName ?? '' }))
        : [{ id: occurrence.partnerId, kind: 'partner' as const, name: partner?.name ?? occurrence.title, detail: '' }];
    for (const { id, ...holder } of holders) {
      const line = lines.get(id) ?? { ...holder, occurrences: [], alone: [] };
      line.occurrences.push(occurrence);
      lines.set(id, line);
    }
  }
  for (const appointment of aloneOn(board)) {
    for (const agent of [names.agent(appointment.agentId), names.agent(appointment.secondAgentId)]) {
      if (!agent) continue;
      const { id, name } = agent;
      const detail = names.partner(appointment.partnerId)?.shortName ?? '';
      const line = lines.get(id) ?? { kind: 'agent' as const, name, detail, occurrences: [], alone: [] };
      line.alone.push(appointment);
      lines.set(id, line);
    }
  }
  return [...lines]
    .map<Row>(([id, { kind, name, detail, occurrences, alone }]) => {
      const own = [
        ...occurrences.map((occurrence) => occurrenceLaid(seenBy(board, kind, id), occurrence)),
        ...alone.map((appointment) => aloneLaid(board, appointment)),
      ];
      return { id, kind, name, detail, closed: false, ...lay(id, own, [], null) };
    })
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'fr'));
}

/** On an agent's line, her own appointments only. */
export function seenBy(board: Board, kind: 'agent' | 'partner', id: string): Board {
  if (kind === 'partner') return board;
  return {
    ...board,
    appointments: board.appointments.filter(
      (one) => one.agentId === null || one.agentId === id || one.secondAgentId === id,
    ),
  };
}

/** The cell the eye would fall on in the next row: the one that covers that hour, else the nearest. */
export function nearest<Cell extends Span>(cells: readonly Cell[], at: number): Cell | undefined {
  const distance = ({ start, end }: Span) => (at < start ? start - at : at >= end ? at - end + 1 : 0);
  return [...cells].sort((a, b) => distance(a) - distance(b) || b.start - a.start)[0];
}
