import { useState } from 'react';
import { useNames, useNeedsFound } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { PartnerMark } from '../../ui/partner-mark';
import { Suggest } from '../../ui/suggest';
import { findWords } from './words';

const ALL = 'all';

interface WhatForProps {
  /** Everything that answers to these words. */
  onWords(words: string): void;
  onMotif(motifId: string): void;
}

/** What someone comes for, in her own words: Enter asks who can help, arrows take one of the answers alone. */
export function WhatFor({ onWords, onMotif }: WhatForProps) {
  const words = useWords(findWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const [typed, setTyped] = useState('');
  const q = typed.trim();
  const { data: found = [] } = useNeedsFound(typed);
  const known = names.motifs.filter(({ retired }) => !retired);
  const partners = names.partners.filter(({ id }) => known.some(({ partnerId }) => partnerId === id));
  const suggestion = (motifId: string, because: readonly string[]) => {
    const motif = names.motif(motifId);
    const detail = [
      motif && shared.minutes(motif.durationMinutes),
      because.length > 0 ? words.because(because.join(', ')) : motif?.audience,
    ];
    return {
      id: motifId,
      text: motif?.label ?? '',
      detail: detail.filter(Boolean).join(' · '),
      before: <PartnerMark partner={names.partner(motif?.partnerId ?? null)} />,
    };
  };
  const everything = partners.map((partner) => ({
    id: partner.id,
    title: partner.name,
    suggestions: known.filter(({ partnerId }) => partnerId === partner.id).map(({ id }) => suggestion(id, [])),
  }));
  const answers = [
    { id: 'everyone', title: words.whoCanHelp, suggestions: [{ id: ALL, text: words.all(q) }] },
    {
      id: 'needs',
      title: words.oneOnly,
      suggestions: q.length < 2 ? [] : found.map(({ motifId, because }) => suggestion(motifId, because)),
    },
  ];
  return (
    <div className="card what-for">
      <Suggest
        label={words.what}
        placeholder={words.whatHint}
        autoFocus
        typed={typed}
        onType={setTyped}
        none={words.none}
        onPick={(id) => (id === ALL ? onWords(q) : onMotif(id))}
        groups={q === '' ? everything : answers}
      />
    </div>
  );
}
