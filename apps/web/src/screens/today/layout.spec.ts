import type { Board, Directory } from '@app/contract';
import { describe, expect, it } from '@jest/globals';
import { namesOf } from '../../api/names';
import { agentRows, gaps, inLanes, nearest, rangeOf, roomRows, shutHours } from './layout';

const words = {
  noRoom: 'Sans bureau',
  noRoomDetail: '',
  elsewhere: 'Ailleurs',
  elsewhereDetail: '',
  people: (count: number) => `${count} pers.`,
  accessible: 'PMR',
  roomClosed: (cause: string) => `fermé : ${cause}`,
};

const anOccurrence = (id: string, start: string, end: string, more: Partial<Board['occurrences'][number]> = {}) => ({
  id,
  permanenceId: 'permanence',
  partnerId: 'parquet',
  title: 'Correspondant du Parquet',
  start: `2027-01-12T${start}`,
  end: `2027-01-12T${end}`,
  roomId: 'bureau-1',
  workstationId: null,
  mode: 'appointment' as const,
  seats: 1,
  agentIds: [],
  visibility: 'public',
  afterHours: false,
  booked: 0,
  given: 0,
  ownNumber: null,
  conflict: false,
  leftAlone: 'no',
  ...more,
});

const aBoard = (more: Partial<Board> = {}): Board => ({
  site: 'site',
  date: '2027-01-12',
  now: '2027-01-12T09:40',
  opens: '08:30',
  closes: '17:30',
  holiday: null,
  closed: null,
  closedRooms: [],
  occurrences: [],
  appointments: [],
  roomBookings: [],
  taken: [],
  counts: { permanences: 0, appointments: 0, conflicts: 0, failedMessages: 0, calls: 0 },
  ...more,
});

const aRoom = (id: string, name: string, desks: string[] = []) => ({
  id,
  name,
  siteId: 'site',
  floor: 'RdC',
  capacity: 3,
  accessible: false,
  equipment: [],
  residentPartnerId: null,
  workstations: desks.map((desk) => ({ id: desk, label: desk })),
  retired: false,
});

const directory: Directory = {
  sites: [],
  rooms: [
    aRoom('bureau-10', 'Bureau 10'),
    aRoom('bureau-1', 'Bureau 1'),
    aRoom('partage', 'Bureau partagé', ['poste-1', 'poste-2']),
  ],
  partners: [],
  agents: [{ id: 'morel', partnerId: 'parquet', name: 'C. Morel', profession: '', languages: ['fr'], retired: false }],
  motifs: [],
};
const names = namesOf(directory);

describe('the hours of the board', () => {
  it('are those of the site', () => {
    expect(rangeOf(aBoard())).toEqual({ from: 510, to: 1050 });
  });

  it('stretch for an information meeting that ends after the site closes', () => {
    const board = aBoard({ occurrences: [anOccurrence('a', '17:00', '18:20')] });
    expect(rangeOf(board)).toEqual({ from: 510, to: 1110 });
    expect(shutHours(board, rangeOf(board))).toEqual([{ start: 1050, end: 1110 }]);
  });

  it('are all shut on a closed day', () => {
    expect(shutHours(aBoard({ opens: null, closes: null }), { from: 510, to: 1050 })).toEqual([
      { start: 510, end: 1050 },
    ]);
  });
});

