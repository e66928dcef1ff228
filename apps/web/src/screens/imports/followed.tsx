import type { Subscription } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button, ButtonLink } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { CalendarChanged } from './calendar-changed';
import { readSubscription, subscriptionsAgain, useSubscriptions } from './queries';
import { importWords } from './words';
import './imports.css';

/** The calendars that are followed: what changed in them, and those that can't be read. */
export function FollowedCalendars() {
  const words = useWords(importWords);
  const { data = [] } = useSubscriptions(true);
  const [looked, setLooked] = useState<string | null>(null);
  const subscription = data.find(({ id }) => id === looked);
  if (data.length === 0) return null;
  return (
    <section aria-label={words.followed} className="followed">
      <h2>{words.followed}</h2>
      <ul className="plain">
        {data.map((one) => (
          <Followed key={one.id} subscription={one} onLook={() => setLooked(one.id)} />
        ))}
      </ul>
      {subscription?.permanenceId && (
        <CalendarChanged
          id={subscription.id}
          permanenceId={subscription.permanenceId}
          onClose={() => setLooked(null)}
        />
      )}
    </section>
  );
}

function Followed({ subscription, onLook }: { subscription: Subscription; onLook(): void }) {
  const { id, partnerId, host, permanenceId, readAt, failure, changed } = subscription;
  const words = useWords(importWords);
  const say = useSay();
  const partner = useNames().partner(partnerId);
  const [asks, setAsks] = useState(false);
  const retrying = useMutation({
    mutationFn: () => readSubscription(id),
    onSuccess: () => toast(words.readAgain),
    onSettled: subscriptionsAgain,
  });
  const stopping = useMutation({
    mutationFn: () => send('DELETE', `/calendar-subscriptions/${id}`),
    onSuccess: () => {
      toast(words.stopped);
      return subscriptionsAgain();
    },
    onSettled: () => setAsks(false),
  });
  return (
    <li className={`item ${failure ? 'stop' : changed ? 'wait' : ''}`}>
      <div>
        <PartnerMark partner={partner} /> <b>{words.source(host)}</b>
        {partner && <span className="hint"> {partner.name}</span>}
        <p>{readAt ? words.readAt(say.shortMoment(readAt)) : words.neverRead}</p>
        {failure && (
          <p>
            <b>{words.failing(say.shortMoment(failure.since))}</b> : {failure.text}{' '}
            {words.nextTry(say.shortMoment(failure.nextTry))}
          </p>
        )}
        {!permanenceId && <p>{words.notTaken}</p>}
        {changed && (
          <p>
            <b>{words.changed}</b>
          </p>
        )}
        <ProblemNote error={stopping.error} />
      </div>
      <div className="acts">
        {failure && (
          <Button isPending={retrying.isPending} onPress={() => retrying.mutate()}>
            {words.retry}
          </Button>
        )}
        {permanenceId && changed && (
          <Button look="primary" aria-label={words.lookAt(host)} onPress={onLook}>
            {words.look}
          </Button>
        )}
        {!permanenceId && (
          <ButtonLink aria-label={words.lookAt(host)} href={`/permanences/importer?abonnement=${id}`}>
            {words.look}
          </ButtonLink>
        )}
        {permanenceId && (
          <ButtonLink look="quiet" href={`/permanences/${permanenceId}`}>
            {words.permanence}
          </ButtonLink>
        )}
        <Button look="quiet" onPress={() => setAsks(true)}>
          {words.stop}
        </Button>
      </div>
      <Confirm
        title={words.stopTitle(host)}
        confirm={words.stop}
        isOpen={asks}
        isPending={stopping.isPending}
        onConfirm={() => stopping.mutate()}
        onClose={() => setAsks(false)}
      >
        <p>{words.stopWhy}</p>
      </Confirm>
    </li>
  );
}
