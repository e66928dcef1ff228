import type { CalendarBody, CalendarFeed, CalendarLink } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { Confirm, Panel } from '../../ui/dialog';
import { Checkbox, SelectField, TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { calendarWords } from './calendar-words';
import { useRights } from './rights';

export const CALENDARS = ['calendars'] as const;
const KINDS = ['space', 'partner', 'room', 'agent'] as const;
type Kind = (typeof KINDS)[number];

const listAgain = () => queryClient.invalidateQueries({ queryKey: CALENDARS });

interface Owner {
  id: string;
  label: string;
}

/** Whose calendars the viewer may hand out, by kind. The server decides; this spares a refusal. */
function useOwners(): Record<Kind, Owner[]> {
  const { account } = useMe();
  const { setsPlace, partners } = useRights();
  const { rooms, agents } = useNames();
  // What is confidential is its own people's to give.
  const given = partners.filter(({ id, confidential }) => !confidential || id === account.partnerId);
  const ids = new Set(given.map(({ id }) => id));
  const named = ({ id, name }: { id: string; name: string }): Owner => ({ id, label: name });
  const inUse = ({ retired }: { retired: boolean }) => !retired;
  return {
    space: setsPlace ? [{ id: 'space', label: '' }] : [],
    partner: given.map(named),
    room: setsPlace ? rooms.filter(inUse).map(named) : [],
    agent: agents
      .filter(inUse)
      .filter(({ id, partnerId }) => ids.has(partnerId) || id === account.agentId)
      .map(named),
  };
}

function bodyOf(kind: Kind, ownerId: string, label: string): CalendarBody {
  switch (kind) {
    case 'space':
      return { kind, label };
    case 'partner':
      return { kind, partnerId: ownerId, label };
    case 'room':
      return { kind, roomId: ownerId, label };
    case 'agent':
      return { kind, agentId: ownerId, label };
  }
}

export function NewCalendarPanel({ onClose }: { onClose(): void }) {
  const words = useWords(calendarWords);
  const owners = useOwners();
  const post = useOnce();
  const kinds = KINDS.filter((one) => owners[one].length > 0);
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'agent');
  const [chosen, setChosen] = useState<string | null>(null);
  const [label, setLabel] = useState('');
  const [only, ...others] = owners[kind];
  const owner = others.length > 0 ? chosen : (only?.id ?? null);
  const making = useMutation({
    mutationFn: () => post<CalendarLink>('/calendars', bodyOf(kind, owner ?? '', label)),
    onSuccess: listAgain,
  });
  const errors = fieldErrors(making.error);
  if (making.data)
    return (
      <Panel title={words.create} isOpen onClose={onClose}>
        <LinkTold link={making.data} onClose={onClose} />
      </Panel>
    );
  return (
    <Panel title={words.create} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <SelectField
          label={words.which}
          value={kind}
          onChange={(one) => {
            setKind(one as Kind);
            setChosen(null);
          }}
          options={kinds.map((id) => ({ id, label: words.kinds[id], detail: words.shows[id] }))}
        />
        {kind !== 'space' && others.length > 0 && (
          <SelectField
            label={words[kind]}
            placeholder={words.choose}
            value={chosen}
            onChange={setChosen}
            error={errors[`${kind}Id`]}
            options={owners[kind]}
          />
        )}
        <p className="hint">{words.shows[kind]}</p>
        <TextField
          label={words.label}
          hint={words.labelHint}
          value={label}
          onChange={setLabel}
          error={errors.label}
          autoComplete="off"
          maxLength={60}
        />
        <ProblemNote error={making.error} />
        <div className="acts">
          <Button look="primary" type="submit" isPending={making.isPending} isDisabled={owner === null}>
            {words.make}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

/** A link that exists: its address is not told again, it can only be changed or removed. */
export function CalendarPanel({ feed, name, onClose }: { feed: CalendarFeed; name: string; onClose(): void }) {
  const words = useWords(calendarWords);
  const [asks, setAsks] = useState(false);
  const renewing = useMutation({
    mutationFn: () => send<CalendarLink>('POST', `/calendars/${feed.id}/renew`),
    onSuccess: listAgain,
  });
  const revoking = useMutation({
    mutationFn: () => send('DELETE', `/calendars/${feed.id}`),
    onSuccess: () => {
      toast(words.revoked);
      onClose();
      return listAgain();
    },
    onSettled: () => setAsks(false),
  });
  return (
    <Panel title={name} lead={feed.label || words.kinds[feed.kind]} isOpen onClose={onClose}>
      {renewing.data ? (
        <LinkTold link={renewing.data} onClose={onClose} />
      ) : (
        <div className="form">
          <p>{words.shows[feed.kind]}</p>
          <p className="hint">{words.renewWhy}</p>
          <ProblemNote error={renewing.error ?? revoking.error} />
          <div className="acts">
            <Button isPending={renewing.isPending} onPress={() => renewing.mutate()}>
              {words.renew}
            </Button>
            <Button look="danger" onPress={() => setAsks(true)}>
              {words.revoke}
            </Button>
          </div>
        </div>
      )}
      <Confirm
        title={words.revokeTitle(name)}
        confirm={words.revoke}
        isOpen={asks}
        isPending={revoking.isPending}
        onConfirm={() => revoking.mutate()}
        onClose={() => setAsks(false)}
      >
        <p>{words.revokeWhy}</p>
      </Confirm>
    </Panel>
  );
}

/** The address, the only time it is told. */
function LinkTold({ link, onClose }: { link: CalendarLink; onClose(): void }) {
  const words = useWords(calendarWords);
  const [repeating, setRepeating] = useState(false);
  const url = repeating ? `${link.url}?forme=regles` : link.url;
  return (
    <div className="form">
      <h3>{words.link}</h3>
      <p>{words.linkWhy}</p>
      <output className="link-to-give">{url}</output>
      <Checkbox value={repeating} onChange={setRepeating}>
        {words.repeating}
      </Checkbox>
      <p className="hint">{words.repeatingHint}</p>
      <div className="acts">
        {/* Withheld by browsers on plain http: the link can still be selected. */}
        {'clipboard' in navigator && (
          <Button onPress={() => void navigator.clipboard.writeText(url).then(() => toast(words.copied))}>
            {words.copy}
          </Button>
        )}
        <Button look="primary" onPress={onClose}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}
