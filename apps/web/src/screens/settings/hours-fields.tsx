import { addDays, type PlainDate } from '@app/time';
import { useState } from 'react';
import { useWords } from '../../i18n/language';
import { DateField } from '../../ui/date-field';
import { Checkbox, TimeField } from '../../ui/field';
import { absenceWords } from './absence-words';

/** From one moment to another, as the server takes it: the end is excluded. */
export interface Hours {
  start: string;
  end: string;
}

const MIDNIGHT = 'T00:00';

interface Chosen {
  wholeDays: boolean;
  from: string | null;
  to: string | null;
  start: string | null;
  end: string | null;
}

/** Days, or hours of one day, while they are chosen. @param known what is already said @param day the day to begin with */
export function useHours(known: Hours | null, day: string | null = null, wholeDays = true) {
  const [chosen, choose] = useState<Chosen>(() => chosenOf(known, day, wholeDays));
  return { chosen, choose, hours: hoursOf(chosen) };
}

function chosenOf(known: Hours | null, day: string | null, wholeDays: boolean): Chosen {
  if (!known) return { wholeDays, from: day, to: day, start: '09:00', end: '12:00' };
  const whole = known.start.endsWith(MIDNIGHT) && known.end.endsWith(MIDNIGHT);
  const last = known.end.slice(0, 10) as PlainDate;
  return {
    wholeDays: whole,
    from: known.start.slice(0, 10),
    to: whole ? addDays(last, -1) : last,
    start: whole ? '09:00' : known.start.slice(11),
    end: whole ? '12:00' : known.end.slice(11),
  };
}

/** Null while something is missing or the wrong way round. */
function hoursOf({ wholeDays, from, to, start, end }: Chosen): Hours | null {
  if (!from || !to) return null;
  const hours = wholeDays
    ? { start: `${from}${MIDNIGHT}`, end: `${addDays(to as PlainDate, 1)}${MIDNIGHT}` }
    : { start: `${from}T${start}`, end: `${to}T${end}` };
  return (wholeDays || (start && end)) && hours.start < hours.end ? hours : null;
}

interface HoursFieldsProps {
  chosen: Chosen;
  onChange(chosen: Chosen): void;
  /** Whether it may be said by whole days. */
  mayBeDays: boolean;
  errors: Record<string, string>;
}

export function HoursFields({ chosen, onChange, mayBeDays, errors }: HoursFieldsProps) {
  const words = useWords(absenceWords);
  const { wholeDays, from, to, start, end } = chosen;
  const change = (part: Partial<Chosen>) => onChange({ ...chosen, ...part });
  const begins = (day: string | null) => change({ from: day, ...(day && (!to || to < day) && { to: day }) });
  return (
    <>
      {mayBeDays && (
        <Checkbox value={wholeDays} onChange={(whole) => change({ wholeDays: whole })}>
          {words.wholeDays}
        </Checkbox>
      )}
      <div className="form-row">
        <DateField label={words.from} value={from} onChange={begins} error={errors.start} isRequired />
        {!wholeDays && <TimeField label={words.start} value={start} onChange={(time) => change({ start: time })} />}
      </div>
      <div className="form-row">
        <DateField label={words.to} value={to} onChange={(day) => change({ to: day })} error={errors.end} isRequired />
        {!wholeDays && <TimeField label={words.end} value={end} onChange={(time) => change({ end: time })} />}
      </div>
    </>
  );
}
