import type { Appointment, Booked, Planning, Slot, Slots } from '@app/contract';
import { useMutation, useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useAppointment } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { bookingWords } from '../booking/words';
import { looksAgain } from '../booking/looks-again';
import { sayWithUndo } from '../booking/taking-back';
import type { Wanted } from './wanted';

/** More starts than a day of quarters of an hour has. */
const A_DAY = 50;
const MOST = 200;

export interface Carry {
  /** The appointment on its way; null when there is none. */
  appointment: Appointment | null;
  isLooking: boolean;
  slots: Slot[];
  /** Where it is about to land: to be confirmed, since the person is told. */
  to: Slot | null;
  error: Error | null;
  isPending: boolean;
  take(appointmentId: string): void;
  choose(slot: Slot | null): void;
  confirm(): void;
  putBack(): void;
}

/** Moving an appointment on a planning: taken, shown where it may go, put down, and taken back for ten seconds. */
export function useCarry(planning: Planning | undefined, { view, ids, from, days }: Wanted): Carry {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const once = useOnce();
  const [carriedId, setCarriedId] = useState<string | null>(null);
  const [to, setTo] = useState<Slot | null>(null);
  const carried = useAppointment(carriedId).data ?? null;
  const now = planning?.now ?? '';
  // Each agent's own slots: a slot found for all says only the first who is free.
  const agents = view === 'agent' || view === 'agents' ? ids : [undefined];
  const start = `${from}T00:00` < now ? now : `${from}T00:00`;
  const found = useQueries({
    queries: agents.map((agent) => ({
      queryKey: [...keys.slots, 'planning', carried?.motifId, agent, start.slice(0, 10), days],
      enabled: carried !== null,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<Slots>('/slots', { motif: carried?.motifId, from: start, days, agent, perDay: A_DAY, limit: MOST }, signal),
    })),
  });
  const moving = useMutation({
    mutationFn: ({ appointment, slot }: { appointment: Appointment; slot: Slot }) =>
      once<Booked>(`/appointments/${appointment.id}/move`, {
        occurrenceId: slot.occurrenceId,
        start: slot.start,
        agentId: slot.agentId,
        version: appointment.version,
      }),
    onSuccess: (_, { appointment }) => {
      sayWithUndo(words.moved, appointment.id, { what: 'moved', undo: shared.undo, undone: words.undone.moved });
      setCarriedId(null);
    },
    onSettled: () => {
      setTo(null);
      looksAgain();
    },
  });
  return {
    appointment: carried,
    isLooking: carriedId !== null && (carried === null || found.some(({ isPending }) => isPending)),
    slots: carried ? found.flatMap(({ data }) => data?.slots ?? []) : [],
    to,
    error: moving.error ?? found.find(({ error }) => error)?.error ?? null,
    isPending: moving.isPending,
    take: (id) => {
      moving.reset();
      setTo(null);
      setCarriedId(id);
    },
    choose: setTo,
    confirm: () => carried && to && moving.mutate({ appointment: carried, slot: to }),
    putBack: () => {
      setTo(null);
      setCarriedId(null);
    },
  };
}
