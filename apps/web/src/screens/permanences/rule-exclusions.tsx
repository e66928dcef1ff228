import { newKey } from '../../api/client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { DateField } from '../../ui/date-field';
import { SelectField, TextField } from '../../ui/field';
import { type ExcludedDraft, type RuleDraft, SCHOOL_NAMES } from './draft';
import { exclusionWords } from './exclusion-words';
import { permanenceWords } from './words';

interface RuleExclusionsProps {
  rule: RuleDraft;
  onChange(part: Partial<RuleDraft>): void;
  error(field: string): string | undefined;
}

const AS_ALL = 'as-all';
const EVERY = 'every';

/** What one line leaves out: days by name, and holidays when it says of them something else than the permanence. */
export function RuleExclusions({ rule, onChange, error }: RuleExclusionsProps) {
  const words = useWords(exclusionWords);
  const { schoolOptions, holidayOptions } = useWords(permanenceWords);
  const { excluded, schoolHolidays: school, onHoliday } = rule;
  const put = (nth: number, part: Partial<ExcludedDraft>) =>
    onChange({ excluded: excluded.map((one, at) => (at === nth ? { ...one, ...part } : one)) });
  return (
    <details open={excluded.length > 0 || school !== null || onHoliday !== null}>
      <summary>{words.title}</summary>
      <div className="form">
        {excluded.map((one, nth) => (
          <Days
            key={one.key}
            days={one}
            onChange={(part) => put(nth, part)}
            onRemove={() => onChange({ excluded: excluded.filter(({ key }) => key !== one.key) })}
            error={(field) => error(`excluded.${nth}.${field}`)}
          />
        ))}
        <div className="acts">
          <Button
            look="quiet"
            onPress={() => onChange({ excluded: [...excluded, { key: newKey(), from: null, to: null, cause: '' }] })}
          >
            {words.add}
          </Button>
        </div>
        <div className="form-row">
          <SelectField
            label={words.school}
            value={school?.when ?? AS_ALL}
            onChange={(when) =>
              onChange({
                schoolHolidays:
                  when === AS_ALL
                    ? null
                    : { when: when as 'any', name: when === 'any' ? null : (school?.name ?? null) },
              })
            }
            options={[
              { id: AS_ALL, label: words.asAll },
              ...(['any', 'outside', 'only'] as const).map((id) => ({ id, label: schoolOptions[id] })),
            ]}
          />
          {school && school.when !== 'any' && (
            <SelectField
              label={words.which}
              value={school.name ?? EVERY}
              onChange={(name) =>
                onChange({ schoolHolidays: { ...school, name: name === EVERY ? null : (name as 'Noël') } })
              }
              options={[
                { id: EVERY, label: words.every },
                ...SCHOOL_NAMES.map((id) => ({ id, label: words.names[id] })),
              ]}
            />
          )}
          <SelectField
            label={words.holiday}
            value={onHoliday ?? AS_ALL}
            onChange={(id) => onChange({ onHoliday: id === AS_ALL ? null : (id as 'skip') })}
            options={[
              { id: AS_ALL, label: words.asAll },
              ...(['skip', 'move', 'keep'] as const).map((id) => ({ id, label: holidayOptions[id] })),
            ]}
          />
        </div>
      </div>
    </details>
  );
}

interface DaysProps {
  days: ExcludedDraft;
  onChange(part: Partial<ExcludedDraft>): void;
  onRemove(): void;
  error(field: string): string | undefined;
}

function Days({ days, onChange, onRemove, error }: DaysProps) {
  const words = useWords(exclusionWords);
  const say = useSay();
  return (
    <div className="hours-row">
      <DateField
        label={words.from}
        value={days.from}
        // One day is the usual case: the last is the first until someone says otherwise.
        onChange={(from) => onChange({ from, ...(days.to === null || days.to === days.from ? { to: from } : {}) })}
        error={error('from')}
      />
      <DateField label={words.to} value={days.to} onChange={(to) => onChange({ to })} error={error('to')} />
      <TextField
        label={words.cause}
        value={days.cause}
        onChange={(cause) => onChange({ cause })}
        maxLength={120}
        error={error('cause')}
      />
      <Button
        look="quiet"
        aria-label={days.from ? words.removeOf(say.date(days.from)) : words.remove}
        onPress={onRemove}
      >
        {words.remove}
      </Button>
    </div>
  );
}
