import type { UsagerBody } from '@app/contract';
import { useUsagersFound } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Checkbox, NumberField, SelectField, TextField } from '../../ui/field';
import { Suggest } from '../../ui/suggest';
import { AlreadyKnown, nameOf } from '../usagers/already-known';
import { knownWords } from '../usagers/known-words';
import { marksWords } from '../usagers/marks-words';
import { aNewPerson, useDraft } from './draft';
import { bookingWords } from './words';

const NEW = 'new';

/** A known person: type, Enter. An unknown one: the same box, Enter, and her name is already written. */
export function PersonStep({ errors }: { errors: Record<string, string> }) {
  const { draft } = useDraft();
  if (draft.chosen) return <Chosen />;
  if (draft.fresh) return <NewPerson person={draft.fresh} errors={errors} />;
  return <Search />;
}

function Chosen() {
  const words = useWords(bookingWords);
  const say = useSay();
  const { draft, keep } = useDraft();
  if (!draft.chosen) return null;
  return (
    <div className="chosen">
      <div>
        <b>{draft.chosen.name}</b>
        {draft.chosen.phone && <span className="nb"> {say.phone(draft.chosen.phone)}</span>}
      </div>
      <Button look="quiet" onPress={() => keep({ chosen: null })}>
        {words.another}
      </Button>
    </div>
  );
}

function Search() {
  const words = useWords(bookingWords);
  const known = useWords(knownWords);
  const say = useSay();
  const { draft, keep } = useDraft();
  const { data: found = [], isPending, isPlaceholderData } = useUsagersFound(draft.typed);
  const enough = draft.typed.trim().length >= 2;
  const isStale = enough && (isPending || isPlaceholderData);
  const people = enough ? found : [];
  return (
    <Suggest
      label={words.who}
      placeholder={words.whoHint}
      autoFocus
      isStale={isStale}
      typed={draft.typed}
      onType={(typed) => keep({ typed })}
      onPick={(id) => {
        if (id === NEW) return keep({ fresh: aNewPerson(draft.typed) });
        const person = people.find((someone) => someone.id === id);
        if (person)
          keep({ chosen: { id, name: `${person.firstName} ${person.lastName}`.trim(), phone: person.phone } });
      }}
      groups={[
        {
          id: 'known',
          title: words.known,
          suggestions: people.map(({ id, firstName, lastName, phone, birthYear, safeContact }) => ({
            id,
            text: `${firstName} ${lastName}`.trim(),
            detail: [phone && say.phone(phone), birthYear && words.born(birthYear), safeContact && known.safe]
              .filter(Boolean)
              .join(' · '),
          })),
        },
        {
          id: 'unknown',
          title: words.nobodyYet,
          suggestions: enough && !isPending ? [{ id: NEW, text: words.newPerson(draft.typed.trim()) }] : [],
        },
      ]}
    />
  );
}

function NewPerson({ person, errors }: { person: UsagerBody; errors: Record<string, string> }) {
  const words = useWords(bookingWords);
  const marks = useWords(marksWords);
  const { keep } = useDraft();
  const change = (changed: Partial<UsagerBody>) => keep({ fresh: { ...person, ...changed } });
  const error = (field: keyof UsagerBody) => errors[`usager.${field}`] ?? errors[field];
  const needsPhone = person.firstName !== '' && person.lastName !== '';
  return (
    <div className="form">
      <div className="form-row">
        <TextField
          label={words.firstName}
          value={person.firstName}
          onChange={(firstName) => change({ firstName })}
          error={error('firstName')}
          autoComplete="off"
          autoFocus={!needsPhone}
        />
        <TextField
          label={words.lastName}
          value={person.lastName}
          onChange={(lastName) => change({ lastName })}
          error={error('lastName')}
          autoComplete="off"
          isRequired
        />
      </div>
      <div className="form-row">
        <TextField
          label={words.phone}
          hint={words.phoneHint}
          type="tel"
          value={person.phone ?? ''}
          onChange={(phone) => change({ phone: phone === '' ? null : phone })}
          error={error('phone')}
          autoComplete="off"
          autoFocus={needsPhone}
        />
        <SelectField
          label={words.toldBy}
          value={person.toldBy}
          onChange={(toldBy) => change({ toldBy: toldBy as UsagerBody['toldBy'] })}
          options={Object.entries(words.toldByOptions).map(([id, label]) => ({ id, label }))}
        />
      </div>
      <AlreadyKnown
        typed={person}
        onTake={(known) => keep({ fresh: null, chosen: { id: known.id, name: nameOf(known), phone: known.phone } })}
      />
      <Checkbox value={person.phoneShared} onChange={(phoneShared) => change({ phoneShared })}>
        {words.phoneShared}
      </Checkbox>
      <div className="form-row">
        <SelectField
          label={words.language}
          value={person.language}
          onChange={(language) => change({ language })}
          options={Object.entries(words.languages).map(([id, label]) => ({ id, label }))}
        />
        <NumberField
          label={words.birthYear}
          value={person.birthYear}
          onChange={(birthYear) => change({ birthYear })}
          error={error('birthYear')}
        />
      </div>
      <Checkbox value={person.interpreter} onChange={(interpreter) => change({ interpreter })}>
        {marks.interpreter}
      </Checkbox>
      <TextField
        label={words.note}
        hint={words.noteHint}
        value={person.note}
        onChange={(note) => change({ note })}
        error={error('note')}
        maxLength={80}
      />
      <Button look="quiet" className="start" onPress={() => keep({ fresh: null })}>
        {words.another}
      </Button>
    </div>
  );
}
