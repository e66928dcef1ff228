import type { Absence, AbsenceEffect, AbsenceSaved } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Confirm, Panel } from '../../ui/dialog';
import { SelectField, TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { Touched, useAbsenceEffect } from './absence-effect';
import { absenceWords } from './absence-words';
import { HoursFields, type Hours, useHours } from './hours-fields';

interface AbsencePanelProps {
  absence: Absence | null;
  /** Whose absence may be recorded here. */
  agents: readonly { id: string; name: string }[];
  /** The hours to begin with, from a date that is shown. */
  at?: Hours | undefined;
  onClose(): void;
}

/** Someone is away: what it touches is shown before it is recorded. */
export function AbsencePanel({ absence, agents, at, onClose }: AbsencePanelProps) {
  const words = useWords(absenceWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const post = useOnce();
  const [agentId, setAgentId] = useState(absence?.agentId ?? (agents.length === 1 ? (agents[0]?.id ?? null) : null));
  const [label, setLabel] = useState(absence?.label ?? '');
  const [asks, setAsks] = useState(false);
  const { chosen, choose, hours } = useHours(absence ?? at ?? null);
  const body = agentId && hours ? { agentId, ...hours, label: '' } : null;
  // The label changes nothing of what it touches: the dry run does without.
  const asked = useAbsenceEffect(body, ({ agentId: who, ...when }) =>
    absence
      ? send<AbsenceSaved>('PUT', `/absences/${absence.id}`, { ...when, dryRun: true })
      : send<AbsenceSaved>('POST', '/absences', { agentId: who, ...when, dryRun: true }),
  );
  const over = (said: string) => {
    toast(said);
    onClose();
    return queryClient.invalidateQueries();
  };
  const saving = useMutation({
    mutationFn: () =>
      absence
        ? send<AbsenceSaved>('PUT', `/absences/${absence.id}`, { ...hours, label })
        : post<AbsenceSaved>('/absences', { ...body, label }),
    onSuccess: ({ dates, people }) =>
      over(people > 0 || dates.some(({ left }) => left !== 'someone') ? words.saved : words.savedNothing),
  });
  const errors = fieldErrors(saving.error);
  return (
    <Panel
      title={absence || agents.length === 1 ? words.edit(names.agent(agentId)?.name ?? '') : words.create}
      isOpen
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (asked.effect) saving.mutate();
        }}
      >
        {!absence && agents.length !== 1 && (
          <SelectField
            label={words.agent}
            placeholder={words.choose}
            value={agentId}
            onChange={setAgentId}
            error={errors.agentId}
            options={agents.map(({ id, name }) => ({
              id,
              label: name,
              detail: names.partner(names.agent(id)?.partnerId ?? null)?.name ?? '',
            }))}
          />
        )}
        <HoursFields chosen={chosen} onChange={choose} mayBeDays errors={errors} />
        <TextField
          label={words.label}
          hint={words.labelHint}
          value={label}
          onChange={setLabel}
          error={errors.label}
          maxLength={60}
        />
        {body && <Touched {...asked} />}
        <ProblemNote error={saving.error} />
        <div className="acts">
          <Button
            look={asked.effect?.people ? 'danger' : 'primary'}
            type="submit"
            isDisabled={!asked.effect}
            isPending={saving.isPending}
          >
            {shared.save}
          </Button>
          {absence && <Button onPress={() => setAsks(true)}>{words.remove}</Button>}
        </div>
      </Form>
      {absence && asks && <Back absence={absence} onClose={() => setAsks(false)} onDone={() => over(words.removed)} />}
    </Panel>
  );
}

function Back({ absence, onClose, onDone }: { absence: Absence; onClose(): void; onDone(): void }) {
  const words = useWords(absenceWords);
  const path = `/absences/${absence.id}`;
  const asked = useAbsenceEffect(`${path}?dryRun=true`, (address) => send<AbsenceEffect>('DELETE', address));
  const removing = useMutation({ mutationFn: () => send<AbsenceEffect>('DELETE', path), onSuccess: onDone });
  return (
    <Confirm
      title={words.removeTitle}
      confirm={words.remove}
      isOpen
      isPending={removing.isPending}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>{words.removeWhy}</p>
      <Touched {...asked} />
      <ProblemNote error={removing.error} />
    </Confirm>
  );
}
