import type { Motif } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { DateField } from '../../ui/date-field';
import { NumberField, SelectField, TextField } from '../../ui/field';
import { Segmented } from '../../ui/segmented';
import type { Wanted } from './wanted';
import { findWords } from './words';

interface FiltersProps {
  wanted: Wanted;
  motifs: readonly Motif[];
  onChange(change: Record<string, string | null>): void;
}

interface AskerProps {
  wanted: Wanted;
  /** Her birth year is in her record. */
  knowsAge: boolean;
  onChange(change: Record<string, string | null>): void;
}

/** Two things that only inform: how old, and from where. */
export function Asker({ wanted, knowsAge, onChange }: AskerProps) {
  const words = useWords(findWords);
  return (
    <fieldset className="asker">
      <legend className="visually-hidden">{words.asker}</legend>
      {!knowsAge && (
        <NumberField
          label={words.age}
          value={wanted.age}
          onChange={(age) => onChange({ age: age === null ? null : String(age) })}
          minValue={0}
          maxValue={130}
        />
      )}
      <TextField
        label={words.commune}
        value={wanted.commune}
        onChange={(commune) => onChange({ commune: commune || null })}
        maxLength={80}
      />
    </fieldset>
  );
}

const ANY = 'any';
const PARTS = { soonest: null, morning: 'matin', afternoon: 'apres-midi' } as const;

export function Filters({ wanted, motifs, onChange }: FiltersProps) {
  const words = useWords(findWords);
  const names = useNames();
  const sites = names.sites.filter(({ retired }) => !retired);
  const agents = names.agents.filter(
    ({ retired, partnerId }) =>
      !retired && (motifs.length === 0 || motifs.some((motif) => motif.partnerId === partnerId)),
  );
  const orAny = (value: string) => (value === ANY ? null : value);
  return (
    <fieldset className="filters">
      <legend className="visually-hidden">{words.filters}</legend>
      <Segmented
        label={words.part}
        value={wanted.part ?? 'soonest'}
        onChange={(part) => onChange({ moment: PARTS[part] })}
        options={[
          { id: 'soonest', label: words.soonest },
          { id: 'morning', label: words.morning },
          { id: 'afternoon', label: words.afternoon },
        ]}
      />
      {sites.length > 1 && (
        <SelectField
          label={words.site}
          labelIsHidden
          value={wanted.site ?? ANY}
          onChange={(site) => onChange({ site: orAny(site) })}
          options={[{ id: ANY, label: words.allSites }, ...sites.map(({ id, name }) => ({ id, label: name }))]}
        />
      )}
      {agents.length > 1 && (
        <SelectField
          label={words.agent}
          labelIsHidden
          value={wanted.agent ?? ANY}
          onChange={(agent) => onChange({ agent: orAny(agent) })}
          options={[
            { id: ANY, label: words.anyAgent },
            ...agents.map(({ id, name, profession }) => ({
              id,
              label: name,
              ...(profession && { detail: profession }),
            })),
          ]}
        />
      )}
      <DateField label={words.from} value={wanted.from} onChange={(des) => onChange({ des })} />
    </fieldset>
  );
}
