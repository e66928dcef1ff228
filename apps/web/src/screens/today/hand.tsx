import type { MessageLine } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get, send } from '../../api/client';
import { keys, useConflicts } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useToday } from '../../clock/product-clock';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { looksAgain } from '../booking/looks-again';
import { Waiting } from '../queue/queue';
import { usePlace } from '../../shell/place';
import { ConflictItem } from '../to-settle/conflict-item';
import { ToProposeItem } from '../waiting/entry';
import { useWaiting } from '../waiting/queries';
import { waitingWords } from '../waiting/words';
import { todayWords } from './words';

const SHOWN = 4;

const messagesIn = (state: 'failed' | 'todo') => ({
  queryKey: [...keys.messages, 'hand', state],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    // A slot that became free is under "À proposer".
    get<{ items: MessageLine[] }>('/messages', { state, limit: SHOWN, offers: false }, signal),
});

/** What needs a hand now, beside the day: clashes to settle, messages that failed, calls to make; `waiting` counts all messages. */
export function Hand({ waiting }: { waiting: number }) {
  const words = useWords(todayWords);
  const { siteId } = usePlace();
  const conflicts = useConflicts().data ?? [];
  const failed = useQuery(messagesIn('failed')).data?.items ?? [];
  const today = useToday();
  // A call for a fortnight from now is no work of today.
  const todo = (useQuery(messagesIn('todo')).data?.items ?? []).filter(({ due }) => due.slice(0, 10) <= today);
  const toPropose = useWaiting({ offers: 'desk' }).data?.items ?? [];
  const waitingFor = useWords(waitingWords);
  const messages = [...failed, ...todo].slice(0, SHOWN);
  return (
    <aside className="hand" aria-label={words.hand}>
      <Waiting siteId={siteId} date={today} />
      {conflicts.length + messages.length + toPropose.length === 0 && <p className="hint">{words.nothing}</p>}
      {toPropose.length > 0 && (
        <section>
          <h2>
            {waitingFor.toPropose} <span className="count wait">{toPropose.length}</span>
          </h2>
          <ul className="plain">
            {toPropose.slice(0, SHOWN).map((entry) => (
              <ToProposeItem key={entry.id} entry={entry} />
            ))}
          </ul>
          {toPropose.length > SHOWN && <Link to="/liste-attente">{words.all}</Link>}
        </section>
      )}
      {conflicts.length > 0 && (
        <section>
          <h2>
            {words.toSettle} <span className="count stop">{conflicts.length}</span>
          </h2>
          <ul className="plain">
            {conflicts.slice(0, SHOWN).map((conflict) => (
              <ConflictItem key={conflict.id} conflict={conflict} rooms={1} />
            ))}
          </ul>
          {conflicts.length > SHOWN && <Link to="/a-regler">{words.all}</Link>}
        </section>
      )}
      {messages.length > 0 && (
        <section>
          <h2>
            {words.messages} <span className="count wait">{Math.max(waiting, messages.length)}</span>
          </h2>
          <ul className="plain">
            {messages.map((message) => (
              <MessageItem key={message.id} message={message} />
            ))}
          </ul>
          <Link to="/messages">{words.all}</Link>
        </section>
      )}
    </aside>
  );
}

function MessageItem({ message }: { message: MessageLine }) {
  const words = useWords(todayWords);
  const say = useSay();
  const doing = useMutation({
    mutationFn: () => send('POST', `/messages/${message.id}/done`),
    onSuccess: () => tell(words.doneSaid),
    onSettled: looksAgain,
  });
  const title =
    message.state === 'failed'
      ? words.smsFailed
      : { letter: words.letter, task: words.task, call: words.call, sms: words.call }[message.channel];
  return (
    <li className="item wait">
      <b>{title}</b>
      <p>
        {message.appointmentStart ? (
          words.for(message.usagerName, say.shortMoment(message.appointmentStart))
        ) : (
          <Link to={`/usagers/${message.usagerId}`}>{words.invitationOf(message.usagerName)}</Link>
        )}
        {message.recipient && (
          <>
            {' · '}
            <a className="nb" href={`tel:${message.recipient}`}>
              {say.phone(message.recipient)}
            </a>
          </>
        )}
      </p>
      {message.error && <p>{message.error}</p>}
      <ProblemNote error={doing.error} />
      <div className="acts">
        <Button look="quiet" isDisabled={doing.isPending} onPress={() => doing.mutate()}>
          {words.done}
        </Button>
      </div>
    </li>
  );
}
