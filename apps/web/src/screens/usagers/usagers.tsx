import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useUsagersFound } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button, ButtonLink } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Answer, Empty, Page } from '../../ui/page';
import { useSettled } from '../../ui/settled';
import { waitingWords } from '../waiting/words';
import { knownWords } from './known-words';
import { UsagerForm } from './usager-form';
import { usagerWords } from './words';

const SHOWN = 30;

/** Finds a person; nobody is listed unasked. */
export function Usagers() {
  const words = useWords(usagerWords);
  const waiting = useWords(waitingWords);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [creates, setCreates] = useState(false);
  const query = useUsagersFound(useSettled(typed, 150), SHOWN);
  return (
    <Page
      title={words.title}
      lead={words.lead}
      acts={
        <>
          <ButtonLink look="quiet" href="/liste-attente">
            {waiting.title}
          </ButtonLink>
          <Button look="primary" onPress={() => setCreates(true)}>
            {words.create}
          </Button>
        </>
      }
    >
      <search className="card">
        <TextField label={words.search} value={typed} onChange={setTyped} type="search" autoComplete="off" autoFocus />
      </search>
      <div className="card">
        {typed.trim().length < 2 ? (
          <p className="hint">{words.begin}</p>
        ) : (
          <Answer query={query}>{(people) => <Found people={people} />}</Answer>
        )}
      </div>
      {creates && (
        <UsagerForm
          lastName={/\d/.test(typed) ? '' : typed.trim()}
          onSaved={(id) => void navigate(`/usagers/${id}`)}
          onClose={() => setCreates(false)}
        />
      )}
    </Page>
  );
}

function Found({ people }: { people: NonNullable<ReturnType<typeof useUsagersFound>['data']> }) {
  const words = useWords(usagerWords);
  const known = useWords(knownWords);
  const say = useSay();
  if (people.length === 0)
    return (
      <Empty title={words.none}>
        <p>{words.noneHow}</p>
      </Empty>
    );
  return (
    <ul className="plain">
      {people.map((person) => (
        <li key={person.id} className="item">
          <Link to={`/usagers/${person.id}`}>
            <b>{person.lastName}</b> {person.firstName}
          </Link>
          <p>
            {[
              person.birthYear && words.born(person.birthYear),
              person.phone && say.phone(person.phone),
              person.phoneShared && words.phoneIsShared,
              person.safeContact && known.safe,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
