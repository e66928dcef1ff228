import type { RoomAlternative, RoomBookingBody } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Form } from 'react-aria-components';
import type { z } from 'zod';
import { Refused, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames, useRoomBooking } from '../../api/queries';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { Checkbox, SelectField, TextField, TimeField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { looksAgain } from './looks-again';
import { bookingWords } from './words';

export interface RoomWish {
  siteId: string;
  roomId: string | null;
  date: string;
  start: string;
  end: string;
}

const WHOLE = 'whole';
const THE_PLACE = 'place';

/** A meeting, an interview: one room (or a desk of it), some hours, once. */
export function BookRoomPanel({
  wish,
  choice,
  onClose,
}: {
  wish: RoomWish;
  /** What else the hour may be for. */
  choice?: ReactNode;
  onClose(): void;
}) {
  const words = useWords(bookingWords);
  const say = useSay();
  const names = useNames();
  const me = useMe();
  const once = useOnce();
  const rooms = names.rooms.filter(({ siteId, retired }) => siteId === wish.siteId && !retired);
  const [roomId, setRoomId] = useState(wish.roomId ?? rooms[0]?.id ?? null);
  const [deskId, setDeskId] = useState<string | null>(null);
  const [date, setDate] = useState<string | null>(wish.date);
  const [start, setStart] = useState<string | null>(wish.start);
  const [end, setEnd] = useState<string | null>(wish.end);
  const [title, setTitle] = useState('');
  const [partnerId, setPartnerId] = useState<string | null>(me.account.partnerId);
  const [confidential, setConfidential] = useState(false);
  const partners = names.partners.filter(
    ({ retired, id }) => !retired && (me.account.partnerId === null || id === me.account.partnerId),
  );
  const desks = names.room(roomId)?.workstations ?? [];

  const holding = useMutation({
    mutationFn: (body: RoomBookingBody) => once<{ id: string }>('/room-bookings', body),
    onSuccess: ({ id }, body) => {
      looksAgain();
      const room = names.room(body.roomId);
      const desk = room?.workstations.find((one) => one.id === body.workstationId);
      const where = [room?.name, desk?.label].filter(Boolean).join(' · ');
      tell(words.held(where, say.moment(body.start, body.end)), {
        undo: { label: words.undoHold, act: () => void send('DELETE', `/room-bookings/${id}`).then(looksAgain) },
      });
      onClose();
    },
  });
  const body = (at: { roomId: string; workstationId: string | null }): RoomBookingBody => ({
    ...at,
    start: `${date}T${start}`,
    end: `${date}T${end}`,
    title: title.trim(),
    partnerId,
    agentIds: [],
    confidential,
  });
  const isReady =
    roomId !== null && date !== null && start !== null && end !== null && start < end && title.trim() !== '';
  const hold = (at: { roomId: string; workstationId: string | null }) => isReady && holding.mutate(body(at));

  return (
    <Panel title={words.bookRoom} isOpen onClose={onClose}>
      {choice}
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (roomId) hold({ roomId, workstationId: deskId });
        }}
      >
        <TextField
          label={words.what}
          hint={words.whatHint}
          value={title}
          onChange={setTitle}
          autoFocus
          isRequired
          maxLength={120}
        />
        <SelectField
          label={words.whichRoom}
          value={roomId}
          onChange={(chosen) => {
            setRoomId(chosen);
            setDeskId(null);
          }}
          options={rooms.map(({ id, name, floor }) => ({ id, label: name, detail: floor }))}
        />
        {desks.length > 0 && (
          <SelectField
            label={words.desk}
            value={deskId ?? WHOLE}
            onChange={(chosen) => setDeskId(chosen === WHOLE ? null : chosen)}
            options={[{ id: WHOLE, label: words.wholeRoom }, ...desks.map(({ id, label }) => ({ id, label }))]}
          />
        )}
        <div className="form-row times">
          <DateField label={words.day} value={date} onChange={setDate} isRequired />
          <TimeField label={words.from} value={start} onChange={setStart} isRequired />
          <TimeField label={words.to} value={end} onChange={setEnd} isRequired />
        </div>
        <SelectField
          label={words.forPartner}
          value={partnerId ?? THE_PLACE}
          onChange={(chosen) => setPartnerId(chosen === THE_PLACE ? null : chosen)}
          options={[
            ...(me.account.partnerId === null ? [{ id: THE_PLACE, label: words.noPartner }] : []),
            ...partners.map(({ id, name }) => ({ id, label: name })),
          ]}
        />
        <Checkbox value={confidential} onChange={setConfidential}>
          {words.confidential}
        </Checkbox>
        <ProblemNote error={holding.error}>
          <Alternatives error={holding.error} onPick={hold} />
        </ProblemNote>
        <Button look="primary" type="submit" isDisabled={!isReady} isPending={holding.isPending}>
          {words.hold}
        </Button>
      </Form>
    </Panel>
  );
}

/** What is free at the same hours: one click holds it, with what was typed. */
function Alternatives({
  error,
  onPick,
}: {
  error: unknown;
  onPick(at: { roomId: string; workstationId: string | null }): void;
}) {
  const words = useWords(bookingWords);
  const alternatives =
    error instanceof Refused ? ((error.problem.alternatives ?? []) as z.infer<typeof RoomAlternative>[]) : [];
  if (alternatives.length === 0) return null;
  return (
    <>
      <p>{words.instead}</p>
      <div className="acts">
        {alternatives.map(({ roomId, workstationId, name, lent }) => (
          <Button key={`${roomId} ${workstationId}`} onPress={() => onPick({ roomId, workstationId })}>
            {lent ? `${name} (${lent})` : name}
          </Button>
        ))}
      </div>
    </>
  );
}

/** A room held once: what for, and letting it go. */
export function RoomBookingPanel({ id, onClose }: { id: string; onClose(): void }) {
  const words = useWords(bookingWords);
  const say = useSay();
  const names = useNames();
  const query = useRoomBooking(id);
  const releasing = useMutation({
    mutationFn: () => send('DELETE', `/room-bookings/${id}`),
    onSuccess: () => {
      looksAgain();
      tell(words.released);
      onClose();
    },
  });
  return (
    <Panel title={query.data?.title ?? words.bookRoom} isOpen onClose={onClose}>
      <Answer query={query}>
        {({ roomId, workstationId, partnerId, start, end }) => (
          <>
            <dl className="facts">
              <dt>{words.when}</dt>
              <dd>{say.moment(start, end)}</dd>
              <dt>{words.where}</dt>
              <dd>
                {[
                  names.room(roomId)?.name,
                  names.room(roomId)?.workstations.find((desk) => desk.id === workstationId)?.label,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </dd>
              <dt>{words.forPartner}</dt>
              <dd>{names.partner(partnerId)?.name ?? words.noPartner}</dd>
            </dl>
            <ProblemNote error={releasing.error} />
            <Button look="danger" className="start" isPending={releasing.isPending} onPress={() => releasing.mutate()}>
              {words.release}
            </Button>
          </>
        )}
      </Answer>
    </Panel>
  );
}
