import type { OccurrenceDetail, Slot } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useNames, useOccurrence } from '../../api/queries';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button, ButtonLink } from '../../ui/button';
import { Confirm, Panel } from '../../ui/dialog';
import { SelectField, TextField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { AbsencePanel } from '../settings/absence-panel';
import { useAgentsToRecord } from '../settings/absences';
import { Attendance } from './attendance';
import { GivenSeats } from './given-seats';
import { DateQueue } from '../queue/date-queue';
import { WaitForDate } from '../waiting/wait-for-date';
import { bothNames } from './both-names';
import { looksAgain } from './looks-again';
import { SlotList } from './slot-list';
import { bookingWords } from './words';
import './booking.css';

interface OccurrencePanelProps {
  id: string;
  onClose(): void;
  onBook(slot: Slot): void;
  onAppointment(id: string): void;
}

/** One date of a permanence: places left, people booked, and what can be changed about it. */
export function OccurrencePanel({ id, onClose, onBook, onAppointment }: OccurrencePanelProps) {
  const query = useOccurrence(id);
  const words = useWords(bookingWords);
  return (
    <Panel
      title={query.data?.title ?? '…'}
      lead={query.data && <Lead occurrence={query.data} />}
      isOpen
      onClose={onClose}
    >
      <Answer query={query}>
        {(occurrence) => (
          <>
            {occurrence.state !== 'held' && (
              <p className="note">
                {words.occurrenceState[occurrence.state]}
                {occurrence.cause && ` : ${occurrence.cause}`}
              </p>
            )}
            <Away occurrence={occurrence} />
            <Free occurrence={occurrence} onBook={onBook} />
            <WaitForDate occurrence={occurrence} />
            {occurrence.mode === 'group' ? (
              <Attendance occurrence={occurrence} onAppointment={onAppointment} />
            ) : (
              <People occurrence={occurrence} onAppointment={onAppointment} />
            )}
            {occurrence.state === 'held' && <GivenSeats occurrence={occurrence} />}
            {occurrence.mayChange && occurrence.state === 'held' && (
              <Changes occurrence={occurrence} onDone={onClose} />
            )}
            <ButtonLink look="quiet" href={`/permanences/${occurrence.permanenceId}`}>
              {words.permanencePage}
            </ButtonLink>
          </>
        )}
      </Answer>
    </Panel>
  );
}

/** Who is away that day, and saying it: one click from the date it touches. */
function Away({ occurrence }: { occurrence: OccurrenceDetail }) {
  const words = useWords(bookingWords);
  const names = useNames();
  const recordable = useAgentsToRecord();
  const [says, setSays] = useState(false);
  const { agentIds, awayIds, leftAlone, start, end, state } = occurrence;
  const agents = recordable.filter(({ id }) => agentIds.includes(id) && !awayIds.includes(id));
  const away = awayIds.map((id) => names.agent(id)?.name).join(', ');
  return (
    <>
      {awayIds.length > 0 && (
        <p className="note">
          {[words.isAway(away), leftAlone !== 'no' && words.leftAlone[leftAlone]].filter(Boolean).join(' · ')}
        </p>
      )}
      {state === 'held' && agents.length > 0 && (
        <Button look="quiet" className="start" onPress={() => setSays(true)}>
          {words.away}
        </Button>
      )}
      {says && <AbsencePanel absence={null} agents={agents} at={{ start, end }} onClose={() => setSays(false)} />}
    </>
  );
}

function Lead({ occurrence }: { occurrence: OccurrenceDetail }) {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const partner = names.partner(occurrence.partnerId);
  const agents = occurrence.agentIds.map((id) => names.agent(id)?.name).filter(Boolean);
  return (
    <>
      <PartnerMark partner={partner} />
      {[partner?.name, ...agents].filter(Boolean).join(' · ')}
      <br />
      <b>{say.moment(occurrence.start, occurrence.end)}</b>
      <br />
      {[
        names.room(occurrence.roomId)?.name ?? words.noRoom,
        names.site(occurrence.siteId)?.name,
        shared.mode[occurrence.mode],
      ]
        .filter(Boolean)
        .join(' · ')}
    </>
  );
}

function Free({ occurrence, onBook }: Pick<OccurrencePanelProps, 'onBook'> & { occurrence: OccurrenceDetail }) {
  const words = useWords(bookingWords);
  const names = useNames();
  const now = useNow();
  if (occurrence.mode === 'walk-in') return occurrence.state === 'held' ? <DateQueue occurrence={occurrence} /> : null;
  if (occurrence.mode === 'internal') return <p>{words.internal}</p>;
  if (occurrence.free.length === 0)
    return <p>{occurrence.mode === 'group' && occurrence.start <= now ? words.begun : words.noSlot}</p>;
  const motifs = [...new Set(occurrence.free.map(({ motifId }) => motifId))];
  return (
    <section aria-label={words.book}>
      <h3>{words.freeSlots(occurrence.free.length)}</h3>
      {motifs.map((motifId) => {
        const label = names.motif(motifId)?.label ?? words.book;
        return (
          <div key={motifId}>
            {motifs.length > 1 && <p className="hint">{label}</p>}
            <SlotList
              slots={occurrence.free.filter((slot) => slot.motifId === motifId)}
              more={[]}
              onPick={onBook}
              label={label}
            />
          </div>
        );
      })}
    </section>
  );
}

function People({
  occurrence,
  onAppointment,
}: Pick<OccurrencePanelProps, 'onAppointment'> & { occurrence: OccurrenceDetail }) {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const { appointments } = occurrence;
  if (appointments.length === 0)
    return occurrence.mode === 'walk-in' || occurrence.mode === 'internal' ? null : <p>{words.nobody}</p>;
  return (
    <section aria-label={words.people(appointments.length)}>
      <h3>{words.people(appointments.length)}</h3>
      <ul className="booked-list">
        {appointments.map(({ id, start, end, usagerName, state, agentId, secondAgentId }) => (
          <li key={id}>
            <Button look="quiet" onPress={() => onAppointment(id)}>
              <span className="nb">{say.range(start, end)}</span>
              <span>
                {usagerName}
                {secondAgentId && <small>{bothNames(names, { agentId, secondAgentId })}</small>}
              </span>
              <span className="tag">{shared.state[state]}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Another room at once; calling a date off is asked, since people may have to be told. */
function Changes({ occurrence, onDone }: { occurrence: OccurrenceDetail; onDone(): void }) {
  const words = useWords(bookingWords);
  const names = useNames();
  const [asks, setAsks] = useState(false);
  const [cause, setCause] = useState(words.callOffDefault);
  const change = useMutation({
    mutationFn: (changed: object) =>
      send('POST', `/permanences/${occurrence.permanenceId}/dates`, {
        ruleId: occurrence.ruleId,
        originalStart: occurrence.originalStart,
        change: changed,
      }),
    onSettled: looksAgain,
  });
  const rooms = names.rooms.filter(({ siteId, retired }) => siteId === occurrence.siteId && !retired);
  const time = (moment: string) => moment.slice(11, 16);
  return (
    <section className="form" aria-label={words.changeRoom}>
      <SelectField
        label={words.changeRoom}
        value={occurrence.roomId}
        placeholder={words.noRoom}
        options={rooms.map(({ id, name, floor }) => ({ id, label: name, detail: floor }))}
        onChange={(roomId) =>
          change.mutate(
            {
              kind: 'changed',
              date: occurrence.start.slice(0, 10),
              start: time(occurrence.start),
              end: time(occurrence.end),
              roomId,
            },
            { onSuccess: () => tell(words.roomChanged(names.room(roomId)?.name ?? '')) },
          )
        }
      />
      <ProblemNote error={change.error} />
      <Button look="danger" className="start" onPress={() => setAsks(true)}>
        {words.callOff}
      </Button>
      {asks && (
        <Confirm
          title={words.callOff}
          confirm={words.callOffNow}
          isOpen
          isPending={change.isPending}
          onClose={() => setAsks(false)}
          onConfirm={() =>
            change.mutate(
              { kind: 'cancelled', cause: cause.trim() || words.callOffDefault },
              {
                onSuccess: () => {
                  tell(words.calledOff);
                  onDone();
                },
                onError: () => setAsks(false),
              },
            )
          }
        >
          <p>{words.callOffAsk(occurrence.appointments.length)}</p>
          <TextField label={words.callOffCause} value={cause} onChange={setCause} maxLength={200} />
        </Confirm>
      )}
    </section>
  );
}
