/** Roots of the query keys: what the live events make stale (see staleAfter). */
export const keys = {
  directory: ['directory'],
  board: ['board'],
  slots: ['slots'],
  occurrence: ['occurrence'],
  appointment: ['appointment'],
  roomBooking: ['room-booking'],
  conflicts: ['conflicts'],
  messages: ['messages'],
  permanences: ['permanences'],
  usagers: ['usagers'],
  sectors: ['sectors'],
  closures: ['closures'],
  absences: ['absences'],
  visits: ['visits'],
  orientation: ['orientation'],
  planning: ['planning'],
  needs: ['needs'],
  waiting: ['waiting'],
} as const;

/** What a happening makes stale, by the first word of its kind. */
const STALE: Record<string, readonly (readonly string[])[]> = {
  appointment: [
    keys.orientation,
    keys.board,
    keys.planning,
    keys.slots,
    keys.occurrence,
    keys.appointment,
    keys.conflicts,
    keys.messages,
    keys.usagers,
  ],
  permanence: [
    keys.orientation,
    keys.board,
    keys.planning,
    keys.slots,
    keys.occurrence,
    keys.permanences,
    keys.conflicts,
  ],
  occurrence: [
    keys.orientation,
    keys.visits,
    keys.board,
    keys.planning,
    keys.slots,
    keys.occurrence,
    keys.permanences,
    keys.conflicts,
  ],
  'room-booking': [keys.board, keys.planning, keys.roomBooking, keys.conflicts],
  conflict: [keys.conflicts, keys.board, keys.planning, keys.permanences],
  // Someone is being written down for a slot, or no more.
  slot: [keys.slots, keys.orientation, keys.occurrence],
  reminder: [keys.messages, keys.board, keys.planning, keys.appointment],
  message: [keys.messages, keys.board, keys.planning, keys.appointment],
  usager: [keys.usagers, keys.board, keys.planning, keys.appointment, keys.messages],
  sector: [keys.sectors, keys.usagers],
  closure: [
    keys.orientation,
    keys.closures,
    keys.board,
    keys.planning,
    keys.slots,
    keys.occurrence,
    keys.permanences,
    keys.conflicts,
  ],
  visit: [keys.visits, keys.orientation],
  waiting: [keys.waiting, keys.messages, keys.occurrence],
  invitation: [keys.waiting, keys.messages, keys.board],
  decision: [keys.orientation],
  'calendar-subscription': [keys.permanences],
  absence: [keys.absences, keys.board, keys.planning, keys.slots, keys.occurrence, keys.permanences, keys.conflicts],
  office: [keys.absences, keys.conflicts],
  // Some news was missed (a cut, a long sleep): everything is looked at again.
  resync: Object.values(keys),
};
const DIRECTORY = [keys.directory, keys.needs, keys.orientation, keys.board, keys.planning];

/** Pure: the query roots a happening concerns. Things of the directory (a room, a motif…) are all one query. */
export function staleAfter(kind: string): readonly (readonly string[])[] {
  return STALE[kind.split('.')[0] ?? ''] ?? DIRECTORY;
}
