import type { Appointment, AppointmentState } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { get, send } from '../../api/client';
import { keys, useAppointment, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useNow, useToday } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button, ButtonLink } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { TimeField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { knownWords } from '../usagers/known-words';
import { Told } from './book-panel';
import { AloneMove } from './alone-panel';
import { aloneWords } from './alone-words';
import { attendanceWords } from './attendance-words';
import { bothNames } from './both-names';
import { CancelAsk } from './cancel-ask';
import { looksAgain } from './looks-again';
import { MoveStep } from './move-step';
import { RepeatAppointment } from './series-step';
import { seriesWords } from './series-words';
import { Sisters } from './sisters';
import { bookingWords } from './words';
import './booking.css';

/** One appointment: who, when, where, what was told; and what can happen to it. */
export function AppointmentPanel({ id, onClose }: { id: string; onClose(): void }) {
  const words = useWords(bookingWords);
  const known = useWords(knownWords);
  const query = useAppointment(id);
  const series = useWords(seriesWords);
  const [moves, setMoves] = useState(false);
  const [repeats, setRepeats] = useState(false);
  const [cancels, setCancels] = useState(false);
  const name = query.data?.usagerName ?? words.appointment;
  return (
    <Panel
      title={moves ? words.moveTitle(name) : repeats ? series.title : name}
      lead={query.data && <Lead appointment={query.data} isRepeated={repeats} />}
      isOpen
      onClose={moves ? () => setMoves(false) : repeats ? () => setRepeats(false) : onClose}
    >
      <Answer query={query}>
        {(appointment) =>
          moves ? (
            <Move appointment={appointment} onDone={() => setMoves(false)} />
          ) : repeats ? (
            <RepeatAppointment appointment={appointment} onDone={() => setRepeats(false)} />
          ) : (
            <>
              {appointment.safeContact && (
                <p className="note">
                  <b>{known.safe}.</b> {known.safeCaller}
                </p>
              )}
              <Facts appointment={appointment} />
              <Sisters appointment={appointment} />
              {appointment.warnings.map(({ text }) => (
                <p key={text} className="note">
                  {text}
                </p>
              ))}
              <States appointment={appointment} />
              <Told appointment={appointment} />
              {isLive(appointment.state) && (
                <div className="acts">
                  <Button onPress={() => setMoves(true)}>{words.move}</Button>
                  {appointment.occurrenceId !== null && (
                    <Button onPress={() => setRepeats(true)}>{series.repeat}</Button>
                  )}
                  <Button look="danger" onPress={() => setCancels(true)}>
                    {words.cancel}
                  </Button>
                  <ButtonLink look="quiet" href={`/rendez-vous/${appointment.id}/imprimer`}>
                    {words.printSlip}
                  </ButtonLink>
                  <ButtonLink look="quiet" href={`/usagers/${appointment.usagerId}`}>
                    {words.usagerPage}
                  </ButtonLink>
                </div>
              )}
              {isLive(appointment.state) && appointment.occurrenceId === null && (
                <p className="hint">{series.aloneHow}</p>
              )}
              {cancels && <CancelAsk appointment={appointment} onClose={() => setCancels(false)} onDone={onClose} />}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

function Move(props: { appointment: Appointment; onDone(): void }) {
  return props.appointment.occurrenceId === null ? <AloneMove {...props} /> : <MoveStep {...props} />;
}

const isLive = (state: AppointmentState) => state === 'planned' || state === 'confirmed';

function Motif({ appointment }: { appointment: Appointment }) {
  const names = useNames();
  return (
    <>
      <PartnerMark partner={names.partner(appointment.partnerId)} />
      {appointment.motifLabel}
    </>
  );
}

/** What is repeated is said again: whose, and from when. */
function Lead({ appointment, isRepeated }: { appointment: Appointment; isRepeated: boolean }) {
  const say = useSay();
  if (!isRepeated) return <Motif appointment={appointment} />;
  return (
    <>
      <b>{appointment.usagerName}</b>
      <br />
      <Motif appointment={appointment} />
      <br />
      <b>{say.moment(appointment.start, appointment.end)}</b>
    </>
  );
}

function Facts({ appointment }: { appointment: Appointment }) {
  const words = useWords(bookingWords);
  const attendance = useWords(attendanceWords);
  const alone = useWords(aloneWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const { mode } = appointment;
  const place = [names.room(appointment.roomId)?.name ?? words.noRoom, names.site(appointment.siteId)?.name];
  const where = mode === 'on-site' ? place.filter(Boolean).join(', ') : alone.modes[mode];
  const bookedBy =
    appointment.bookedBy && appointment.bookedAtDesk ? words.atDesk(appointment.bookedBy) : appointment.bookedBy;
  const { changed } = appointment;
  const whose = changed && (changed.online ? words.online : changed.by && words.byWhom(changed.by));
  const cancelled = appointment.cancelledAt
    ? [say.atStart(say.shortMoment(appointment.cancelledAt)), changed?.act === 'cancelled' && whose]
    : [];
  const facts: [string, string | false | null | undefined][] = [
    [words.when, say.moment(appointment.start, appointment.end)],
    [words.where, where],
    [words.with, bothNames(names, appointment)],
    [words.reachedAt, appointment.phone && say.phone(appointment.phone)],
    [words.noteLabel, appointment.note],
    appointment.bookedOnline ? [words.takenOnline, words.online] : [words.bookedBy, bookedBy],
    [words.wasMoved, changed?.act === 'moved' && whose],
    [words.stateLabel, appointment.excused ? attendance.isExcused : shared.state[appointment.state]],
    [words.arrivedAt, appointment.arrivedAt && say.time(appointment.arrivedAt)],
    [words.cancelledAt, cancelled.filter(Boolean).join(', ')],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

type Settable = 'planned' | 'confirmed' | 'arrived' | 'seen' | 'noShow';

/** Arrived, seen, absent: at once, and for ten seconds taken back in one click. */
function States({ appointment }: { appointment: Appointment }) {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const today = useToday();
  const { id, state, usagerName } = appointment;
  const mutationKey = ['appointment-state', id];
  const setting = useMutation({
    mutationKey,
    mutationFn: ({ to, version, at }: { to: Settable; version: number; at?: string }) =>
      send('POST', `/appointments/${id}/state`, { state: to, version, at }),
    // Pending until the new state is read: pressed twice, it is still said once.
    onSettled: () => {
      looksAgain();
      return queryClient.invalidateQueries({ queryKey: keys.appointment });
    },
  });
  if (state === 'cancelledByAgent' || state === 'cancelledByUsager') return null;
  const before: Settable = state;
  const set = (to: Settable, at?: string) => {
    // Asked of the client: a second press may come before the first is drawn.
    if (to === state || queryClient.isMutating({ mutationKey }) > 0) return;
    setting.mutate(
      { to, version: appointment.version, ...(at && { at }) },
      {
        onSuccess: () =>
          tell(words.stateSaid(usagerName, shared.state[to]), {
            undo: {
              label: shared.undo,
              act: () =>
                void get<Appointment>(`/appointments/${id}`).then(({ version }) =>
                  setting.mutate({ to: before, version }),
                ),
            },
          }),
      },
    );
  };
  const next: [Settable, string][] = [
    ['arrived', words.arrived],
    ['seen', words.seen],
    ['noShow', words.noShow],
  ];
  return (
    <>
      <div className="acts">
        {next.map(([to, label]) => (
          <Button
            key={to}
            look={state === to ? 'primary' : 'plain'}
            // Never disabled: the focus would fall off the panel, and Esc with it.
            aria-pressed={state === to}
            isPending={setting.isPending}
            onPress={() => set(to)}
          >
            {label}
          </Button>
        ))}
        {!isLive(state) && (
          <Button look="quiet" isPending={setting.isPending} onPress={() => set('planned')}>
            {words.planned}
          </Button>
        )}
      </div>
      {isLive(state) && appointment.start.slice(0, 10) === today && (
        <CameAt appointment={appointment} onSay={(at) => set('arrived', at)} />
      )}
      <ProblemNote error={setting.error} />
    </>
  );
}

/** What the desk wrote on paper while the network was down: the hour it happened, not the hour it is typed. */
function CameAt({ appointment, onSay }: { appointment: Appointment; onSay(at: string): void }) {
  const words = useWords(bookingWords);
  const now = useNow();
  const [hour, setHour] = useState<string | null>(null);
  if (hour === null) {
    return (
      <div className="acts">
        <Button look="quiet" onPress={() => setHour(now.slice(11))}>
          {words.cameAt}
        </Button>
      </div>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSay(`${appointment.start.slice(0, 10)}T${hour}`);
      }}
    >
      <TimeField
        label={words.cameAtHour}
        hint={words.cameAtHow}
        value={hour}
        onChange={(time) => time && setHour(time)}
      />
      <Button type="submit">{words.arrived}</Button>
    </form>
  );
}
