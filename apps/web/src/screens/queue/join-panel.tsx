import type { Joined, VisitBody } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import { Refused, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useNames, useUsagersFound } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Checkbox, TimeField } from '../../ui/field';
import { PartnerMark } from '../../ui/partner-mark';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { Suggest } from '../../ui/suggest';
import { say as tell } from '../../ui/toasts';
import { queueWords } from './words';
import './queue.css';

/** What someone waits for. */
export interface Wish {
  siteId: string;
  partnerId: string;
  title: string;
  occurrenceId: string | null;
  motifId: string | null;
  usager: { id: string; name: string } | null;
}

export function visitsChanged(): void {
  for (const queryKey of [keys.visits, keys.orientation]) void queryClient.invalidateQueries({ queryKey });
}

const REFUSED_ONLY_ONCE = ['queue-full', 'queue-closed'];

/** A ticket: who, if it matters, and Enter. A full queue is said, and the desk decides. */
export function JoinPanel({ wish, onClose }: { wish: Wish; onClose(): void }) {
  const words = useWords(queueWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const once = useOnce();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(wish.usager);
  const [name, setName] = useState('');
  const [urgent, setUrgent] = useState(false);
  const [time, setTime] = useState<string | null>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const isAsking = chosen === null && name === '';
  useEffect(() => {
    if (!isAsking) submit.current?.focus();
  }, [isAsking]);
  const joining = useMutation({
    mutationFn: (more: { anyway: boolean; name?: string }) => {
      const { siteId, occurrenceId, motifId } = wish;
      const body: Partial<VisitBody> = {
        siteId,
        occurrenceId,
        motifId,
        usagerId: chosen?.id ?? null,
        name: more.name ?? name,
        urgent,
        arrivedAt: time ? `${say.today}T${time}` : null,
        anyway: more.anyway,
      };
      return once<Joined>('/visits', body);
    },
    onSuccess: ({ id, number, before }) => {
      visitsChanged();
      tell(words.joined(number, before), {
        undo: { label: shared.undo, act: () => void send('DELETE', `/visits/${id}`).finally(visitsChanged) },
      });
      onClose();
    },
  });
  const { data: people = [], isPending, isPlaceholderData } = useUsagersFound(typed, 6);
  const mayInsist = joining.error instanceof Refused && REFUSED_ONLY_ONCE.includes(joining.error.problem.why ?? '');
  const errors = fieldErrors(joining.error);
  return (
    <Panel
      title={words.joinTitle}
      lead={
        <>
          <PartnerMark partner={names.partner(wish.partnerId)} />
          {wish.title}
        </>
      }
      isOpen
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          joining.mutate({ anyway: false, ...(isAsking && { name: typed.trim() }) });
        }}
      >
        {isAsking ? (
          <Suggest
            label={words.who}
            placeholder={words.whoHint}
            autoFocus
            typed={typed}
            onType={setTyped}
            isStale={typed.trim().length >= 2 && (isPending || isPlaceholderData)}
            onPick={(picked) => {
              const person = people.find(({ id }) => id === picked);
              if (person) setChosen({ id: person.id, name: `${person.firstName} ${person.lastName}`.trim() });
              else setName(typed.trim());
            }}
            groups={
              typed.trim() === ''
                ? []
                : [
                    // First: a ticket needs no record, and nobody is taken for somebody else.
                    {
                      id: 'as-written',
                      title: words.asWritten,
                      suggestions: [{ id: 'named', text: words.named(typed.trim()) }],
                    },
                    {
                      id: 'people',
                      title: words.people,
                      suggestions: (typed.trim().length < 2 ? [] : people).map((person) => ({
                        id: person.id,
                        text: `${person.firstName} ${person.lastName}`.trim(),
                        detail: [person.phone && say.phone(person.phone), person.birthYear].filter(Boolean).join(' · '),
                      })),
                    },
                  ]
            }
          />
        ) : (
          <p className="line">
            <b>{chosen?.name ?? name}</b>
            <Button
              look="quiet"
              onPress={() => {
                setChosen(null);
                setName('');
              }}
            >
              {words.other}
            </Button>
          </p>
        )}
        <Checkbox value={urgent} onChange={setUrgent}>
          {words.urgent}
        </Checkbox>
        <details>
          <summary>{words.afterwards}</summary>
          <TimeField label={words.arrivedAt} value={time} onChange={setTime} error={errors.arrivedAt} />
        </details>
        <ProblemNote error={joining.error}>
          {mayInsist && (
            <div className="acts">
              <Button
                isPending={joining.isPending}
                onPress={() => joining.mutate({ anyway: true, ...(isAsking && { name: typed.trim() }) })}
              >
                {words.anyway}
              </Button>
            </div>
          )}
        </ProblemNote>
        <Button look="primary" type="submit" ref={submit} isPending={joining.isPending}>
          {words.join}
        </Button>
      </Form>
    </Panel>
  );
}
