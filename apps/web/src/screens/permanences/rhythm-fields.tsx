import { sayMonth, sayWeekday } from '@app/time';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { DateField } from '../../ui/date-field';
import { NumberField, SelectField } from '../../ui/field';
import { Many } from '../../ui/many';
import { RANKS, type Rhythm, type RhythmKind } from './rhythm';
import { permanenceWords } from './words';

const KINDS: readonly RhythmKind[] = ['weekly', 'every-n-weeks', 'even-weeks', 'odd-weeks', 'monthly', 'once'];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const WIDEST = 52;

interface RhythmFieldsProps {
  rhythm: Rhythm;
  error: string | undefined;
  onChange(rhythm: Rhythm): void;
}

/** How often it comes back. Going from one rhythm to another keeps the days already chosen. */
export function RhythmFields({ rhythm, error, onChange }: RhythmFieldsProps) {
  const words = useWords(permanenceWords);
  const { language } = useSay();
  const change = (part: Partial<Rhythm>) => onChange({ ...rhythm, ...part });
  const { kind } = rhythm;
  const repeats = kind !== 'once' && kind !== 'written';
  return (
    <>
      <div className="form-row">
        <SelectField
          label={words.rhythm}
          value={kind}
          onChange={(chosen) => change({ kind: chosen as RhythmKind })}
          error={repeats ? undefined : error}
          options={[...KINDS, ...(rhythm.written ? (['written'] as const) : [])].map((id) => ({
            id,
            label: words.rhythms[id],
          }))}
        />
        {kind === 'every-n-weeks' && (
          <NumberField
            label={words.every}
            value={rhythm.every}
            onChange={(every) => change({ every: every ?? 2 })}
            minValue={2}
            maxValue={WIDEST}
          />
        )}
      </div>
      {kind === 'written' && rhythm.written && <p className="hint">{words.writtenAs(rhythm.written.rrule)}</p>}
      {kind === 'monthly' && (
        <Many
          label={words.ranks}
          hint={rhythm.ranks.includes(5) ? words.fifth : undefined}
          value={rhythm.ranks.map(String)}
          onChange={(ranks) => change({ ranks: ranks.map(Number) })}
          options={RANKS.map((rank) => ({ id: String(rank), label: words.rank[rank] ?? '' }))}
        />
      )}
      {repeats && (
        <Many
          label={words.days}
          error={error}
          value={rhythm.days.map(String)}
          onChange={(days) => change({ days: days.map(Number) })}
          options={WEEKDAYS.map((day) => ({ id: String(day), label: sayWeekday(day, language) }))}
        />
      )}
      {repeats && (
        <details>
          <summary>{words.limits}</summary>
          <div className="form">
            <DateField label={words.until} value={rhythm.until} onChange={(until) => change({ until })} />
            <Many
              label={words.months}
              hint={words.monthsHint}
              value={rhythm.months.map(String)}
              onChange={(months) => change({ months: months.map(Number) })}
              options={MONTHS.map((month) => ({ id: String(month), label: sayMonth(month, language) }))}
            />
          </div>
        </details>
      )}
    </>
  );
}
