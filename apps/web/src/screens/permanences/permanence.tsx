import type { Permanence as Shown, PermanenceDate, Published } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button, ButtonLink } from '../../ui/button';
import { Answer, Page } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { ChangeDate, type DateAct } from './change-date';
import { changeWords } from './change-words';
import type { Choice } from './date-choices';
import { DatesTable } from './dates-table';
import { obstacleWords } from './obstacle-words';
import { Obstacles } from './obstacles';
import { History } from './history';
import { ProposalNote } from './proposal';
import { proposalWords } from './proposal-words';
import { useAsksFirst, useDates, useMayWrite, usePermanence } from './queries';
import { RuleLines } from './rule-lines';
import { StateTag } from './state-tag';
import { Stop } from './stop';
import { SwapTurns } from './swap-turns';
import { useTold } from './told';
import { mayBeGiven } from './turns';
import { permanenceWords } from './words';
import './permanences.css';

export function Permanence() {
  const query = usePermanence(useParams().id);
  return (
    <Answer query={query} isScreen>
      {(permanence) => <Detail permanence={permanence} />}
    </Answer>
  );
}

function Detail({ permanence }: { permanence: Shown }) {
  const words = useWords(permanenceWords);
  const names = useNames();
  const mayWrite = useMayWrite()(permanence.partnerId) && permanence.state !== 'stopped';
  const partner = names.partner(permanence.partnerId);
  const told = useTold();
  const asking = useWords(proposalWords);
  const asksFirst = useAsksFirst(permanence.confidential);
  const waits = permanence.proposal?.state === 'waiting';
  const [stops, setStops] = useState(false);
  const publishing = useMutation({
    mutationFn: () => send<Published>('POST', `/permanences/${permanence.id}/publish`, { version: permanence.version }),
    onSuccess: (published) => {
      told(published);
      return queryClient.invalidateQueries({ queryKey: keys.permanences });
    },
  });
  return (
    <Page
      title={permanence.title}
      lead={
        <>
          <PartnerMark partner={partner} />
          {partner?.name} <StateTag state={permanence.state} />{' '}
          {waits && <span className="tag wait">{asking.waits}</span>}
        </>
      }
      acts={
        mayWrite && (
          <>
            {permanence.state === 'published' && <Button onPress={() => setStops(true)}>{words.stop}</Button>}
            <ButtonLink href={`/permanences/${permanence.id}/modifier`}>{words.edit}</ButtonLink>
            {permanence.state === 'draft' && !waits && (
              <Button look="primary" isPending={publishing.isPending} onPress={() => publishing.mutate()}>
                {asksFirst ? asking.askPublish : words.publish}
              </Button>
            )}
          </>
        )
      }
    >
      <ProblemNote error={publishing.error} />
      <ProposalNote permanence={permanence} />
      {permanence.state === 'draft' && <p className="note">{words.draftNote}</p>}
      {permanence.state === 'stopped' && <p className="note">{words.stoppedNote}</p>}
      <div className="beside dates-first">
        <NextDates permanence={permanence} mayChange={mayWrite && permanence.state === 'published'} />
        <div>
          <section className="card">
            <h2>{words.rules}</h2>
            <RuleLines permanence={permanence} />
            <Facts permanence={permanence} />
          </section>
          <History permanenceId={permanence.id} />
        </div>
      </div>
      {stops && <Stop permanence={permanence} onClose={() => setStops(false)} />}
    </Page>
  );
}

function Facts({ permanence }: { permanence: Shown }) {
  const words = useWords(permanenceWords);
  const names = useNames();
  const motifs = permanence.motifIds.map((id) => names.motif(id)?.label).filter(Boolean);
  return (
    <dl className="facts">
      <dt>{words.motifs}</dt>
      <dd>{motifs.length > 0 ? motifs.join(', ') : words.anyMotif}</dd>
      <dt>{words.visibilityIs}</dt>
      <dd>
        {words.visibility[permanence.visibility]}
        {permanence.confidential && ` · ${words.confidentialIs}`}
      </dd>
      {permanence.invitedPartnerIds.length > 0 && (
        <>
          <dt>{words.invitedIs}</dt>
          <dd>
            {permanence.invitedPartnerIds
              .map((id) => names.partner(id)?.name)
              .filter(Boolean)
              .join(', ')}
          </dd>
        </>
      )}
      <dt>{words.onHolidayIs}</dt>
      <dd>{words.onHoliday[permanence.onHoliday]}</dd>
      <dt>{words.onClosureIs}</dt>
      <dd>{words.onHoliday[permanence.onClosure]}</dd>
      {permanence.schoolHolidays !== 'any' && (
        <>
          <dt>{words.schoolIs}</dt>
          <dd>{words.schoolSaid[permanence.schoolHolidays]}</dd>
        </>
      )}
      {permanence.publicNote && (
        <>
          <dt>{words.publicNoteIs}</dt>
          <dd>{permanence.publicNote}</dd>
        </>
      )}
    </dl>
  );
}

