import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useNames, useUsagersFound } from '../api/queries';
import { matches } from '../i18n/compare';
import { useWords } from '../i18n/language';
import { useSay } from '../i18n/say';
import { Key } from '../ui/button';
import { PartnerMark } from '../ui/partner-mark';
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
  const motifs = names.motifs.filter(
    ({ retired, label, partnerId }) => !retired && matches(`${label} ${names.partner(partnerId)?.name ?? ''}`, typed),
  );
  return (
    <Suggest
      label={words.who}
      labelIsHidden
      placeholder={words.who}
      inputId="qui-pour-quoi"
      floats
      isStale={typed.trim().length >= 2 && (isPending || isPlaceholderData)}
      typed={typed}
      onType={setTyped}
      none={words.noAnswer}
      after={<Key>/</Key>}
      onPick={(picked) => {
        setTyped('');
        const [kind, id] = picked.split(' ');
        void navigate(kind === 'usager' ? `/usagers/${id}` : `/creneaux?motif=${id}`);
      }}
      groups={[
        {
          id: 'people',
          title: words.people,
          suggestions:
            typed.trim().length < 2
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
          suggestions: motifs.slice(0, 8).map(({ id, label, partnerId }) => ({
            id: `motif ${id}`,
            text: label,
            detail: names.partner(partnerId)?.name ?? '',
            before: <PartnerMark partner={names.partner(partnerId)} />,
          })),
        },
      ]}
    />
  );
}
