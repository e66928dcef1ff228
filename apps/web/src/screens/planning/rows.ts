import type { Board, Planning, Slot } from '@app/contract';
import type { Names } from '../../api/names';
import {
  aloneLaid,
  aloneOn,
  bookingLaid,
  type Laid,
  lay,
  minuteOn,
  occurrenceLaid,
  type Piece,
  type Range,
  rangeOf,
  type Row,
  seenBy,
  takenLaid,
} from '../today/layout';
import type { DayLine } from '../today/board';
import type { View, Wanted } from './wanted';

const isOn = (date: string, { start, end }: { start: string; end: string }) =>
  start.slice(0, 10) <= date && end > `${date}T00:00` && start < `${date}T24:00`;

/** One day of a planning, in the shape the board is drawn from. */
export function dayOf(planning: Planning, { date, ...day }: Planning['dates'][number]): Board {
  const occurrences = planning.occurrences.filter((one) => isOn(date, one));
  const appointments = planning.appointments.filter((one) => isOn(date, one));
  return {
    ...day,
    site: '',
    date,
    now: planning.now,
    closedRooms: [],
    occurrences,
    appointments,
    roomBookings: planning.roomBookings.filter((one) => isOn(date, one)),
    taken: planning.taken.filter((one) => isOn(date, one)).map(({ id, ...one }) => ({ roomId: id, ...one })),
    counts: { permanences: 0, appointments: 0, conflicts: 0, failedMessages: 0, calls: 0 },
  };
}

interface LineWords {
  /** "lun. 4 janvier" */
  day(date: string): string;
  holiday(name: string): string;
  closed(cause: string): string;
}

/** The lines of a planning: a week of one, or a day of several. Saturday and Sunday show when something is held then. */
export function linesFor(planning: Planning, { view, ids }: Wanted, names: Names, words: LineWords): DayLine[] {
  return planning.dates.flatMap((dated) => {
    const day = dayOf(planning, dated);
    const held = day.occurrences.length + day.roomBookings.length + aloneOn(day).length + day.taken.length;
    const isIdle = day.opens === null && held === 0;
    if (view !== 'agents' && isIdle && planning.dates.length > 1) return [];
    const why = dated.closed !== null ? words.closed(dated.closed) : dated.holiday ? words.holiday(dated.holiday) : '';
    return ids.map((id) => {
      const agent = view === 'agents' ? names.agent(id) : undefined;
      const about = agent
        ? { name: agent.name, detail: [names.partner(agent.partnerId)?.shortName, why].filter(Boolean).join(' · ') }
        : { name: words.day(dated.date), detail: why };
      return { day, row: rowOf(planning, day, { view, id, ...about }) };
    });
  });
}

/** The hours that all lines share. */
export function hoursOf(lines: readonly DayLine[]): Range {
  const ranges = lines.map(({ day }) => rangeOf(day));
  return { from: Math.min(...ranges.map(({ from }) => from)), to: Math.max(...ranges.map(({ to }) => to)) };
}

interface Line {
  view: View;
  id: string;
  name: string;
  detail: string;
}

function rowOf(planning: Planning, day: Board, { view, id, name, detail }: Line): Row {
  const things =
    view === 'room' ? inRoom(day, id) : view === 'partner' ? ofPartner(day, id) : withAgent(planning, day, id);
  const rowId = `${id} ${day.date}`;
  const closed = day.closed !== null;
  const laid = lay(id, things, [], view === 'room' && !closed ? rangeOf(day) : null);
  return { id: rowId, kind: 'day', name, detail, closed, ...laid };
}

function inRoom(day: Board, id: string): Laid[] {
  return [
    ...day.occurrences.filter(({ roomId }) => roomId === id).map((one) => occurrenceLaid(day, one)),
    ...day.roomBookings.filter(({ roomId }) => roomId === id).map((one) => bookingLaid(day, one)),
    ...aloneOn(day)
      .filter(({ roomId }) => roomId === id)
      .map((one) => aloneLaid(day, one)),
    ...day.taken.filter(({ roomId }) => roomId === id).map((one) => takenLaid(day, one)),
  ];
}

function ofPartner(day: Board, id: string): Laid[] {
  return [
    ...day.occurrences.filter(({ partnerId }) => partnerId === id).map((one) => occurrenceLaid(day, one)),
    ...day.roomBookings.filter(({ partnerId }) => partnerId === id).map((one) => bookingLaid(day, one)),
    ...aloneOn(day)
      .filter(({ partnerId }) => partnerId === id)
      .map((one) => aloneLaid(day, one)),
  ];
}

function withAgent(planning: Planning, day: Board, id: string): Laid[] {
  const own = seenBy(day, 'agent', id);
  return [
    ...day.occurrences.filter(({ agentIds }) => agentIds.includes(id)).map((one) => occurrenceLaid(own, one)),
    ...day.roomBookings.filter(({ agentIds }) => agentIds.includes(id)).map((one) => bookingLaid(day, one)),
    ...aloneOn(day)
      .filter(({ agentId, secondAgentId }) => agentId === id || secondAgentId === id)
      .map((one) => aloneLaid(day, one)),
    ...day.taken.filter(({ roomId }) => roomId === id).map((one) => takenLaid(day, one)),
    ...planning.absences.filter((one) => one.agentId === id && isOn(day.date, one)).map((one) => awayLaid(day, one)),
  ];
}

function awayLaid(day: Board, { agentId, label, start, end }: Planning['absences'][number]): Laid {
  const { opens, closes } = day;
  const { from, to } = rangeOf({ ...day, occurrences: [], appointments: [], roomBookings: [], taken: [] });
  const span = {
    start: Math.max(minuteOn(day.date, start), opens ? from : 0),
    end: Math.min(minuteOn(day.date, end), closes ? to : 24 * 60),
  };
  const id = `away ${agentId} ${start}`;
  return { ...span, desk: null, make: (lane, lanes) => ({ ...span, id, kind: 'away', label, lane, lanes }) };
}

/** The lines with the free slots of an appointment on its way, each on the line it would be on. */
export function withTargets(lines: readonly DayLine[], view: View, slots: readonly Slot[]): DayLine[] {
  return lines.map(({ row, day }) => {
    const targets = slots
      .filter((slot) => slot.start.slice(0, 10) === day.date && isOnRow(row, view, slot))
      .map<Piece>((slot) => ({
        start: minuteOn(day.date, slot.start),
        end: minuteOn(day.date, slot.end),
        id: `target ${row.id} ${slot.occurrenceId} ${slot.start} ${slot.agentId ?? ''}`,
        kind: 'target',
        slot,
        lane: 0,
        lanes: 1,
      }));
    return { day, row: { ...row, pieces: [...row.pieces, ...targets].sort((a, b) => a.start - b.start) } };
  });
}

function isOnRow(row: Row, view: View, { occurrenceId, agentId }: Slot): boolean {
  const isHere = row.pieces.some((piece) => piece.kind === 'occurrence' && piece.occurrence.id === occurrenceId);
  if (view === 'agent' || view === 'agents') return isHere && (agentId === null || row.id.startsWith(agentId));
  return isHere;
}
