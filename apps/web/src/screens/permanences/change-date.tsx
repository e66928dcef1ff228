import type { DateChange, DateChanged, Mode, Permanence, PermanenceDate } from '@app/contract';
import { dateOf, type LocalDateTime, timeOf } from '@app/time';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { SelectField, TextField, TimeField } from '../../ui/field';
import { Many } from '../../ui/many';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { useSettled } from '../../ui/settled';
import { say as toast } from '../../ui/toasts';
import { changeWords } from './change-words';
import { ConsequencesNote } from './consequences';
import { useDryRun } from './queries';
import { permanenceWords } from './words';

export type DateAct = DateChange['change']['kind'];

const USUAL_ROOM = 'usual';
const NO_ROOM = 'none';

interface ChangeDateProps {
  permanence: Permanence;
  date: PermanenceDate;
  kind: DateAct;
  /** The day to begin with, when another was chosen. */
  to?: string | undefined;
  onClose(): void;
}

/** One date of a permanence: changed, cancelled, or as its rule says again. Who is touched is said before anything is. */
export function ChangeDate({ permanence, date, kind, to, onClose }: ChangeDateProps) {
  const words = useWords(permanenceWords);
  const say = useSay();
  const [day, setDay] = useState<string | null>(to ?? dateOf(date.start as LocalDateTime));
  const [start, setStart] = useState<string | null>(timeOf(date.start as LocalDateTime));
  const [end, setEnd] = useState<string | null>(timeOf(date.end as LocalDateTime));
  const [room, setRoom] = useState(date.roomId ?? USUAL_ROOM);
  const [mode, setMode] = useState(date.mode);
  const [agentIds, setAgentIds] = useState<readonly string[]>(date.agentIds);
  const [cause, setCause] = useState(date.state === 'moved' ? date.cause : '');

  // What is only typed to explain changes nothing of what would happen: any cause does for the dry run.
  const asked = useMemo(() => {
    const change = changeOf(kind, { day, start, end, room, mode, agentIds, cause: '…' });
    return change && date.ruleId ? { ruleId: date.ruleId, originalStart: date.originalStart, change } : null;
  }, [kind, date, day, start, end, room, mode, agentIds]);
  const settled = useSettled(asked);
  const dryRun = useDryRun(permanence.id, 'dates', settled);
  const isKnown = settled === asked && dryRun.isSuccess;

  const saving = useMutation({
    mutationFn: () =>
      send<DateChanged>('POST', `/permanences/${permanence.id}/dates`, {
        ...asked,
        change: changeOf(kind, { day, start, end, room, mode, agentIds, cause: cause.trim() }),
        seen: dryRun.data?.consequences.token,
      }),
    onSuccess: () => {
      toast({ changed: words.changeDone, cancelled: words.cancelDone, 'as-the-rule-says': words.restoreDone }[kind]);
      onClose();
      return queryClient.invalidateQueries({ queryKey: keys.permanences });
    },
    onError: () => void dryRun.refetch(),
  });
  const errors = { ...fieldErrors(dryRun.error), ...fieldErrors(saving.error) };
  const lacksCause = kind === 'cancelled' && cause.trim() === '';
  return (
    <Panel
      title={{ changed: words.changeTitle, cancelled: words.cancelTitle, 'as-the-rule-says': words.restoreTitle }[kind]}
      lead={say.moment(date.start, date.end)}
      isOpen
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isKnown && !lacksCause) saving.mutate();
        }}
      >
        <p className="hint">{kind === 'as-the-rule-says' ? words.restoreWhy : words.onlyThis}</p>
        {kind === 'changed' && (
          <>
            <When
              siteId={date.siteId}
              values={{ day, start, end, room }}
              onDay={setDay}
              onStart={setStart}
              onEnd={setEnd}
              onRoom={setRoom}
              errors={errors}
            />
            <Who
              permanence={permanence}
              mode={mode}
              agentIds={agentIds}
              onMode={setMode}
              onAgents={setAgentIds}
              errors={errors}
            />
          </>
        )}
        {kind !== 'as-the-rule-says' && (
          <TextField
            label={words.cause}
            hint={words.causeHint}
            value={cause}
            onChange={setCause}
            maxLength={200}
            error={errors['change.cause']}
            isRequired={kind === 'cancelled'}
            autoFocus={kind === 'cancelled'}
          />
        )}
        {asked && <ConsequencesNote query={dryRun} isKnown={isKnown} listsDates isOneDate />}
        <ProblemNote error={saving.error} />
        <Button
          look={isKnown && dryRun.data.consequences.told.people.length > 0 ? 'danger' : 'primary'}
          type="submit"
          isDisabled={!isKnown || lacksCause}
          isPending={saving.isPending}
        >
          {{ changed: words.changeNow, cancelled: words.cancelNow, 'as-the-rule-says': words.restoreNow }[kind]}
        </Button>
      </Form>
    </Panel>
  );
}

