import type { Visit, VisitChange } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useJustChanged } from '../../api/live';
import { useNames, useVisits } from '../../api/queries';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button, ButtonLink } from '../../ui/button';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { visitsChanged } from './join-panel';
import { otherMoment, standing } from './standing';
import { queueWords } from './words';
import './queue.css';

/** How many wait for each date. */
export function waitingByDate(visits: readonly Visit[]): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  for (const { occurrenceId, state } of visits) {
    if (occurrenceId && state === 'waiting') waiting.set(occurrenceId, (waiting.get(occurrenceId) ?? 0) + 1);
  }
  return waiting;
}

/** En attente: those who wait at the site today, in the order they pass; nothing when nobody does. */
export function Waiting({ siteId, date }: { siteId: string | undefined; date: string }) {
  const words = useWords(queueWords);
  const visits = useVisits(siteId, date).data?.visits ?? [];
  if (visits.length === 0) return null;
  return (
    <section>
      <h2>
        {words.waiting} <span className="count wait">{visits.filter(({ state }) => state === 'waiting').length}</span>
      </h2>
      <VisitList visits={visits} />
    </section>
  );
}

export function VisitList({ visits }: { visits: readonly Visit[] }) {
  return (
    <ul className="plain">
      {visits.map((visit) => (
        <VisitItem key={visit.id} visit={visit} />
      ))}
    </ul>
  );
}

const ahead = (words: { nobodyAhead: string; ahead(count: number): string }, before: number) =>
  before === 0 ? words.nobodyAhead : words.ahead(before);

const OUTCOMES = ['answered', 'appointment', 'oriented', 'call-back'] as const;
type Change = Pick<VisitChange, 'from' | 'to'> & { outcome?: (typeof OUTCOMES)[number] };

function VisitItem({ visit }: { visit: Visit }) {
  const words = useWords(queueWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const now = useNow();
  const changed = useJustChanged(visit.id) ? 'just-changed' : '';
  const [finishes, setFinishes] = useState(false);
  const passing = useMutation({
    mutationFn: (change: Change) => send('POST', `/visits/${visit.id}/state`, change),
    onSettled: visitsChanged,
  });
  const who = visit.who || words.number(visit.number);
  const pass = (change: Change, said: string) =>
    passing.mutate(change, {
      onSuccess: () =>
        tell(said, {
          undo: { label: shared.undo, act: () => passing.mutate({ from: change.to, to: change.from }) },
        }),
    });
  const partner = names.partner(visit.partnerId);
  const motif = names.motif(visit.motifId);
  const isWaiting = visit.state === 'waiting';
  const stands = standing(visit, now);
  const isTooLate = stands === 'over' || stands === 'not-held';
  const inTurn = {
    received: words.received,
    over: words.isOver(say.time(visit.receives?.end ?? now)),
    'not-held': words.isNotHeld,
    'not-yet': [visit.receives && words.opens(say.time(visit.receives.start)), ahead(words, visit.before)]
      .filter(Boolean)
      .join(' · '),
    next: words.ahead(visit.before),
  }[stands];
  return (
    <li className={`item visit ${visit.urgent || isTooLate ? 'stop' : 'wait'} ${changed}`}>
      <div className="line">
        <b>
          {who}
          {visit.who && <small className="nb"> {words.number(visit.number)}</small>}
        </b>
        {isWaiting && !isTooLate && <span className="rank">{words.rank(visit.before + 1)}</span>}
      </div>
      <p>
        <PartnerMark partner={partner} />
        {[
          motif?.discreetLabel ?? partner?.shortName,
          visit.urgent && words.isUrgent,
          inTurn,
          words.since(say.time(isWaiting ? visit.arrived : (visit.received ?? visit.arrived))),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ProblemNote error={passing.error} />
      {finishes ? (
        <fieldset className="acts outcomes">
          <legend>{words.finishHow}</legend>
          {OUTCOMES.map((outcome, index) => (
            <Button
              key={outcome}
              autoFocus={index === 0}
              onPress={() =>
                pass({ from: visit.state, to: 'done', outcome }, words.doneSaid(who, words.outcomes[outcome]))
              }
            >
              {words.outcomes[outcome]}
            </Button>
          ))}
        </fieldset>
      ) : (
        <div className="acts">
          {isTooLate && <ButtonLink href={otherMoment(visit)}>{words.otherMoment}</ButtonLink>}
          {isWaiting && (
            <Button
              look="quiet"
              aria-label={`${words.receive}, ${who}`}
              onPress={() => pass({ from: 'waiting', to: 'received' }, words.receivedSaid(who))}
            >
              {words.receive}
            </Button>
          )}
          {(!isWaiting || isTooLate) && (
            <Button look="quiet" aria-label={`${words.finish}, ${who}`} onPress={() => setFinishes(true)}>
              {words.finish}
            </Button>
          )}
          {!isTooLate && (
            <ButtonLink look="quiet" href={visit.usagerId ? `/creneaux?usager=${visit.usagerId}` : '/creneaux'}>
              {words.orient}
            </ButtonLink>
          )}
          {isWaiting && (
            <Button
              look="quiet"
              aria-label={`${words.leftWhole}, ${who}`}
              onPress={() => pass({ from: 'waiting', to: 'left' }, words.leftSaid(who))}
            >
              {words.left}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