describe('the rows of the board', () => {
  it('are the rooms, bureau 2 before bureau 10', () => {
    expect(roomRows(aBoard(), names, words).map(({ name }) => name)).toEqual([
      'Bureau 1',
      'Bureau 10',
      'Bureau partagé',
    ]);
  });

  it('a closed room says why and offers no hour; what is kept there all the same still shows', () => {
    const board = aBoard({
      closedRooms: [{ roomId: 'bureau-1', cause: 'peinture' }],
      occurrences: [anOccurrence('kept', '09:00', '10:00')],
    });
    const [closed, open] = roomRows(board, names, words);
    expect(closed).toMatchObject({ closed: true, pieces: [{ id: 'kept' }] });
    expect(closed?.detail).toContain('fermé : peinture');
    expect(open).toMatchObject({ closed: false, pieces: [{ kind: 'free' }] });
  });

  it('a day of closure shuts every hour of every room', () => {
    const board = aBoard({ closed: 'pont' });
    expect(shutHours(board, rangeOf(board))).toEqual([{ start: 510, end: 1050 }]);
    expect(roomRows(board, names, words).flatMap(({ pieces }) => pieces)).toEqual([]);
  });

  it('begin with what has no room', () => {
    const rows = roomRows(
      aBoard({ occurrences: [anOccurrence('a', '09:00', '10:00', { roomId: null })] }),
      names,
      words,
    );
    expect(rows[0]).toMatchObject({ kind: 'no-room', pieces: [{ id: 'a', kind: 'occurrence' }] });
  });

  it('put the second desk of a shared office under the first, and a whole booking over both', () => {
    const board = aBoard({
      occurrences: [
        anOccurrence('first', '09:00', '12:00', { roomId: 'partage', workstationId: 'poste-1' }),
        anOccurrence('second', '10:00', '12:00', { roomId: 'partage', workstationId: 'poste-2' }),
        anOccurrence('whole', '14:00', '15:00', { roomId: 'partage' }),
      ],
    });
    const row = roomRows(board, names, words).find(({ id }) => id === 'partage');
    expect(row?.lanes).toBe(2);
    expect(row?.pieces.filter(({ kind }) => kind === 'occurrence')).toMatchObject([
      { id: 'first', lane: 0, lanes: 1 },
      { id: 'second', lane: 1, lanes: 1 },
      { id: 'whole', lane: 0, lanes: 2 },
    ]);
  });

  it('show what the viewer may not know as taken, and the rest of the day as free', () => {
    const taken = { roomId: 'bureau-1', workstationId: null, start: '2027-01-12T09:00', end: '2027-01-12T12:00' };
    const row = roomRows(aBoard({ taken: [taken] }), names, words)[0];
    expect(row?.pieces.map(({ kind, start, end }) => ({ kind, start, end }))).toEqual([
      { kind: 'free', start: 510, end: 540 },
      { kind: 'taken', start: 540, end: 720 },
      { kind: 'free', start: 720, end: 1050 },
    ]);
  });

  it('are the agents who receive, and a partner that names nobody', () => {
    const board = aBoard({
      occurrences: [anOccurrence('a', '09:00', '10:00'), anOccurrence('b', '14:00', '15:00', { agentIds: ['morel'] })],
    });
    expect(agentRows(board, names).map(({ kind, name }) => [kind, name])).toEqual([
      ['agent', 'C. Morel'],
      ['partner', 'Correspondant du Parquet'],
    ]);
  });
});

describe('lanes', () => {
  it('let 9–10 and 10–11 share one', () => {
    expect(
      inLanes([
        { start: 540, end: 600 },
        { start: 600, end: 660 },
      ]).lanes,
    ).toBe(1);
  });

  it('part two that overlap', () => {
    expect(
      inLanes([
        { start: 540, end: 600 },
        { start: 570, end: 660 },
      ]).placed.map(({ lane }) => lane),
    ).toEqual([0, 1]);
  });
});

describe('moving about the board', () => {
  it('goes to the cell that covers the hour, else to the nearest', () => {
    const cells = [
      { start: 510, end: 540 },
      { start: 600, end: 660 },
    ];
    expect(nearest(cells, 520)).toBe(cells[0]);
    expect(nearest(cells, 580)).toBe(cells[1]);
  });

  it('finds the free hours between what is held', () => {
    expect(gaps([{ start: 540, end: 600 }], { from: 510, to: 660 })).toEqual([
      { start: 510, end: 540 },
      { start: 600, end: 660 },
    ]);
  });
});
