import type { Slot } from '@app/contract';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { AppointmentPanel } from '../booking/appointment-panel';
import { BookPanel } from '../booking/book-panel';
import { OccurrencePanel } from '../booking/occurrence-panel';
import { RoomBookingPanel } from '../booking/room-panels';

/** The open panel is part of the address: going back closes it, a reload or a new sign-in finds it again. */
const PARAMS = { occurrence: 'seance', appointment: 'rdv', booking: 'reservation' } as const;
type Kind = keyof typeof PARAMS;

export function usePanels() {
  const [params, setParams] = useSearchParams();
  const put = (kind: Kind | null, id: string) =>
    setParams((before) => {
      for (const name of Object.values(PARAMS)) before.delete(name);
      if (kind) before.set(PARAMS[kind], id);
      return before;
    });
  return {
    occurrence: params.get(PARAMS.occurrence),
    appointment: params.get(PARAMS.appointment),
    booking: params.get(PARAMS.booking),
    open: (kind: Kind, id: string) => put(kind, id),
    close: () => put(null, ''),
  };
}

export function Panels({ occurrence, appointment, booking, open, close }: ReturnType<typeof usePanels>) {
  const [slot, setSlot] = useState<Slot | null>(null);
  if (slot) return <BookPanel slot={slot} onClose={() => setSlot(null)} onDone={() => setSlot(null)} />;
  if (occurrence) {
    return (
      <OccurrencePanel
        id={occurrence}
        onClose={close}
        onBook={setSlot}
        onAppointment={(id) => open('appointment', id)}
      />
    );
  }
  if (appointment) return <AppointmentPanel id={appointment} onClose={close} />;
  if (booking) return <RoomBookingPanel id={booking} onClose={close} />;
  return null;
}
