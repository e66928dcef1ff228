import type { Motif } from '@app/contract';
import { useState } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Checkbox, SelectField } from '../../ui/field';
import { motifWords } from '../settings/motif-words';
import { sayLanguage } from '../usagers/languages';
import { MODES, type Mode, type Wanted, YES } from './wanted';
import { findWords } from './words';

const ANY = 'any';
const NONE = { service: null, langue: null, mode: null, accessible: null, interprete: null };

interface MoreCriteriaProps {
  wanted: Wanted;
  /** Those chosen; none when everyday words are searched. */
  motifs: readonly Motif[];
  onChange(change: Record<string, string | null>): void;
}

/** What is seldom asked, folded away: who receives, in which language, how and where one can come. */
export function MoreCriteria({ wanted, motifs, onChange }: MoreCriteriaProps) {
  const words = useWords(findWords);
  const motif = useWords(motifWords);
  const names = useNames();
  const say = useSay();
  const { partner, language, mode, accessible, interpreter } = wanted;
  const count = [partner, language, mode, accessible, interpreter].filter(Boolean).length;
  // Open as it was found; then whoever reads it opens and closes it.
  const [isFoundOpen] = useState(count > 0);
  const partners = names.partners.filter(
    ({ id, retired }) => !retired && (motifs.length === 0 || motifs.some(({ partnerId }) => partnerId === id)),
  );
  const spoken = new Set(names.agents.flatMap(({ retired, languages }) => (retired ? [] : languages)));
  if (language) spoken.add(language);
  // Everybody speaks it: chosen only by an address.
  const codes = [...spoken].filter((code) => code !== 'fr' || code === language);
  const inWords = new Intl.DisplayNames([say.language], { type: 'language' });
  const orAny = (value: string) => (value === ANY ? null : value);
  const yes = (is: boolean) => (is ? YES : null);
  return (
    <details className="more-criteria" open={isFoundOpen}>
      <summary>{words.moreCriteria(count)}</summary>
      <fieldset>
        <legend className="visually-hidden">{words.criteria}</legend>
        {(partners.length > 1 || partner) && (
          <SelectField
            label={words.partner}
            value={partner ?? ANY}
            onChange={(service) => onChange({ service: orAny(service) })}
            options={[{ id: ANY, label: words.anyPartner }, ...partners.map(({ id, name }) => ({ id, label: name }))]}
          />
        )}
        {codes.length > 0 && (
          <SelectField
            label={words.language}
            value={language ?? ANY}
            onChange={(langue) => onChange({ langue: orAny(langue) })}
            options={[
              { id: ANY, label: words.anyLanguage },
              ...codes.map((id) => ({ id, label: sayLanguage(id, inWords) })),
            ]}
          />
        )}
        <SelectField
          label={words.mode}
          value={mode ?? ANY}
          onChange={(chosen) => onChange({ mode: chosen === ANY ? null : MODES[chosen as Mode] })}
          options={[
            { id: ANY, label: words.anyMode },
            ...(Object.keys(MODES) as Mode[]).map((id) => ({ id, label: motif.modesAre[id] })),
          ]}
        />
        <Checkbox value={accessible} onChange={(is) => onChange({ accessible: yes(is) })}>
          {words.accessible}
        </Checkbox>
        <Checkbox value={interpreter} onChange={(is) => onChange({ interprete: yes(is) })}>
          {words.interpreter}
        </Checkbox>
        {count > 0 && (
          <Button look="quiet" onPress={() => onChange(NONE)}>
            {words.noCriteria}
          </Button>
        )}
      </fieldset>
    </details>
  );
}
