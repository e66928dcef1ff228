import type { WaitingBody } from '@app/contract';
import { useState } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { SelectField } from '../../ui/field';
import { Segmented } from '../../ui/segmented';
import { waitingWords } from './words';

const ANY = 'any';

/** With whom, where and in which half of the day she could come; null: any. */
export type Suits = Pick<WaitingBody, 'agentId' | 'siteId' | 'part'>;

/** What suits a person for a motif, from what the search asked for on. */
export function useSuits(motifId: string | null, wish: Partial<Suits>) {
  const names = useNames();
  const [chosen, choose] = useState<Suits>({
    agentId: wish.agentId ?? null,
    siteId: wish.siteId ?? null,
    part: wish.part ?? null,
  });
  const partnerId = names.motif(motifId)?.partnerId;
  const agents = names.agents.filter((agent) => !agent.retired && agent.partnerId === partnerId);
  // Whoever was chosen for another partner's motif does not receive for this one.
  const suits = { ...chosen, agentId: agents.find(({ id }) => id === chosen.agentId)?.id ?? null };
  return { suits, agents, choose };
}

interface SuitsFieldsProps extends ReturnType<typeof useSuits> {
  /** Who receives when no agent is chosen. */
  anyone: string;
}

/** In the order of the search: when, where, with whom. */
export function SuitsFields({ suits, agents, choose, anyone }: SuitsFieldsProps) {
  const words = useWords(waitingWords);
  const sites = useNames().sites.filter(({ retired }) => !retired);
  return (
    <>
      <Segmented
        label={words.part}
        value={suits.part ?? ANY}
        onChange={(part) => choose({ ...suits, part: part === ANY ? null : part })}
        options={[
          { id: ANY, label: words.anyPart },
          { id: 'morning', label: words.morning },
          { id: 'afternoon', label: words.afternoon },
        ]}
      />
      {sites.length > 1 && (
        <SelectField
          label={words.site}
          value={suits.siteId ?? ANY}
          onChange={(id) => choose({ ...suits, siteId: id === ANY ? null : id })}
          options={[{ id: ANY, label: words.anySite }, ...sites.map(({ id, name }) => ({ id, label: name }))]}
        />
      )}
      {agents.length > 0 && (
        <SelectField
          label={words.agent}
          value={suits.agentId ?? ANY}
          onChange={(id) => choose({ ...suits, agentId: id === ANY ? null : id })}
          options={[{ id: ANY, label: anyone }, ...agents.map(({ id, name }) => ({ id, label: name }))]}
        />
      )}
    </>
  );
}
