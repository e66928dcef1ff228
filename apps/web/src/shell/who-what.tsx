import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useNames, useNeedsFound, useUsagersFound } from '../api/queries';
import { useWords } from '../i18n/language';
import { useSay } from '../i18n/say';
import { Key } from '../ui/button';
import { PartnerMark } from '../ui/partner-mark';
import { whyNotSought } from '../ui/problem';
import { Suggest } from '../ui/suggest';
import { knownWords } from '../screens/usagers/known-words';
import { shellWords } from './words';

/** "Qui ? Pour quoi ?": one box that finds a person (name, phone, birth year) or what someone may come for. */
export function WhoWhat() {
  const words = useWords(shellWords);
  const known = useWords(knownWords);
  const say = useSay();
  const names = useNames();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const { data: people = [], isPending, isPlaceholderData } = useUsagersFound(typed);
  const needs = useNeedsFound(typed);
  const q = typed.trim();
  const isTyped = q.length >= 2;
  return (
    <Suggest
      label={words.who}
      labelIsHidden
      placeholder={words.who}
      inputId="qui-pour-quoi"
      floats
      isStale={isTyped && (isPending || isPlaceholderData || needs.isPending || needs.isPlaceholderData)}
      typed={typed}
      onType={setTyped}
      none={(isTyped && whyNotSought(needs.error)) || words.noAnswer}
      after={<Key>/</Key>}
      onPick={(picked) => {
        setTyped('');
        const [kind, id] = picked.split(' ');
        const to = {
          usager: `/usagers/${id}`,
          motif: `/creneaux?motif=${id}`,
          need: `/creneaux?besoin=${encodeURIComponent(q)}`,
        }[kind ?? ''];
        // The next key is for the screen that comes; the list, on its way out, would take the focus back.
        setTimeout(() => document.getElementById('qui-pour-quoi')?.blur());
        if (to) void navigate(to, { state: { sought: true } });
      }}
      groups={[
        {
          id: 'people',
          title: words.people,
          suggestions: !isTyped
            ? []
            : people.map((person) => ({
                id: `usager ${person.id}`,
                text: `${person.firstName} ${person.lastName}`.trim(),
                detail: [
                  person.phone && say.phone(person.phone),
                  person.phoneShared && words.sharedPhone,
                  person.birthYear && words.born(person.birthYear),
                  person.safeContact && known.safe,
                ]
                  .filter(Boolean)
                  .join(' · '),
              })),
        },
        {
          id: 'motifs',
          title: words.needs,
          suggestions:
            !isTyped || !needs.data?.length
              ? []
              : [
                  { id: 'need', text: words.whoCanHelp(q) },
                  ...needs.data.map(({ motifId, partnerId, because }) => ({
                    id: `motif ${motifId}`,
                    text: names.motif(motifId)?.label ?? '',
                    detail: [names.partner(partnerId)?.shortName, words.because(because.join(', '))].join(' · '),
                    before: <PartnerMark partner={names.partner(partnerId)} />,
                  })),
                ],
        },
      ]}
    />
  );
}
