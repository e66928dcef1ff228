import type { UsagerAlike, UsagerTyped } from '@app/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { send } from '../../api/client';
import { keys } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { type Say, useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { useSettled } from '../../ui/settled';
import { knownWords } from './known-words';
import './usagers.css';

interface AlreadyKnownProps {
  typed: UsagerTyped;
  onTake(person: UsagerAlike): void;
}

/** People who may be the one being typed: their record instead of a second one. */
export function AlreadyKnown({ typed, onTake }: AlreadyKnownProps) {
  const words = useWords(knownWords);
  const say = useSay();
  const people = useAlike(typed);
  if (people.length === 0) return null;
  return (
    <div className="note" role="status">
      <b>{words.known}</b>
      <ul className="plain">
        {people.map((person) => (
          <li key={person.id} className="alike">
            <span>
              {words.isIt(whoIs(person, say))}
              <br />
              <small className="hint">{person.same.map((why) => words.same[why]).join(', ')}</small>
            </span>
            <Button aria-label={words.takeOf(nameOf(person))} onPress={() => onTake(person)}>
              {words.take}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Asked once the hand rests; by a body, so that a name stays out of addresses. */
function useAlike({ firstName, lastName, phone, birthYear }: UsagerTyped): UsagerAlike[] {
  const asked = useSettled(JSON.stringify({ firstName, lastName, phone, birthYear }), 250);
  const enough = lastName.trim().length > 1 || (phone ?? '').replace(/\D/g, '').length > 9;
  const { data } = useQuery({
    queryKey: [...keys.usagers, 'alike', asked],
    enabled: enough,
    placeholderData: keepPreviousData,
    queryFn: () => send<UsagerAlike[]>('POST', '/usagers/alike', JSON.parse(asked)),
  });
  return enough ? (data ?? []) : [];
}

export const nameOf = ({ firstName, lastName }: Pick<UsagerAlike, 'firstName' | 'lastName'>) =>
  `${firstName} ${lastName}`.trim();

/** "Aminata Diallo, 1984, 06 39 98 ·· 12": enough to ask, not enough to be overheard. */
function whoIs(person: UsagerAlike, say: Say): string {
  const phone = person.phone && say.phone(person.phone).replace(/\d\d(?=\D*\d\d$)/, '··');
  return [nameOf(person), person.birthYear, phone].filter(Boolean).join(', ');
}
