import type { Permanence, ProposalLine, Published } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useJustChanged } from '../../api/live';
import { useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button, ButtonLink } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { TextField } from '../../ui/field';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { ConsequencesNote } from './consequences';
import { proposalWords } from './proposal-words';
import { useApprovalShown, useProposals } from './queries';
import { isBehind } from './review';
import { useTold } from './told';
import './permanences.css';

const lookAgain = () => queryClient.invalidateQueries();

/** What a permanence's partner asked for: it waits, or it was refused and why. */
export function ProposalNote({ permanence: { proposal } }: { permanence: Permanence }) {
  const words = useWords(proposalWords);
  const say = useSay();
  const { account } = useMe();
  const answers = account.role === 'manager' || account.role === 'administrator';
  const { data: waiting = [] } = useProposals(answers);
  const [opened, setOpened] = useState(false);
  const withdrawing = useMutation({
    mutationFn: () => send('DELETE', `/proposals/${proposal?.id}`),
    onSuccess: () => tell(words.withdrawn),
    onSettled: lookAgain,
  });
  if (!proposal) return null;
  const asked = words.asked(words.kind[proposal.kind], proposal.askedBy, say.shortMoment(proposal.askedAt));
  if (proposal.state === 'refused')
    return (
      <div className="note stop">
        <b>{words.refused(proposal.decidedBy ?? '')}</b>
        <p>{proposal.reason}</p>
        <p className="hint">{asked}</p>
      </div>
    );
  const line = waiting.find(({ id }) => id === proposal.id);
  return (
    <div className="note">
      <b>{words.waiting}</b>
      <p>
        {asked} {words.waitingHow}
      </p>
      <ProblemNote error={withdrawing.error} />
      <div className="acts">
        {line && (
          <Button look="primary" onPress={() => setOpened(true)}>
            {words.look}
          </Button>
        )}
        {!answers && (
          <Button isPending={withdrawing.isPending} onPress={() => withdrawing.mutate()}>
            {words.withdraw}
          </Button>
        )}
      </div>
      {opened && line && <AnswerProposal proposal={line} onClose={() => setOpened(false)} />}
    </div>
  );
}

/** For the person in charge: what partners ask, the oldest first. */
export function ProposalsToAnswer() {
  const words = useWords(proposalWords);
  const { account } = useMe();
  const { data: waiting = [] } = useProposals(account.role === 'manager' || account.role === 'administrator');
  if (waiting.length === 0) return null;
  return (
    <section className="proposals" aria-labelledby="proposals-title">
      <h2 id="proposals-title">{words.toAnswer}</h2>
      <ul className="plain">
        {waiting.map((proposal) => (
          <Line key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </section>
  );
}

function Line({ proposal }: { proposal: ProposalLine }) {
  const words = useWords(proposalWords);
  const say = useSay();
  const names = useNames();
  const changed = useJustChanged(proposal.permanenceId);
  const [opened, setOpened] = useState(false);
  const { permanenceId, partnerId, title, kind, askedBy, askedAt } = proposal;
  return (
    <li className={`item ${changed ? 'just-changed' : ''}`}>
      <b>
        <PartnerMark partner={names.partner(partnerId)} />
        {title}
      </b>
      <p>{words.asked(words.kind[kind], askedBy, say.shortMoment(askedAt))}</p>
      <div className="acts">
        <Button look="primary" onPress={() => setOpened(true)}>
          {words.look}
        </Button>
        <ButtonLink look="quiet" href={`/permanences/${permanenceId}`}>
          {title}
        </ButtonLink>
      </div>
      {opened && <AnswerProposal proposal={proposal} onClose={() => setOpened(false)} />}
    </li>
  );
}

/** What it would do, then yes or no. */
function AnswerProposal({ proposal, onClose }: { proposal: ProposalLine; onClose(): void }) {
  const words = useWords(proposalWords);
  const say = useSay();
  const told = useTold();
  const [refuses, setRefuses] = useState(false);
  const [reason, setReason] = useState('');
  const shown = useApprovalShown(proposal.id);
  const isKnown = shown.isSuccess && !shown.isFetching;
  const answer = { onSettled: lookAgain };
  const approving = useMutation({
    mutationFn: () =>
      send<Published>('POST', `/proposals/${proposal.id}/approve`, { seen: shown.data?.consequences?.token }),
    onSuccess: (published) => {
      told(published, words.approved);
      onClose();
    },
    ...answer,
  });
  const refusing = useMutation({
    mutationFn: () => send('POST', `/proposals/${proposal.id}/refuse`, { reason: reason.trim() }),
    onSuccess: () => {
      tell(words.refusedDone);
      onClose();
    },
    ...answer,
  });
  const { title, kind, askedBy, askedAt, details } = proposal;
  return (
    <Panel title={words.answer} lead={title} isOpen onClose={onClose}>
      <div className="form">
        <p>{words.asked(words.kind[kind], askedBy, say.shortMoment(askedAt))}</p>
        {details.length > 0 && (
          <section aria-label={words.changes}>
            <h3>{words.changes}</h3>
            <ul>
              {details.map((detail) => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          </section>
        )}
        {isBehind(shown.error) ? (
          <p className="note stop">{words.behind}</p>
        ) : (
          <ConsequencesNote query={shown} isKnown={isKnown} listsDates />
        )}
        <ProblemNote error={approving.error ?? refusing.error} />
        {refuses ? (
          <>
            <TextField
              label={words.reason}
              hint={words.reasonHint}
              value={reason}
              onChange={setReason}
              maxLength={300}
              autoFocus
              isRequired
            />
            <Button
              look="danger"
              isDisabled={reason.trim() === ''}
              isPending={refusing.isPending}
              onPress={() => refusing.mutate()}
            >
              {words.refuse}
            </Button>
          </>
        ) : (
          <div className="acts">
            <Button
              look="primary"
              isDisabled={!isKnown}
              isPending={approving.isPending}
              onPress={() => approving.mutate()}
            >
              {words.approve}
            </Button>
            <Button onPress={() => setRefuses(true)}>{words.refuse}</Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
