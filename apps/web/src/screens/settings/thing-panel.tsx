import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Confirm, Panel } from '../../ui/dialog';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { settingsWords } from './words';

interface ThingPanelProps<Body extends object> {
  title: string;
  /** Where it lives: "/rooms". */
  path: string;
  /** null: a new one. */
  id: string | null;
  name: string;
  start: Body;
  /** The body as it is sent, when the form holds it otherwise. */
  toSend?(body: Body): unknown;
  mayRetire?: boolean;
  onClose(): void;
  children(form: {
    body: Body;
    change(part: Partial<Body>): void;
    error(field: string): string | undefined;
  }): ReactNode;
}

/** One thing of the directory, in a panel: saved, retired, or refused with its reason and nothing typed lost. */
export function ThingPanel<Body extends object>(props: ThingPanelProps<Body>) {
  const { title, path, id, name, start, toSend, mayRetire = true, onClose, children } = props;
  const words = useWords(settingsWords);
  const shared = useWords(sharedWords);
  const post = useOnce();
  const [body, setBody] = useState(start);
  const [asks, setAsks] = useState(false);
  const over = (text: string) => {
    toast(text);
    onClose();
    return queryClient.invalidateQueries({ queryKey: keys.directory });
  };
  const saving = useMutation({
    mutationFn: (): Promise<unknown> => {
      const sent = toSend ? toSend(body) : body;
      return id === null ? post(path, sent) : send('PUT', `${path}/${id}`, sent);
    },
    onSuccess: () => over(words.saved),
  });
  const retiring = useMutation({
    mutationFn: () => send('DELETE', `${path}/${id}`),
    onSuccess: () => over(words.retired(name)),
    onSettled: () => setAsks(false),
  });
  const errors = fieldErrors(saving.error);
  const problem = saving.error ?? retiring.error;
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The reason of a refusal comes at the foot of a form that may be longer than the screen.
    if (problem) foot.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  return (
    <Panel title={title} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        {children({
          body,
          change: (part) => setBody({ ...body, ...part }),
          error: (field) => Object.entries(errors).find(([at]) => at === field || at.startsWith(`${field}.`))?.[1],
        })}
        <ProblemNote error={problem} />
        <div className="acts" ref={foot}>
          <Button look="primary" type="submit" isPending={saving.isPending}>
            {shared.save}
          </Button>
          {id !== null && mayRetire && (
            <Button look="danger" onPress={() => setAsks(true)}>
              {words.retire}
            </Button>
          )}
        </div>
      </Form>
      <Confirm
        title={words.retireTitle(name)}
        confirm={words.retire}
        isOpen={asks}
        isPending={retiring.isPending}
        onConfirm={() => retiring.mutate()}
        onClose={() => setAsks(false)}
      >
        <p>{words.retireWhy}</p>
      </Confirm>
    </Panel>
  );
}

/** "visio, point d’eau" as a list. */
export function listed(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
}

/** Which line is open: one of the list, a new one, or none. */
export type Opened = { id: string | null } | null;
