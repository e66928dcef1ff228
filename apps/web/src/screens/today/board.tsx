import type { Board as BoardData } from '@app/contract';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useJustChanged } from '../../api/live';
import { useNames, useVisits } from '../../api/queries';
import { useMinuteOfDay, useToday } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { partnerLook } from '../../ui/partner-mark';
import { bothNames } from '../booking/both-names';
import { waitingByDate } from '../queue/queue';
import {
  bandDetail,
  bandTitle,
  type Cell,
  cellsOf,
  hourOf,
  pointedAt,
  sayAppointment,
  sayPiece,
  type Speech,
} from './cells';
import {
  type BoardAppointment,
  nearest,
  type Piece,
  type Placed,
  type Range,
  type Row,
  rangeOf,
  type Span,
  shutHours,
} from './layout';
import { todayWords } from './words';
import './board.css';

export type Opens = NonNullable<Cell['opens']>;

const placed = ({ start, end }: Span) => ({ '--s': start, '--e': end }) as CSSProperties;

interface BoardProps {
  board: BoardData;
  rows: readonly Row[];
  onOpen(what: Opens): void;
}

/** Rooms (or agents) of one site by the hours of one day. */
export function Board({ board, rows, onOpen }: BoardProps) {
  const words = useWords(todayWords);
  const say = useSay();
  const waiting = waitingByDate(useVisits(board.site, board.date).data?.visits ?? []);
  return (
    <HoursGrid
      label={words.board(say.date(board.date))}
      lines={rows.map((row) => ({ row, day: board }))}
      range={rangeOf(board)}
      waiting={waiting}
      onOpen={onOpen}
    />
  );
}

/** A row and the day it is about. */
export interface DayLine {
  row: Row;
  day: BoardData;
}

interface HoursGridProps {
  label: string;
  lines: readonly DayLine[];
  range: Range;
  /** How many wait without appointment, by date. */
  waiting?: ReadonlyMap<string, number>;
  /** The appointment on its way to another slot: only where it may go can be reached. */
  carried?: string | null;
  onOpen(what: Opens): void;
  /** `m`, or a drag: this appointment goes elsewhere. */
  onCarry?(appointmentId: string): void;
  /** Esc while one is carried. */
  onPutBack?(): void;
}

const NOBODY: ReadonlyMap<string, number> = new Map();
/** A hand that trembles does not drag. */
const DRAG_PX = 6;
/** What was let go longer ago stays carried: a click or a key says where. */
const LANDING_MS = 2_000;

/** Where a hand let go, in the window, and when. */
interface Dropped {
  x: number;
  y: number;
  at: number;
}

/**
 * Lines by hours. A grid of its own: one tab stop, arrows go along a row by time and between rows at the
 * same hour, each cell says all it shows.
 */
