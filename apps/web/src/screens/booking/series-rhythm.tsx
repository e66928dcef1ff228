import type { SeriesPlan } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { DateField } from '../../ui/date-field';
import { NumberField, SelectField } from '../../ui/field';
import { Segmented } from '../../ui/segmented';
import { seriesWords } from './series-words';

/** How often, until when, with whom. */
export interface Rhythm {
  /** Null: each month. */
  weeks: number | null;
  ends: 'times' | 'day';
  times: number;
  until: string | null;
  /** Null: whom the server proposes. */
  with: string | null;
}

export const ANYONE = 'anyone';
export const FIRST_RHYTHM: Rhythm = { weeks: 2, ends: 'times', times: 6, until: null, with: null };

const MONTH = 'month';
const WEEKS = Array.from({ length: 12 }, (_, nth) => nth + 1);

interface RhythmFieldsProps {
  start: string;
  rhythm: Rhythm;
  plan: SeriesPlan | undefined;
  onChange(change: Partial<Rhythm>): void;
}

export function RhythmFields({ start, rhythm, plan, onChange }: RhythmFieldsProps) {
  const words = useWords(seriesWords);
  const say = useSay();
  const names = useNames();
  const rank = Math.ceil(Number(start.slice(8, 10)) / 7);
  const [weekday = ''] = say.date(start.slice(0, 10)).split(' ');
  const agents = [...new Set([...(plan?.agentIds ?? []), ...(plan?.agentId ? [plan.agentId] : [])])];
  return (
    <>
      <div className="form-row">
        <SelectField
          label={words.rhythm}
          autoFocus
          value={rhythm.weeks === null ? MONTH : String(rhythm.weeks)}
          onChange={(chosen) => onChange({ weeks: chosen === MONTH ? null : Number(chosen) })}
          options={[
            ...WEEKS.map((n) => ({ id: String(n), label: words.everyWeeks(n) })),
            { id: MONTH, label: words.everyMonth(rank, weekday) },
          ]}
        />
        {agents.length > 0 && (
          <SelectField
            label={words.with}
            value={rhythm.with ?? plan?.agentId ?? ANYONE}
            onChange={(chosen) => onChange({ with: chosen })}
            options={[
              ...agents.map((id) => ({ id, label: names.agent(id)?.name ?? '' })),
              { id: ANYONE, label: words.anyone },
            ]}
          />
        )}
      </div>
      <div>
        <Segmented
          label={words.end}
          value={rhythm.ends}
          onChange={(ends) => onChange({ ends })}
          options={[
            { id: 'times', label: words.byTimes },
            { id: 'day', label: words.byDay },
          ]}
        />
      </div>
      {rhythm.ends === 'times' ? (
        <NumberField
          label={words.times}
          hint={words.timesHint}
          value={rhythm.times}
          minValue={2}
          maxValue={24}
          onChange={(times) => times !== null && onChange({ times })}
        />
      ) : (
        <DateField label={words.until} value={rhythm.until} onChange={(until) => onChange({ until })} />
      )}
    </>
  );
}
