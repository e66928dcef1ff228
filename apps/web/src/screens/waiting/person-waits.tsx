import type { Invitation, InvitationLink } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { WaitingItem } from './entry';
import { InvitePanel } from './invite-panel';
import { JoinWaiting } from './join-waiting';
import { useWaiting, waitingChanged } from './queries';
import { waitingWords } from './words';

/** On a person's page: what she waits for, and the invitations sent to her. */
export function PersonWaits({ usager }: { usager: { id: string; name: string } }) {
  const words = useWords(waitingWords);
  const [asks, setAsks] = useState<'waiting' | 'invitation' | null>(null);
  const waiting = useWaiting({ usager: usager.id }).data?.items ?? [];
  const { data: invitations = [] } = useQuery({
    queryKey: [...keys.waiting, 'invitations', usager.id],
    queryFn: ({ signal }) => get<Invitation[]>('/invitations', { usager: usager.id }, signal),
  });
  return (
    <section className="card">
      <h2>{words.section}</h2>
      {waiting.length + invitations.length === 0 && <p>{words.nothing}</p>}
      <ul className="plain">
        {waiting.map((entry) => (
          <WaitingItem key={entry.id} entry={entry} byName={false} />
        ))}
        {invitations.map((invitation) => (
          <InvitationItem key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      <div className="acts">
        <Button onPress={() => setAsks('waiting')}>{words.join}</Button>
        <Button onPress={() => setAsks('invitation')}>{words.invite}</Button>
      </div>
      {asks === 'waiting' && <JoinWaiting motifId={null} usager={usager} wish={{}} onClose={() => setAsks(null)} />}
      {asks === 'invitation' && <InvitePanel motifId={null} usager={usager} wish={{}} onClose={() => setAsks(null)} />}
    </section>
  );
}

function InvitationItem({ invitation }: { invitation: Invitation }) {
  const words = useWords(waitingWords);
  const say = useSay();
  const names = useNames();
  const { state, by, told, opened } = invitation;
  const showing = useMutation({
    mutationFn: () => send<InvitationLink>('POST', `/invitations/${invitation.id}/link`),
  });
  const withdrawing = useMutation({
    mutationFn: () => send('DELETE', `/invitations/${invitation.id}`),
    onSuccess: () => tell(words.withdrawn),
    onSettled: waitingChanged,
  });
  const motif = names.motif(invitation.motifId)?.label ?? '';
  return (
    <li className="item">
      <div className="line">
        <b>{words.invitationTo(motif)}</b>
        <span className={`tag ${state === 'booked' ? 'ok' : state === 'open' ? 'wait' : 'stop'}`}>
          {words.invitation[state]}
        </span>
      </div>
      <p>
        <PartnerMark partner={names.partner(invitation.partnerId)} />
        {[
          names.agent(invitation.agentId)?.name,
          by === 'sms' || told === 'failed' ? told && words.told[told] : words.onPaper,
          by === 'letter' && told === 'failed' && words.onPaper,
          opened ? words.opened(say.shortMoment(opened)) : words.notOpened,
          state === 'open' && words.validUntil(say.date(invitation.expires.slice(0, 10))),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {showing.data && (
        <div className="note" role="status">
          <p>{showing.data.text}</p>
          <p className="hint">{words.linkShown}</p>
        </div>
      )}
      <ProblemNote error={showing.error ?? withdrawing.error} />
      {state === 'open' && (
        <div className="acts">
          <Button look="quiet" isPending={showing.isPending} onPress={() => showing.mutate()}>
            {words.link}
          </Button>
          <Button look="quiet" isPending={withdrawing.isPending} onPress={() => withdrawing.mutate()}>
            {words.withdraw}
          </Button>
        </div>
      )}
    </li>
  );
}
