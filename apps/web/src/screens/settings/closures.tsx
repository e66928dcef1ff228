import type { CalendarEffect, Closure, ClosureBody, ClosureSaved } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { get, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Confirm, Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { SelectField, TextField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { Effect, useEffectOf } from './calendar-effect';
import { closureWords } from './closure-words';
import { useRights } from './rights';
import { SpaceCalendarCard } from './space-calendar';
import type { Opened } from './thing-panel';
import { Things } from './things';

/** Days on which the space, a site, a room or a partner is closed, and whose holidays count. */
export function Closures() {
  const words = useWords(closureWords);
  const say = useSay();
  const names = useNames();
  const { setsPlace } = useRights();
  const [opened, setOpened] = useState<Opened>(null);
  const query = useQuery({
    queryKey: [...keys.closures, 'list'],
    queryFn: ({ signal }) => get<Closure[]>('/closures', {}, signal),
  });
  const nameOf = ({ siteId, roomId, partnerId }: Closure) =>
    names.site(siteId)?.name ?? names.room(roomId)?.name ?? names.partner(partnerId)?.name ?? words.space;
  return (
    <>
      <Answer query={query}>
        {(closures) => (
          <>
            <Things
              things={closures.map((closure) => ({
                id: closure.id,
                name: words.days(say.date(closure.from), say.date(closure.to)),
                details: [closure.cause || words.noCause, nameOf(closure)],
                mayChange: closure.mayChange,
              }))}
              create={words.create}
              none={words.none}
              noneHow={words.noneHow}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened && (
              <ClosurePanel
                closure={closures.find(({ id }) => id === opened.id) ?? null}
                onClose={() => setOpened(null)}
              />
            )}
          </>
        )}
      </Answer>
      {setsPlace && <SpaceCalendarCard />}
    </>
  );
}

const SPACE = 'space';

/** "site:…", "room:…", "partner:…" or the whole space, as the server names what is closed. */
function scopeOf(chosen: string): Pick<ClosureBody, 'siteId' | 'roomId' | 'partnerId'> {
  const [kind, id = null] = chosen.split(':');
  return {
    siteId: kind === 'site' ? id : null,
    roomId: kind === 'room' ? id : null,
    partnerId: kind === 'partner' ? id : null,
  };
}

/** The sites, rooms and partners that the viewer may close. */
function useClosable() {
  const words = useWords(closureWords);
  const { sites, rooms, site } = useNames();
  const { setsPlace, partners } = useRights();
  const inUse = <Thing extends { retired: boolean }>(things: readonly Thing[]) => things.filter((one) => !one.retired);
  const theirs = partners.map(({ id, name }) => ({ id: `partner:${id}`, label: name }));
  if (!setsPlace) return theirs;
  return [
    { id: SPACE, label: words.space },
    ...inUse(sites).map(({ id, name }) => ({ id: `site:${id}`, label: name })),
    ...inUse(rooms).map(({ id, name, siteId }) => ({
      id: `room:${id}`,
      label: name,
      detail: site(siteId)?.name ?? '',
    })),
    ...theirs,
  ];
}

function ClosurePanel({ closure, onClose }: { closure: Closure | null; onClose(): void }) {
  const words = useWords(closureWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const post = useOnce();
  const closable = useClosable();
  const [what, setWhat] = useState(closable[0]?.id ?? SPACE);
  const [from, setFrom] = useState<string | null>(closure?.from ?? null);
  const [to, setTo] = useState<string | null>(closure?.to ?? null);
  const [cause, setCause] = useState(closure?.cause ?? '');
  const [asks, setAsks] = useState(false);
  const days = from && to && from <= to ? { from, to } : null;
  // The cause changes nothing of what would happen: the dry run does without.
  const asked = useEffectOf(days && { ...scopeOf(what), ...days, dryRun: true }, ({ from, to, dryRun, ...scope }) =>
    closure
      ? send<ClosureSaved>('PUT', `/closures/${closure.id}`, { from, to, dryRun })
      : send<ClosureSaved>('POST', '/closures', { ...scope, from, to, dryRun }),
  );
  const save = () =>
    closure
      ? send<ClosureSaved>('PUT', `/closures/${closure.id}`, { ...days, cause })
      : post<ClosureSaved>('/closures', { ...scopeOf(what), ...days, cause });
  const over = (said: string) => {
    toast(said);
    onClose();
    return queryClient.invalidateQueries();
  };
  const saving = useMutation({ mutationFn: save, onSuccess: () => over(words.saved) });
  const errors = fieldErrors(saving.error);
  return (
    <Panel
      title={closure ? words.edit(words.days(say.date(closure.from), say.date(closure.to))) : words.create}
      isOpen
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (days) saving.mutate();
        }}
      >
        {!closure && closable.length > 1 && (
          <SelectField label={words.what} value={what} onChange={setWhat} error={errors.siteId} options={closable} />
        )}
        <DateField
          label={words.from}
          value={from}
          onChange={(day) => {
            setFrom(day);
            if (day && (!to || to < day)) setTo(day);
          }}
          error={errors.from}
        />
        <DateField label={words.to} value={to} onChange={setTo} error={errors.to} />
        <TextField
          label={words.cause}
          hint={words.causeHint}
          value={cause}
          onChange={setCause}
          error={errors.cause}
          maxLength={120}
        />
        {days && <Effect {...asked} />}
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
          {closure && <Button onPress={() => setAsks(true)}>{words.remove}</Button>}
        </div>
      </Form>
      {closure && asks && (
        <Reopening closure={closure} onClose={() => setAsks(false)} onDone={() => over(words.removed)} />
      )}
    </Panel>
  );
}

function Reopening({ closure, onClose, onDone }: { closure: Closure; onClose(): void; onDone(): void }) {
  const words = useWords(closureWords);
  const path = `/closures/${closure.id}`;
  const asked = useEffectOf(`${path}?dryRun=true`, (address) => send<CalendarEffect>('DELETE', address));
  const removing = useMutation({ mutationFn: () => send<CalendarEffect>('DELETE', path), onSuccess: onDone });
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
      <Effect {...asked} />
      <ProblemNote error={removing.error} />
    </Confirm>
  );
}
