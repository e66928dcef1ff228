import type { AloneWayOut, Appointment, Booked } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Form } from 'react-aria-components';
import { Refused } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames, useUsager } from '../../api/queries';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Checkbox, SelectField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { AloneFields, bodyOf, type Hours } from './alone-fields';
import { aloneWords } from './alone-words';
import { useChosen } from './book-panel';
import { NOBODY, useDraft } from './draft';
import { looksAgain } from './looks-again';
import { PersonStep } from './person-step';
import { BookRoomPanel, type RoomWish } from './room-panels';
import { sayWithUndo } from './taking-back';
import { bookingWords } from './words';

/** A free hour of a room: held for a meeting, or for an appointment outside any permanence. */
export function FreeHourPanel({ wish, onClose }: { wish: RoomWish; onClose(): void }) {
  const words = useWords(aloneWords);
  const [what, setWhat] = useState<'room' | 'appointment'>('room');
  const choice = (
    <div>
      <Segmented
        label={words.whatHere}
        value={what}
        onChange={setWhat}
        options={[
          { id: 'room', label: words.bookRoom },
          { id: 'appointment', label: words.appointment },
        ]}
      />
    </div>
  );
  if (what === 'room') return <BookRoomPanel wish={wish} choice={choice} onClose={onClose} />;
  return <AlonePanel at={wish} choice={choice} onClose={onClose} />;
}

interface AlonePanelProps {
  /** Where and when it begins; the rest is asked. */
  at: Pick<RoomWish, 'siteId' | 'roomId' | 'date' | 'start'>;
  motifId?: string | null;
  usagerId?: string | null;
  choice?: ReactNode;
  onClose(): void;
}

/** An agent, a motif, a person, an hour and a room that suits or none. */
function AlonePanel({ at, motifId: wanted = null, usagerId = null, choice, onClose }: AlonePanelProps) {
  const words = useWords(aloneWords);
  const booking = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const me = useMe();
  const once = useOnce();
  const { draft, keep } = useDraft();
  const { data: known } = useUsager(draft.chosen?.id ?? null);
  const [said, setSaid] = useState<boolean | null>(null);
  const interpreter = said ?? (draft.chosen ? known?.interpreter : draft.fresh?.interpreter) ?? false;
  useChosen(usagerId);
  const motifs = names.motifs.filter(
    ({ retired, booked, partnerId }) =>
      !retired && booked === 'here' && (me.account.partnerId === null || partnerId === me.account.partnerId),
  );
  const [motifId, setMotifId] = useState(motifs.some(({ id }) => id === wanted) ? wanted : null);
  const [hours, setHours] = useState<Hours>({ ...NOTHING, ...at, ...firstOf(names, motifId) });
  const motif = names.motif(motifId);
  const body = motif ? bodyOf(hours, motif.agentsNeeded) : null;
  const isReady = body !== null && (draft.chosen !== null || (draft.fresh?.lastName.trim() ?? '') !== '');
  const holding = useMutation({
    mutationFn: (change: { start?: string; roomId?: string | null }) =>
      once<Booked>('/appointments/alone', {
        ...body,
        ...change,
        motifId,
        ...(interpreter && { interpreter }),
        ...(draft.chosen ? { usagerId: draft.chosen.id } : { usager: draft.fresh }),
      }),
    onSuccess: ({ id, start, warnings }) => {
      keep(NOBODY);
      looksAgain();
      const detail = warningsOf(warnings);
      sayWithUndo(booking.bookedAt(say.shortMoment(start)), id, {
        what: 'booked',
        undo: shared.undo,
        undone: booking.undone.booked,
        detail,
      });
      onClose();
    },
  });
  return (
    <Panel title={words.title} isOpen onClose={onClose}>
      {choice}
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) holding.mutate({});
        }}
      >
        <SelectField
          label={words.motif}
          value={motifId}
          options={motifs.map(({ id, label, partnerId }) => ({
            id,
            label,
            detail: names.partner(partnerId)?.shortName ?? '',
          }))}
          onChange={(chosen) => {
            setMotifId(chosen);
            setHours((before) => ({ ...before, ...firstOf(names, chosen) }));
          }}
        />
        {motif && (
          <AloneFields
            motifId={motifId}
            interpreter={interpreter}
            hours={hours}
            onChange={(change) => setHours((before) => ({ ...before, ...change }))}
          />
        )}
        <PersonStep errors={fieldErrors(holding.error)} />
        {draft.chosen && (
          <Checkbox value={interpreter} onChange={setSaid}>
            {booking.withInterpreter}
          </Checkbox>
        )}
        <ProblemNote error={holding.error}>
          <WaysOut error={holding.error} onPick={({ start, roomId }) => isReady && holding.mutate({ start, roomId })} />
        </ProblemNote>
        <Button look="primary" type="submit" isDisabled={!isReady} isPending={holding.isPending}>
          {hours.date && hours.start ? booking.bookNow(say.shortMoment(`${hours.date}T${hours.start}`)) : booking.book}
        </Button>
      </Form>
    </Panel>
  );
}

