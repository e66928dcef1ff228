import { useState } from 'react';
import { useAppointmentsOf, useNames, useNeedsFound } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { PartnerMark } from '../../ui/partner-mark';
import { whyNotSought } from '../../ui/problem';
import { Suggest } from '../../ui/suggest';
import { findWords } from './words';
import './find.css';

const ALL = 'all';
/** Someone who comes back mostly comes for one of these. */
const LAST_MOTIFS = 3;

interface WhatForProps {
  /** Who asks, when she is known. */
  usagerId: string | null;
  /** On her own page, which gives it the focus: before anything is typed, only what she came for last. */
  inputId?: string;
  /** Everything that answers to these words. */
  onWords(words: string): void;
  onMotif(motifId: string): void;
}

/** What someone comes for, in her own words: Enter asks who can help, arrows take one of the answers alone. */
export function WhatFor({ usagerId, inputId, onWords, onMotif }: WhatForProps) {
  const words = useWords(findWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const isShort = inputId !== undefined;
  const [typed, setTyped] = useState('');
  const q = typed.trim();
  const { data: found = [], error, isPending, isPlaceholderData } = useNeedsFound(typed);
  const isTyped = q.length >= 2;
  const whyNot = isTyped ? whyNotSought(error) : undefined;
  const known = names.motifs.filter(({ retired }) => !retired);
  const partners = names.partners.filter(({ id }) => known.some(({ partnerId }) => partnerId === id));
  const { data: appointments = [] } = useAppointmentsOf(usagerId);
  const last = [...new Set(appointments.map(({ motifId }) => motifId))]
    .filter((motifId) => known.some(({ id }) => id === motifId))
    .slice(0, LAST_MOTIFS);
  const suggestion = (motifId: string, because: readonly string[]) => {
    const motif = names.motif(motifId);
    const detail = [
      motif && shared.lasts(motif.durationMinutes),
      because.length > 0 ? words.because(because.join(', ')) : motif?.audience,
    ];
    return {
      id: motifId,
      text: motif?.label ?? '',
      detail: detail.filter(Boolean).join(' · '),
      before: <PartnerMark partner={names.partner(motif?.partnerId ?? null)} />,
    };
  };
  const lately = [{ id: 'last', title: words.last, suggestions: last.map((motifId) => suggestion(motifId, [])) }];
  const everything = [
    ...lately,
    ...partners.map((partner) => ({
      id: partner.id,
      title: partner.name,
      suggestions: known
        .filter(({ id, partnerId }) => partnerId === partner.id && !last.includes(id))
        .map(({ id }) => suggestion(id, [])),
    })),
  ];
  const answers = [
    { id: 'everyone', title: words.whoCanHelp, suggestions: [{ id: ALL, text: words.all(q) }] },
    {
      id: 'needs',
      title: words.oneOnly,
      suggestions: !isTyped ? [] : found.map(({ motifId, because }) => suggestion(motifId, because)),
    },
  ];
  return (
    <div className="card what-for">
      <Suggest
        label={isShort ? words.whatNext : words.what}
        placeholder={words.whatHint}
        {...(isShort ? { inputId } : { autoFocus: true })}
        typed={typed}
        onType={setTyped}
        none={whyNot ?? words.none}
        // What may be refused is not put into the address before it is known not to be.
        isStale={isTyped && (isPending || isPlaceholderData)}
        // Single keys are shortcuts again.
        onEscape={() => (document.activeElement as HTMLElement | null)?.blur()}
        onPick={(id) => (id === ALL ? onWords(q) : onMotif(id))}
        groups={whyNot ? [] : q !== '' ? answers : isShort ? lately : everything}
      />
    </div>
  );
}
