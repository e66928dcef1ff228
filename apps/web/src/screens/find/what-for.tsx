import { useState } from 'react';
import { useNames } from '../../api/queries';
import { matches } from '../../i18n/compare';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { PartnerMark } from '../../ui/partner-mark';
import { Suggest } from '../../ui/suggest';
import { findWords } from './words';

const ALL = 'all';

/** What someone comes for, in her own words: the motifs of every service that answer to them. */
export function WhatFor({ onPick }: { onPick(motifIds: string[]): void }) {
  const words = useWords(findWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const [typed, setTyped] = useState('');
  const found = names.motifs.filter((motif) => {
    const partner = names.partner(motif.partnerId);
    return !motif.retired && matches([motif.label, motif.audience, partner?.name, partner?.shortName].join(' '), typed);
  });
  const partners = names.partners.filter(({ id }) => found.some(({ partnerId }) => partnerId === id));
  const several = typed.trim() !== '' && partners.length > 1;
  return (
    <div className="card what-for">
      <Suggest
        label={words.what}
        placeholder={words.whatHint}
        autoFocus
        typed={typed}
        onType={setTyped}
        none={words.none}
        onPick={(id) => onPick(id === ALL ? found.map((motif) => motif.id) : [id])}
        groups={[
          ...partners.map((partner) => ({
            id: partner.id,
            title: partner.name,
            suggestions: found
              .filter(({ partnerId }) => partnerId === partner.id)
              .map(({ id, label, durationMinutes, audience }) => ({
                id,
                text: label,
                detail: [shared.minutes(durationMinutes), audience].filter(Boolean).join(' · '),
                before: <PartnerMark partner={partner} />,
              })),
          })),
          {
            id: 'several',
            title: words.several,
            suggestions: several ? [{ id: ALL, text: words.all(typed.trim()) }] : [],
          },
        ]}
      />
    </div>
  );
}