export function HoursGrid({ label, lines: shown, range, waiting = NOBODY, ...props }: HoursGridProps) {
  const { carried = null, onOpen, onCarry, onPutBack } = props;
  const words = useWords(todayWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const today = useToday();
  const minute = useMinuteOfDay();
  const grid = useRef<HTMLDivElement>(null);
  const [standing, setStanding] = useState<string | null>(null);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const wasDragged = useRef(false);
  const lines = shown.map(({ row, day }) => ({
    row,
    day,
    cells: cellsOf(row).filter(({ id, opens }) => !carried || opens?.kind === 'target' || id === carried),
  }));
  const isKnown = lines.some(({ cells }) => cells.some(({ id }) => id === standing));
  const tabStop = isKnown ? standing : (lines.find(({ cells }) => cells.length > 0)?.cells[0]?.id ?? null);
  const isNow = minute >= range.from && minute <= range.to;
  const nowOn = (day: BoardData) => (isNow && day.date === today ? minute : null);
  const speech: Speech = { words, shared, say, names, waiting };

  const stand = (cell: Cell | undefined) => {
    if (!cell) return;
    setStanding(cell.id);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell.id)}"]`)?.focus();
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const id = (event.target as HTMLElement).dataset.cell;
    const at = lines.findIndex(({ cells }) => cells.some((cell) => cell.id === id));
    const cells = lines[at]?.cells ?? [];
    const place = cells.findIndex((cell) => cell.id === id);
    const cell = cells[place];
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const inRow = (step: number) => {
      for (let next = at + step; next >= 0 && next < lines.length; next += step) {
        const found = nearest(lines[next]?.cells ?? [], cell.start);
        if (found) return found;
      }
      return undefined;
    };
    const moves = new Map<string, () => Cell | undefined>([
      ['ArrowRight', () => cells[place + 1]],
      ['ArrowLeft', () => cells[place - 1]],
      ['ArrowDown', () => inRow(1)],
      ['ArrowUp', () => inRow(-1)],
      ['Home', () => cells[0]],
      ['End', () => cells.at(-1)],
    ]);
    const move = moves.get(event.key);
    if (move) {
      event.preventDefault();
      stand(move());
    } else if (event.key === 'm' && onCarry && !carried && cell.opens?.kind === 'appointment') {
      event.preventDefault();
      setDropped(null);
      onCarry(cell.id);
    } else if (event.key === 'Escape' && carried) {
      event.preventDefault();
      onPutBack?.();
    } else if ((event.key === 'Enter' || event.key === ' ') && cell.opens && cell.id !== carried) {
      event.preventDefault();
      onOpen(cell.opens);
    }
  };

  const hasTargets = lines.some(({ cells }) => cells.some(({ opens }) => opens?.kind === 'target'));
  const cellAt = (element: Element | null) => {
    const id = element?.closest<HTMLElement>('[data-cell]')?.dataset.cell;
    return lines.flatMap(({ cells }) => cells).find((found) => found.id === id);
  };

  // A hand is faster than the search for free slots: what was let go lands once they are there, if one is under it.
  useEffect(() => {
    if (!dropped || !hasTargets) return;
    const { opens } = cellAt(document.elementFromPoint(dropped.x, dropped.y)) ?? {};
    const isLate = performance.now() - dropped.at > LANDING_MS;
    if (isLate || opens?.kind === 'target') setDropped(null);
    if (!isLate && opens?.kind === 'target') onOpen(opens);
  });

  // A mouse that carries an appointment: it leaves once it has moved, and lands where it may.
  const grasp = (event: PointerEvent<HTMLDivElement>) => {
    const cell = cellAt(event.target as Element);
    wasDragged.current = false;
    setDropped(null);
    if (!onCarry || event.button !== 0 || event.pointerType !== 'mouse' || cell?.opens?.kind !== 'appointment') return;
    const { clientX, clientY } = event;
    let left = false;
    const move = (at: globalThis.PointerEvent) => {
      if (left || Math.hypot(at.clientX - clientX, at.clientY - clientY) < DRAG_PX) return;
      left = true;
      onCarry(cell.id);
    };
    const drop = (at: globalThis.PointerEvent) => {
      document.removeEventListener('pointermove', move);
      wasDragged.current = left;
      if (left) setDropped({ x: at.clientX, y: at.clientY, at: performance.now() });
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', drop, { once: true });
  };

  return (
    <div className="board-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot hold two things over the same hours */}
      <div
        ref={grid}
        className={carried ? 'board carrying' : 'board'}
        role="grid"
        aria-label={label}
        aria-description={onCarry ? words.keysToMove : words.keys}
        aria-readonly="true"
        tabIndex={-1}
        style={{ '--from': range.from, '--span': range.to - range.from } as CSSProperties}
        onKeyDown={press}
        onFocus={({ target }) => target.dataset.cell && setStanding(target.dataset.cell)}
        onClick={({ target, clientX, detail }) => {
          const cell = cellAt(target as HTMLElement);
          // The click that ends a drag opens nothing.
          if (!cell?.opens || cell.id === carried || wasDragged.current) return;
          const { left, width } = (target as HTMLElement).getBoundingClientRect();
          // A click that no hand made (a screen reader's) points nowhere.
          onOpen(detail > 0 ? pointedAt(cell.opens, (clientX - left) / width) : cell.opens);
        }}
        onPointerDown={grasp}
      >
        <Hours
          range={range}
          now={shown.some(({ day }) => day.date === today) && isNow ? minute : null}
          speech={speech}
        />
        {lines.map(({ row, day }) => (
          <Line
            key={row.id}
            row={row}
            speech={speech}
            tabStop={tabStop}
            shut={row.closed ? [{ start: range.from, end: range.to }] : shutHours(day, range)}
            now={nowOn(day)}
            carried={carried}
          />
        ))}
      </div>
    </div>
  );
}

