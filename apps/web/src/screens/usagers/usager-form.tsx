import type { Usager, UsagerBody } from '@app/contract';
import { withPlainSpaces } from '@app/time';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Link } from 'react-router';
import { get, Refused, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useUsagersFound } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { sayPhone, useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Checkbox, NumberField, SelectField, TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { useSettled } from '../../ui/settled';
import { say as toast } from '../../ui/toasts';
import { languageOptions } from './languages';
import { usagerWords } from './words';

const NOBODY: UsagerBody = {
  firstName: '',
  lastName: '',
  phone: null,
  phoneShared: false,
  language: 'fr',
  birthYear: null,
  toldBy: 'sms',
  note: '',
};

const TOLD_BY = ['sms', 'call', 'letter', 'nobody'] as const;

interface UsagerFormProps {
  /** Whom to change; nobody: a new person. */
  usager?: Usager;
  /** Words already typed in a search. */
  lastName?: string;
  onSaved(id: string): void;
  onClose(): void;
}

/** A person's few facts, in a panel. Someone else's change in between is said, and what is typed is kept. */
export function UsagerForm({ usager, lastName = '', onSaved, onClose }: UsagerFormProps) {
  const words = useWords(usagerWords);
  const shared = useWords(sharedWords);
  const { language } = useSay();
  const post = useOnce();
  const [stored, setStored] = useState(usager);
  const [body, setBody] = useState<UsagerBody>(usager ? bodyOf(usager) : { ...NOBODY, lastName });
  const change = (part: Partial<UsagerBody>) => setBody({ ...body, ...part });
  const saving = useMutation({
    mutationFn: async ({ over }: { over: boolean }) => {
      if (!stored) return (await post<{ id: string }>('/usagers', body)).id;
      const { id, version } = over ? await get<Usager>(`/usagers/${stored.id}`) : stored;
      await send<Usager>('PUT', `/usagers/${id}`, { ...body, version });
      return id;
    },
    onSuccess: (id) => {
      toast(words.saved);
      void queryClient.invalidateQueries({ queryKey: keys.usagers });
      onSaved(id);
    },
  });
  const takeTheirs = useMutation({
    mutationFn: (id: string) => get<Usager>(`/usagers/${id}`),
    onSuccess: (theirs) => {
      setStored(theirs);
      setBody(bodyOf(theirs));
      saving.reset();
    },
  });
  const errors = fieldErrors(saving.error);
  const isBehind = saving.error instanceof Refused && saving.error.problem.why === 'version';
  return (
    <Panel title={usager ? words.edit : words.create} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate({ over: false });
        }}
      >
        <div className="form-row">
          <TextField
            label={words.lastName}
            value={body.lastName}
            onChange={(value) => change({ lastName: value })}
            error={errors.lastName}
            autoComplete="off"
            maxLength={80}
            autoFocus
            isRequired
          />
          <TextField
            label={words.firstName}
            value={body.firstName}
            onChange={(firstName) => change({ firstName })}
            error={errors.firstName}
            autoComplete="off"
            maxLength={80}
          />
        </div>
        {!usager && <AlreadyKnown typed={`${body.firstName} ${body.lastName}`} />}
        <TextField
          label={words.phone}
          hint={words.phoneHint}
          value={body.phone ?? ''}
          onChange={(phone) => change({ phone: phone.trim() === '' ? null : phone })}
          error={errors.phone}
          type="tel"
          autoComplete="off"
          maxLength={30}
        />
        <Checkbox value={body.phoneShared} onChange={(phoneShared) => change({ phoneShared })}>
          {words.phoneShared}
        </Checkbox>
        <div className="form-row">
          <SelectField
            label={words.toldBy}
            value={body.toldBy}
            onChange={(toldBy) => change({ toldBy: toldBy as UsagerBody['toldBy'] })}
            options={TOLD_BY.map((id) => ({ id, label: words.toldByIs[id] }))}
          />
          <SelectField
            label={words.language}
            value={body.language}
            onChange={(chosen) => change({ language: chosen })}
            options={languageOptions(language, [body.language])}
          />
        </div>
        <NumberField
          label={words.birthYear}
          hint={words.birthYearHint}
          value={body.birthYear}
          onChange={(birthYear) => change({ birthYear })}
          error={errors.birthYear}
          minValue={1900}
          maxValue={2100}
        />
        <TextField
          label={words.note}
          hint={words.noteHint}
          value={body.note}
          onChange={(note) => change({ note })}
          error={errors.note}
          autoComplete="off"
          maxLength={80}
        />
        <ProblemNote error={saving.error}>
          {isBehind && stored && (
            <div className="acts">
              <Button onPress={() => takeTheirs.mutate(stored.id)}>{words.staleSee}</Button>
              <Button onPress={() => saving.mutate({ over: true })}>{words.staleKeep}</Button>
            </div>
          )}
        </ProblemNote>
        <Button look="primary" type="submit" isPending={saving.isPending} isDisabled={body.lastName.trim() === ''}>
          {shared.save}
        </Button>
      </Form>
    </Panel>
  );
}

/** The number is shown as one dials it; the server reads it either way. */
function bodyOf({ id: _id, phoneKind: _kind, version: _version, ...body }: Usager): UsagerBody {
  return { ...body, phone: body.phone && withPlainSpaces(sayPhone(body.phone)) };
}

/** People who may be the one being typed: their card instead of a second one. */
function AlreadyKnown({ typed }: { typed: string }) {
  const words = useWords(usagerWords);
  const say = useSay();
  const { data: people = [] } = useUsagersFound(useSettled(typed, 250), 3);
  if (typed.trim().length < 2 || people.length === 0) return null;
  return (
    <div className="note" role="status">
      <b>{words.known}</b>
      <ul className="plain">
        {people.map((person) => (
          <li key={person.id}>
            <Link to={`/usagers/${person.id}`}>
              {person.firstName} {person.lastName}
            </Link>
            {person.birthYear && `, ${words.born(person.birthYear)}`}
            {person.phone && (
              <>
                {', '}
                <span className="nb">{say.phone(person.phone)}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