type Act = DateAct | 'swap';

const STEP = 12;
const MOST = 60;

function NextDates({ permanence, mayChange }: { permanence: Shown; mayChange: boolean }) {
  const words = useWords(permanenceWords);
  const { today } = useSay();
  const [count, setCount] = useState(STEP);
  const [act, setAct] = useState<{ kind: Act; date: PermanenceDate; to?: string } | null>(null);
  const settling = useSettling(permanence.id);
  // A room is given at once; a date that goes or moves shows first who would be told.
  const decide = (date: PermanenceDate, choice: Choice | null) => {
    if (choice?.kind === 'skip') setAct({ kind: 'cancelled', date });
    else if (choice?.kind === 'move') setAct({ kind: 'changed', date, to: choice.date });
    else if (choice) settling.mutate({ date, choice });
  };
  const query = useDates(permanence.id, today, count);
  return (
    <section className="card">
      <h2>{words.dates}</h2>
      <Answer query={query}>
        {(dates) =>
          dates.length === 0 ? (
            <p>{words.noDates}</p>
          ) : (
            <>
              <DatesTable
                label={words.dates}
                dates={dates}
                {...(mayChange && {
                  acts: (date) => (
                    <DateActs date={date} partnerId={permanence.partnerId} onAct={(kind) => setAct({ kind, date })} />
                  ),
                })}
              />
              {mayChange && (
                <>
                  <ProblemNote error={settling.error} />
                  <Obstacles
                    dates={dates.filter(({ ruleId, start, decided }) => ruleId && start >= today && !decided)}
                    chosen={() => null}
                    onChoose={decide}
                    isPending={settling.isPending}
                  />
                </>
              )}
              {dates.length >= count && count < MOST && (
                <Button look="quiet" onPress={() => setCount(count + STEP)}>
                  {words.moreDates}
                </Button>
              )}
            </>
          )
        }
      </Answer>
      {act && act.kind !== 'swap' && (
        <ChangeDate permanence={permanence} date={act.date} kind={act.kind} to={act.to} onClose={() => setAct(null)} />
      )}
      {act?.kind === 'swap' && (
        <SwapTurns permanence={permanence} date={act.date} dates={query.data ?? []} onClose={() => setAct(null)} />
      )}
    </section>
  );
}

/** Another room for a date, or none, decided at once: nobody has to be told. */
function useSettling(permanenceId: string) {
  const words = useWords(obstacleWords);
  return useMutation({
    mutationFn: ({ date, choice }: { date: PermanenceDate; choice: Choice }) =>
      send('POST', `/permanences/${permanenceId}/dates`, {
        ruleId: date.ruleId,
        originalStart: date.originalStart,
        change: {
          kind: 'changed',
          date: date.start.slice(0, 10),
          start: date.start.slice(11),
          end: date.end.slice(11),
          roomId: choice.kind === 'room' ? choice.roomId : null,
          withoutRoom: choice.kind === 'without-room',
          cause: '',
        },
      }),
    onSuccess: () => {
      toast(words.done);
      return queryClient.invalidateQueries();
    },
  });
}

interface DateActsProps {
  date: PermanenceDate;
  partnerId: string;
  onAct(kind: Act): void;
}

function DateActs({ date, partnerId, onAct }: DateActsProps) {
  const words = useWords(permanenceWords);
  const change = useWords(changeWords);
  const say = useSay();
  const now = useNow();
  const { agents } = useNames();
  if (date.ruleId === null || date.start < say.today) return null;
  const moment = say.shortMoment(date.originalStart);
  const hasColleagues = agents.filter((one) => one.partnerId === partnerId && !one.retired).length > 1;
  return (
    <div className="table-acts">
      {date.state !== 'cancelled' && (
        <Button look="quiet" aria-label={words.changeOf(moment)} onPress={() => onAct('changed')}>
          {words.change}
        </Button>
      )}
      {(date.state === 'held' || date.state === 'moved') && (
        <Button look="quiet" aria-label={words.cancelOf(moment)} onPress={() => onAct('cancelled')}>
          {words.cancel}
        </Button>
      )}
      {mayBeGiven(date, now) && hasColleagues && (
        <Button look="quiet" aria-label={change.swapOf(moment)} onPress={() => onAct('swap')}>
          {change.swap}
        </Button>
      )}
      {date.decided && (
        <Button look="quiet" aria-label={words.restoreOf(moment)} onPress={() => onAct('as-the-rule-says')}>
          {words.restore}
        </Button>
      )}
    </div>
  );
}
