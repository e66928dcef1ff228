import type {
  Appointment,
  Board,
  Conflict,
  Directory,
  NeedFound,
  OccurrenceDetail,
  Orientation,
  OrientationQuery,
  RoomBooking,
  Sector,
  Slots,
  SlotsQuery,
  Usager,
  UsagerFound,
  Visits,
} from '@app/contract';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { productClock } from '../clock/product-clock';
import { get } from './client';
import { namesOf, type Names } from './names';
import { keys } from './stale';

export type { Names } from './names';
export { keys } from './stale';

export const directoryQuery = queryOptions({
  queryKey: keys.directory,
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => get<Directory>('/directory', {}, signal),
});

export function useDirectory() {
  const query = useQuery(directoryQuery);
  const names = useMemo(() => (query.data ? namesOf(query.data) : undefined), [query.data]);
  return { ...query, names };
}

const NOTHING: Directory = { sites: [], rooms: [], partners: [], agents: [], motifs: [] };
/** The names; empty until they are known. */
export function useNames(): Names {
  const { names } = useDirectory();
  return useMemo(() => names ?? namesOf(NOTHING), [names]);
}

export const boardQuery = (site: string | undefined, date: string) =>
  queryOptions({
    queryKey: [...keys.board, site, date],
    queryFn: async ({ signal }) => {
      const board = await get<Board>('/board', { site, date }, signal);
      productClock.tell(board.now);
      return board;
    },
  });

export function useBoard(site: string | undefined, date: string) {
  return useQuery({ ...boardQuery(site, date), enabled: site !== undefined, placeholderData: keepPreviousData });
}

export function useOccurrence(id: string | null) {
  return useQuery({
    queryKey: [...keys.occurrence, id],
    enabled: id !== null,
    queryFn: ({ signal }) => get<OccurrenceDetail>(`/occurrences/${id}`, {}, signal),
  });
}

export function useAppointment(id: string | null) {
  return useQuery({
    queryKey: [...keys.appointment, id],
    enabled: id !== null,
    queryFn: ({ signal }) => get<Appointment>(`/appointments/${id}`, {}, signal),
  });
}

export function useRoomBooking(id: string | null) {
  return useQuery({
    queryKey: [...keys.roomBooking, id],
    enabled: id !== null,
    queryFn: ({ signal }) => get<RoomBooking>(`/room-bookings/${id}`, {}, signal),
  });
}

export function useConflicts() {
  return useQuery({
    queryKey: keys.conflicts,
    queryFn: ({ signal }) => get<Conflict[]>('/conflicts', {}, signal),
  });
}

export function useSlots(query: Partial<SlotsQuery> & { motif: string | undefined }) {
  return useQuery({
    queryKey: [...keys.slots, query],
    enabled: query.motif !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<Slots>('/slots', query, signal),
  });
}

/** People whose name, phone or birth year answers to what is typed; nobody before two characters. */
export function useUsagersFound(typed: string, limit = 8) {
  const q = typed.trim();
  return useQuery({
    queryKey: [...keys.usagers, 'found', q, limit],
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<UsagerFound[]>('/usagers', { q, limit }, signal),
  });
}

/** Which social workers a street belongs to. */
export function useSectors() {
  return useQuery({
    queryKey: keys.sectors,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => get<Sector[]>('/sectors', {}, signal),
  });
}

export function useUsager(id: string | null) {
  return useQuery({
    queryKey: [...keys.usagers, id],
    enabled: id !== null,
    queryFn: ({ signal }) => get<Usager>(`/usagers/${id}`, {}, signal),
  });
}

/** Those the viewer may see: upcoming first, then the latest. */
export function useAppointmentsOf(usagerId: string | null) {
  return useQuery({
    queryKey: [...keys.usagers, usagerId, 'appointments'],
    enabled: usagerId !== null,
    queryFn: ({ signal }) => get<Appointment[]>(`/usagers/${usagerId}/appointments`, {}, signal),
  });
}

/** Motifs that answer to everyday words; none before two characters. */
export function useNeedsFound(typed: string, limit = 8) {
  const q = typed.trim();
  return useQuery({
    queryKey: [...keys.needs, q, limit],
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<NeedFound[]>('/needs', { q, limit }, signal),
  });
}

/** Who can help: motifs as the address names them, or words. */
export function useOrientation(query: Partial<Omit<OrientationQuery, 'motif'>> & { motif?: string }) {
  return useQuery({
    queryKey: [...keys.orientation, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<Orientation>('/orientation', query, signal),
  });
}

/** Those who wait or are received at a site, that day. */
export function useVisits(site: string | undefined, date: string) {
  return useQuery({
    queryKey: [...keys.visits, site, date],
    enabled: site !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<Visits>('/visits', { site, date }, signal),
  });
}
