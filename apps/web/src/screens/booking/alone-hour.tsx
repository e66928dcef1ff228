import type { AloneHour, AppointmentMode } from '@app/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import { keys } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { aloneWords } from './alone-words';

interface AloneHourNotesProps {
  motifId: string | null;
  interpreter: boolean;
  hours: {
    siteId: string | null;
    mode: AppointmentMode;
    date: string | null;
    start: string | null;
    minutes: number | null;
  };
}

/** Said while the hour is chosen, not found out after: the place is closed then, or the service that day. */
export function AloneHourNotes({ motifId, interpreter, hours }: AloneHourNotesProps) {
  const words = useWords(aloneWords);
  const { data } = useAloneHour({ motifId, interpreter, hours });
  return (
    <div role="status">
      {data?.notes.map(({ kind, text }) => (
        <p key={text} className={kind === 'outside-hours' ? 'note' : 'note stop'}>
          {kind !== 'outside-hours' && <b>{words.closed[kind]}</b>} {text}
          {kind === 'outside-hours' && ` ${words.toOpen}`}
        </p>
      ))}
    </div>
  );
}

function useAloneHour({ motifId, interpreter, hours }: AloneHourNotesProps) {
  const { siteId, mode, date, start, minutes } = hours;
  const asked = {
    motif: motifId,
    site: siteId,
    mode,
    start: `${date}T${start}`,
    ...(minutes !== null && { minutes }),
    ...(interpreter && { interpreter }),
  };
  return useQuery({
    queryKey: [...keys.slots, 'alone', asked],
    enabled: Boolean(motifId && siteId && date && start),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<AloneHour>('/appointments/alone/hour', asked, signal),
  });
}