interface Chosen {
  day: string | null;
  start: string | null;
  end: string | null;
  room: string;
  mode: Mode;
  agentIds: readonly string[];
  cause: string;
}

/** The change as the server takes it; null while something is missing. */
function changeOf(
  kind: DateAct,
  { day, start, end, room, mode, agentIds, cause }: Chosen,
): DateChange['change'] | null {
  if (kind === 'as-the-rule-says') return { kind };
  if (kind === 'cancelled') return { kind, cause };
  if (!day || !start || !end || end <= start) return null;
  const withoutRoom = room === NO_ROOM;
  const roomId = room === USUAL_ROOM || withoutRoom ? null : room;
  return { kind, date: day, start, end, roomId, withoutRoom, mode, agentIds: [...agentIds], cause };
}

interface WhenProps {
  siteId: string;
  values: Pick<Chosen, 'day' | 'start' | 'end' | 'room'>;
  onDay(value: string | null): void;
  onStart(value: string | null): void;
  onEnd(value: string | null): void;
  onRoom(value: string): void;
  errors: Record<string, string>;
}

function When({ siteId, values, onDay, onStart, onEnd, onRoom, errors }: WhenProps) {
  const words = useWords(permanenceWords);
  const { rooms, site } = useNames();
  const inUse = rooms.filter(({ retired }) => !retired);
  const here = inUse.filter((room) => room.siteId === siteId);
  const elsewhere = inUse.filter((room) => room.siteId !== siteId);
  return (
    <>
      <DateField label={words.date} value={values.day} onChange={onDay} error={errors['change.date']} />
      <div className="form-row">
        <TimeField label={words.start} value={values.start} onChange={onStart} error={errors['change.start']} />
        <TimeField label={words.end} value={values.end} onChange={onEnd} error={errors['change.end']} />
      </div>
      <SelectField
        label={words.room}
        value={values.room}
        onChange={onRoom}
        error={errors['change.roomId']}
        options={[
          { id: USUAL_ROOM, label: words.roomOfRule },
          { id: NO_ROOM, label: words.noRoom },
          ...here.map(({ id, name }) => ({ id, label: name })),
          ...elsewhere.map(({ id, name, siteId: at }) => ({ id, label: name, detail: site(at)?.name })),
        ]}
      />
    </>
  );
}

interface WhoProps {
  permanence: Permanence;
  mode: Mode;
  agentIds: readonly string[];
  onMode(value: Mode): void;
  onAgents(value: readonly string[]): void;
  errors: Record<string, string>;
}

const MODES = ['appointment', 'walk-in', 'group', 'internal'] as const;

/** How one is received that day, and by whom. */
function Who({ permanence, mode, agentIds, onMode, onAgents, errors }: WhoProps) {
  const words = useWords(permanenceWords);
  const change = useWords(changeWords);
  const { agents } = useNames();
  const named = new Set([...agentIds, ...permanence.rules.flatMap((rule) => rule.agentIds)]);
  const offered = agents.filter(
    ({ id, partnerId, retired }) => named.has(id) || (partnerId === permanence.partnerId && !retired),
  );
  const error = Object.entries(errors).find(([at]) => at.startsWith('change.agentIds'))?.[1];
  return (
    <>
      <SelectField
        label={words.mode}
        value={mode}
        onChange={(id) => onMode(id as Mode)}
        options={MODES.map((id) => ({ id, label: words.modes[id] }))}
      />
      {offered.length > 0 && (
        <Many
          label={words.whoReceives}
          hint={change.whoThatDay}
          value={agentIds}
          onChange={onAgents}
          error={error}
          options={offered.map(({ id, name }) => ({ id, label: name }))}
        />
      )}
    </>
  );
}
