import { useState } from 'react';
import { useUsagersFound } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Suggest } from '../../ui/suggest';
import { waitingWords } from './words';

export interface Person {
  id: string;
  name: string;
}

interface WhoWaitsProps {
  label: string;
  person: Person | null;
  onPick(person: Person | null): void;
}

/** One who is known already, by name, phone or year. */
export function WhoWaits({ label, person, onPick }: WhoWaitsProps) {
  const words = useWords(waitingWords);
  const say = useSay();
  const [typed, setTyped] = useState('');
  const { data: people = [], isPending, isPlaceholderData } = useUsagersFound(typed, 6);
  if (person)
    return (
      <p className="line">
        <b>{person.name}</b>
        {/* The box that was left is gone: the keys go on from here. */}
        <Button look="quiet" autoFocus onPress={() => onPick(null)}>
          {words.other}
        </Button>
      </p>
    );
  return (
    <Suggest
      label={label}
      placeholder={words.whoHint}
      autoFocus
      typed={typed}
      onType={setTyped}
      isStale={typed.trim().length >= 2 && (isPending || isPlaceholderData)}
      none={words.unknown}
      onPick={(picked) => {
        const found = people.find(({ id }) => id === picked);
        if (found) onPick({ id: found.id, name: `${found.firstName} ${found.lastName}`.trim() });
      }}
      groups={[
        {
          id: 'people',
          title: words.people,
          suggestions: (typed.trim().length < 2 ? [] : people).map((one) => ({
            id: one.id,
            text: `${one.firstName} ${one.lastName}`.trim(),
            detail: [one.phone && say.phone(one.phone), one.birthYear].filter(Boolean).join(' · '),
          })),
        },
      ]}
    />
  );
}