/** About the width of an hour's label: where the present hour is written, its neighbour gives way. */
const LABEL_MINUTES = 30;

function Hours({ range, now, speech }: { range: Range; now: number | null; speech: Speech }) {
  const first = Math.ceil(range.from / 60);
  // Half of an hour written at the very end would be cut.
  const count = Math.ceil(range.to / 60) - first;
  const hours = Array.from({ length: count }, (_, index) => (first + index) * 60);
  return (
    <div className="hours" aria-hidden="true">
      <div className="corner" />
      <div className="scale">
        {hours.map((hour) => (
          <b
            key={hour}
            style={placed({ start: hour, end: hour })}
            className={now !== null && Math.abs(hour - now) < LABEL_MINUTES ? 'hidden' : ''}
          >
            {hourOf(hour, speech.say)}
          </b>
        ))}
        {now !== null && (
          <span className="now-label" style={placed({ start: now, end: now })}>
            {hourOf(now, speech.say)}
          </span>
        )}
      </div>
    </div>
  );
}

interface LineProps {
  row: Row;
  speech: Speech;
  tabStop: string | null;
  shut: readonly Span[];
  now: number | null;
  carried: string | null;
}

const LANE_REM = 2.875;
const DEEPER_REM = 1.4;

function Line({ row, speech, tabStop, shut, now, carried }: LineProps) {
  const deepest = Math.max(0, ...row.pieces.map((piece) => (piece.kind === 'occurrence' ? piece.depth - 1 : 0)));
  const height = `${row.lanes * (LANE_REM + deepest * DEEPER_REM)}rem`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div className={`row of-${row.kind}`} role="row">
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus */}
      <div className="room" role="rowheader">
        <b>{row.name}</b>
        {row.detail && <small>{row.detail}</small>}
      </div>
      <div className="lane" role="presentation" style={{ '--lanes': row.lanes, height } as CSSProperties}>
        {shut.map((span) => (
          <div key={span.start} className="shut" style={placed(span)} aria-hidden="true" />
        ))}
        {row.pieces.map((piece) => (
          <PieceCells key={piece.id} row={row} piece={piece} speech={speech} tabStop={tabStop} carried={carried} />
        ))}
        {now !== null && <div className="now" style={placed({ start: now, end: now })} aria-hidden="true" />}
      </div>
    </div>
  );
}

interface PieceProps {
  row: Row;
  piece: Piece;
  speech: Speech;
  tabStop: string | null;
  carried: string | null;
}

