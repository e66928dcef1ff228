import type { Say } from '../../i18n/say';
import type { sharedWords } from '../../i18n/shared';
import type { Slot } from '@app/contract';
import type { Names } from '../../api/names';
import { bothNames } from '../booking/both-names';
import type { BoardAppointment, BoardOccurrence, Piece, Row, Span } from './layout';
import type { todayWords } from './words';

/** What one can stand on with the arrows, and open. */
export interface Cell extends Span {
  id: string;
  opens:
    | { kind: 'occurrence'; id: string }
    | { kind: 'appointment'; id: string }
    | { kind: 'booking'; id: string }
    | { kind: 'free'; rowId: string; roomId: string; start: number; end: number }
    | { kind: 'target'; slot: Slot }
    | null;
}

const HALF_AN_HOUR = 30;

/** Free hours from the half hour that was pointed at. @param share how far along the cell, from 0 to 1 */
export function pointedAt(opens: NonNullable<Cell['opens']>, share: number): NonNullable<Cell['opens']> {
  if (opens.kind !== 'free') return opens;
  const { start, end } = opens;
  const pointed = Math.floor((start + share * (end - start)) / HALF_AN_HOUR) * HALF_AN_HOUR;
  return { ...opens, start: Math.max(start, Math.min(pointed, end - HALF_AN_HOUR)) };
}

/** The cells of a row in order of time: bands, then what is inside them, free hours and taken ones. */
export function cellsOf(row: Row): Cell[] {
  return row.pieces.flatMap<Cell>((piece) => {
    const { id, start, end } = piece;
    if (piece.kind === 'occurrence') {
      const inside = piece.appointments.map<Cell>(({ thing, ...span }) => ({
        id: thing.id,
        start: span.start,
        end: span.end,
        opens: { kind: 'appointment', id: thing.id },
      }));
      return [{ id, start, end, opens: { kind: 'occurrence', id } }, ...inside];
    }
    if (piece.kind === 'alone') return [{ id, start, end, opens: { kind: 'appointment', id } }];
    if (piece.kind === 'booking') return [{ id, start, end, opens: { kind: 'booking', id } }];
    if (piece.kind === 'target') return [{ id, start, end, opens: { kind: 'target', slot: piece.slot } }];
    if (piece.kind === 'free') {
      return [{ id, start, end, opens: { kind: 'free', rowId: row.id, roomId: piece.roomId, start, end } }];
    }
    return [{ id, start, end, opens: null }];
  });
}

interface Speech {
  words: (typeof todayWords)['fr'];
  shared: (typeof sharedWords)['fr'];
  say: Say;
  names: Names;
  /** How many wait without appointment, by date. */
  waiting: ReadonlyMap<string, number>;
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Midnight is said "24 h", never "0 h" of the day itself. */
export const hourOf = (minute: number, say: Say) => (minute >= 1440 ? say.time('23:59') : say.time(clock(minute)));
export const momentOf = (date: string, minute: number) => `${date}T${clock(Math.min(minute, 1439))}`;

/** The second line of a band. */
export function bandDetail(occurrence: BoardOccurrence, drawn: number, speech: Speech): string {
  const { words, shared, say, waiting } = speech;
  const waits = waiting.get(occurrence.id) ?? 0;
  if (occurrence.leftAlone === 'wholly') return words.away;
  if (waits > 0) return words.waits(waits);
  if (occurrence.ownNumber) return words.ownNumber(say.phone(occurrence.ownNumber));
  if (occurrence.mode === 'group')
    return words.group(occurrence.booked, Math.max(0, occurrence.seats - occurrence.booked - occurrence.given));
  if (occurrence.mode === 'appointment' && occurrence.given > 0 && drawn === 0) return words.given(occurrence.given);
  if (occurrence.leftAlone === 'for-a-while') return words.leftAlone['for-a-while'];
  if (occurrence.mode === 'appointment' && drawn > 0) return '';
  return shared.mode[occurrence.mode];
}

export function bandTitle(occurrence: BoardOccurrence, names: Names): string {
  const agents = occurrence.agentIds
    .map((id) => names.agent(id)?.name)
    // A title often names who receives: once is enough.
    .filter((name) => name && !occurrence.title.includes(name));
  return agents.length > 0 ? `${occurrence.title} — ${agents.join(', ')}` : occurrence.title;
}

/** "Bureau 1, Correspondant du Parquet, sans rendez-vous, 9 h – 10 h 30" */
export function sayPiece(row: Row, piece: Piece, speech: Speech): string {
  const { words, say } = speech;
  const hours = `${hourOf(piece.start, say)} – ${hourOf(piece.end, say)}`;
  if (piece.kind === 'free') return [row.name, words.free, hours].join(', ');
  if (piece.kind === 'taken') return [row.name, words.taken, hours].join(', ');
  if (piece.kind === 'away') return [row.name, words.away, piece.label, hours].filter(Boolean).join(', ');
  if (piece.kind === 'target') return [row.name, words.target, hours].join(', ');
  if (piece.kind === 'alone') return sayAppointment(row, piece.appointment, speech);
  if (piece.kind === 'booking') return [row.name, piece.booking.title, hours].join(', ');
  const { occurrence } = piece;
  const more = [
    occurrence.mode === 'group'
      ? bandDetail(occurrence, 0, speech)
      : occurrence.booked > 0 && words.booked(occurrence.booked),
    occurrence.given > 0 && words.given(occurrence.given),
    occurrence.ownNumber && bandDetail(occurrence, 0, speech),
    speech.waiting.has(occurrence.id) && bandDetail(occurrence, 0, speech),
    occurrence.leftAlone !== 'no' && words.leftAlone[occurrence.leftAlone],
    occurrence.conflict && words.conflict,
    occurrence.afterHours && words.afterHours,
  ];
  return [row.name, bandTitle(occurrence, speech.names), speech.shared.mode[occurrence.mode], hours, ...more]
    .filter(Boolean)
    .join(', ');
}

export function sayAppointment(row: Row, appointment: BoardAppointment, { words, shared, say, names }: Speech): string {
  const { start, end, usagerName, safeContact, motif, state, secondAgentId, occurrenceId } = appointment;
  // Of two who receive together, both are said; of one, the line or the band tells who.
  const both = (secondAgentId || occurrenceId === null) && bothNames(names, appointment);
  return [row.name, usagerName, safeContact && words.safe, motif, both, say.range(start, end), shared.state[state]]
    .filter(Boolean)
    .join(', ');
}

export type { Speech };