const warningsOf = (warnings: Booked['warnings']) => warnings.map(({ text }) => text).join(' ') || undefined;

const NOTHING: Hours = {
  agentId: null,
  secondAgentId: null,
  mode: 'on-site',
  siteId: null,
  roomId: null,
  date: null,
  start: null,
  minutes: null,
};

/** What a motif decides by itself: how, and with whom when there is but one. */
function firstOf(names: ReturnType<typeof useNames>, motifId: string | null): Partial<Hours> {
  const motif = names.motif(motifId);
  if (!motif) return {};
  const agents = names.agents.filter(
    (one) =>
      !one.retired && one.partnerId === motif.partnerId && motif.skills.every((skill) => one.skills.includes(skill)),
  );
  return {
    mode: motif.modes.includes('on-site') ? 'on-site' : (motif.modes[0] ?? 'on-site'),
    agentId: agents.length === 1 ? (agents[0]?.id ?? null) : null,
    secondAgentId: null,
    minutes: null,
  };
}

/** The nearest hours of a refusal: one click takes them, with what was typed. */
function WaysOut({ error, onPick }: { error: unknown; onPick(way: AloneWayOut): void }) {
  const words = useWords(aloneWords);
  const say = useSay();
  const names = useNames();
  const why = error instanceof Refused ? (error.problem.why ?? '') : '';
  const isClosed = /^(site|partner)-closed$/.test(why);
  if (!isClosed && !/^(agent|room)-(taken|away)$/.test(why)) return null;
  const ways = ((error as Refused).problem.alternatives ?? []) as AloneWayOut[];
  if (ways.length === 0) return isClosed ? null : <p>{words.nothing}</p>;
  const when = ({ start, end }: AloneWayOut) =>
    isClosed ? words.sameHour(say.date(start.slice(0, 10))) : say.range(start, end);
  return (
    <>
      <p>{words.nearest}</p>
      <div className="acts">
        {ways.map((way) => (
          <Button key={way.start} onPress={() => onPick(way)}>
            {[when(way), names.room(way.roomId)?.name].filter(Boolean).join(' · ')}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Where no slot of a permanence suits. */
export function AloneOffer({
  motifId,
  siteId,
  usagerId,
}: {
  motifId: string | null;
  siteId: string | null;
  usagerId: string | null;
}) {
  const words = useWords(aloneWords);
  const say = useSay();
  const names = useNames();
  const [asks, setAsks] = useState(false);
  const site = siteId ?? names.sites.find(({ retired }) => !retired)?.id;
  if (!site) return null;
  return (
    <>
      <p className="hint">
        <Button look="quiet" onPress={() => setAsks(true)}>
          {words.offer}
        </Button>{' '}
        {words.offerHow}
      </p>
      {asks && (
        <AlonePanel
          at={{ siteId: site, roomId: null, date: say.today, start: '14:00' }}
          motifId={motifId}
          usagerId={usagerId}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

/** Other hours for an appointment outside any permanence; the person is told. */
export function AloneMove({ appointment, onDone }: { appointment: Appointment; onDone(): void }) {
  const words = useWords(aloneWords);
  const booking = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const once = useOnce();
  const { id, version, motifId, safeContact, interpreter } = appointment;
  const [hours, setHours] = useState<Hours>(hoursOf(appointment));
  const body = bodyOf(hours, names.motif(motifId)?.agentsNeeded ?? (appointment.secondAgentId ? 2 : 1));
  const moving = useMutation({
    mutationFn: (change: { start?: string; roomId?: string | null }) =>
      once<Booked>(`/appointments/${id}/move-alone`, { ...body, ...change, version }),
    onSuccess: ({ warnings }) => {
      const detail = warningsOf(warnings);
      sayWithUndo(booking.moved, id, { what: 'moved', undo: shared.undo, undone: booking.undone.moved, detail });
      onDone();
    },
    onSettled: looksAgain,
  });
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (body) moving.mutate({});
      }}
    >
      {!safeContact && <p>{words.moveHow}</p>}
      <AloneFields
        motifId={motifId}
        interpreter={interpreter}
        hours={hours}
        onChange={(change) => setHours((before) => ({ ...before, ...change }))}
      />
      <ProblemNote error={moving.error}>
        <WaysOut error={moving.error} onPick={({ start, roomId }) => moving.mutate({ start, roomId })} />
      </ProblemNote>
      <Button look="primary" type="submit" isDisabled={!body} isPending={moving.isPending}>
        {safeContact ? words.moveQuietly : words.moveNow}
      </Button>
    </Form>
  );
}

function hoursOf({ agentId, secondAgentId, mode, siteId, roomId, start, end }: Appointment): Hours {
  const minutes = (time: string) => Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));
  const length = minutes(end) - minutes(start);
  return {
    ...{ agentId, secondAgentId, mode, siteId, roomId },
    date: start.slice(0, 10),
    start: start.slice(11),
    minutes: length > 0 ? length : null,
  };
}
