import type { Usager, UsagerBody } from '@app/contract';
import { withPlainSpaces } from '@app/time';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { get, Refused, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { sayPhone, useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Checkbox, NumberField, SelectField, TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { AlreadyKnown } from './already-known';
import { ContactFields, SafetyFields } from './contact-fields';
import { languageOptions } from './languages';
import { marksWords } from './marks-words';
import { NOBODY } from './nobody';
import { SectorField } from './sector-field';
import { usagerWords } from './words';

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
  const marks = useWords(marksWords);
  const navigate = useNavigate();
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
        {!usager && <AlreadyKnown typed={body} onTake={({ id }) => void navigate(`/usagers/${id}`)} />}
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
            error={errors.language}
            options={languageOptions(language, [body.language])}
          />
        </div>
        <Checkbox value={body.interpreter} onChange={(interpreter) => change({ interpreter })}>
          {marks.interpreter}
        </Checkbox>
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
        <ContactFields body={body} errors={errors} onChange={change} />
        <SafetyFields body={body} errors={errors} onChange={change} />
        <SectorField value={body.sectorId} onChange={(sectorId) => change({ sectorId })} />
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
function bodyOf({ id: _id, phoneKind: _kind, referents: _referents, version: _version, ...body }: Usager): UsagerBody {
  const dialled = (phone: string | null) => phone && withPlainSpaces(sayPhone(phone));
  const contact = body.contact && { ...body.contact, phone: dialled(body.contact.phone) };
  return { ...body, contact, phone: dialled(body.phone) };
}