function PieceCells({ row, piece, speech, tabStop, carried }: PieceProps) {
  const changed = useJustChanged(piece.id) ? 'just-changed' : '';
  const lane = { ...placed(piece), '--lane': piece.lane, '--tall': piece.lanes } as CSSProperties;
  const said = sayPiece(row, piece, speech);
  const common = { 'data-cell': piece.id, tabIndex: piece.id === tabStop ? 0 : -1, said };
  if (piece.kind === 'free') return <GridCell {...common} className="free-hours" style={lane} />;
  if (piece.kind === 'taken') {
    return (
      <GridCell {...common} className="band taken" style={lane}>
        <b>{speech.words.taken}</b>
      </GridCell>
    );
  }
  if (piece.kind === 'away') {
    return (
      <GridCell {...common} className="band taken" style={lane}>
        <b>{piece.label || speech.words.away}</b>
      </GridCell>
    );
  }
  if (piece.kind === 'target') {
    return (
      <GridCell {...common} className="target" style={lane}>
        {hourOf(piece.start, speech.say)}
      </GridCell>
    );
  }
  if (piece.kind === 'alone') {
    const { appointment } = piece;
    const partner = speech.names.partner(appointment.partnerId);
    const look = partnerLook(partner);
    const flags = `${SHOWN_AS[appointment.state] ?? ''} ${changed} ${piece.id === carried ? 'carried' : ''}`;
    return (
      <GridCell {...common} className={`band alone ${look.className} ${flags}`} style={{ ...look.style, ...lane }}>
        <b>{appointment.usagerName}</b>
        <span className="detail">
          <span className="mark">{partner?.mark}</span> {bothNames(speech.names, appointment)}
        </span>
      </GridCell>
    );
  }
  if (piece.kind === 'booking') {
    const look = partnerLook(speech.names.partner(piece.booking.partnerId));
    return (
      <GridCell {...common} className={`band booking ${look.className} ${changed}`} style={{ ...look.style, ...lane }}>
        <b>{piece.booking.title}</b>
      </GridCell>
    );
  }
  const { occurrence } = piece;
  const partner = speech.names.partner(occurrence.partnerId);
  const look = partnerLook(partner);
  const isHit = occurrence.conflict || occurrence.roomId === null || occurrence.leftAlone !== 'no';
  // Where its own line is taken by the people drawn on it.
  const isBesides = occurrence.mode === 'appointment' && occurrence.given > 0 && piece.appointments.length > 0;
  const flags = `${isHit ? 'hit' : ''} ${changed}`;
  return (
    <>
      <GridCell {...common} className={`band ${look.className} ${flags}`} style={{ ...look.style, ...lane }}>
        <b>
          <span className="mark">{partner?.mark}</span>
          {occurrence.leftAlone === 'wholly' && piece.appointments.length > 0 && `${speech.words.away} · `}
          {bandTitle(occurrence, speech.names)}
          {isBesides && ` · ${speech.words.given(occurrence.given)}`}
        </b>
        <span className="detail">{bandDetail(occurrence, piece.appointments.length, speech)}</span>
      </GridCell>
      {piece.appointments.map((appointment) => (
        <AppointmentCell
          key={appointment.thing.id}
          row={row}
          appointment={appointment}
          look={{
            className: look.className,
            style: { ...look.style, ...lane, '--depth': piece.depth } as CSSProperties,
          }}
          speech={speech}
          tabStop={tabStop}
          carried={carried}
        />
      ))}
    </>
  );
}

const SHOWN_AS: Record<string, string> = {
  arrived: 'in',
  seen: 'seen',
  noShow: 'no',
  cancelledByUsager: 'no',
  cancelledByAgent: 'no',
};

interface AppointmentCellProps extends Omit<PieceProps, 'piece'> {
  appointment: Placed<BoardAppointment>;
  look: { className: string; style: CSSProperties };
}

function AppointmentCell({ row, appointment, look, speech, tabStop, carried }: AppointmentCellProps) {
  const { thing, lane } = appointment;
  const changed = useJustChanged(thing.id) ? 'just-changed' : '';
  return (
    <GridCell
      data-cell={thing.id}
      tabIndex={thing.id === tabStop ? 0 : -1}
      said={sayAppointment(row, thing, speech)}
      className={`appt ${SHOWN_AS[thing.state] ?? ''} ${look.className} ${changed} ${thing.id === carried ? 'carried' : ''}`}
      style={{ ...look.style, ...placed(appointment), '--inner': lane } as CSSProperties}
    >
      {thing.usagerName}
      {thing.secondAgentId && <small>{` · ${bothNames(speech.names, thing)}`}</small>}
      {thing.safeContact && (
        <span aria-hidden="true" title={speech.words.safe}>
          {' ◦'}
        </span>
      )}
    </GridCell>
  );
}

interface GridCellProps {
  'data-cell': string;
  /** All the cell shows, in words; what is drawn is for the eye. */
  said: string;
  tabIndex: number;
  className: string;
  style: CSSProperties;
  children?: React.ReactNode;
}

function GridCell({ said, children, tabIndex, ...props }: GridCellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="gridcell" tabIndex={tabIndex} {...props}>
      <span className="visually-hidden">{said}</span>
      {children && <span aria-hidden="true">{children}</span>}
    </div>
  );
}
