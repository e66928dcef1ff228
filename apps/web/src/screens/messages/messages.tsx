import type { MessageLine, Messages as Shown } from '@app/contract';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, send } from '../../api/client';
import { useJustChanged } from '../../api/live';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { sentenceOf } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { say as toast } from '../../ui/toasts';
import { sharedWords } from '../../i18n/shared';
import { messageWords } from './words';
import './messages.css';

/** What needs a hand first. */
const FILTERS = ['todo', 'failed', 'waiting', 'sent', 'done', 'all'] as const;
type Filter = (typeof FILTERS)[number];

/** What people were told, will be told, and what only someone can do: a call, a letter. */
export function Messages() {
  const words = useWords(messageWords);
  const [params, setParams] = useSearchParams();
  const filter = FILTERS.find((one) => one === params.get('etat')) ?? FILTERS[0];
  const query = useMessages(filter);
  const pages = query.data?.pages;
  const lines = pages?.flatMap(({ items }) => items);
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="message-filters">
        <Segmented<Filter>
          label={words.shown}
          value={filter}
          onChange={(chosen) => setParams({ etat: chosen }, { replace: true })}
          options={FILTERS.map((id) => ({ id, label: words.filters[id] }))}
        />
      </div>
      <Answer query={{ data: lines, error: query.error, refetch: query.refetch }}>
        {(items) =>
          items.length > 0 ? (
            <>
              <ul className="plain">
                {items.map((line) => (
                  <Line key={line.id} line={line} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button look="quiet" isPending={query.isFetchingNextPage} onPress={() => query.fetchNextPage()}>
                  {words.more}
                </Button>
              )}
            </>
          ) : filter === 'all' ? (
            <Empty title={words.none}>
              <p>{words.noneHow}</p>
            </Empty>
          ) : (
            <Empty title={words.noneOf[filter]} />
          )
        }
      </Answer>
    </Page>
  );
}

function useMessages(filter: Filter) {
  return useInfiniteQuery({
    queryKey: [...keys.messages, 'list', filter],
    initialPageParam: null as string | null,
    getNextPageParam: (page: Shown) => page.next,
    queryFn: ({ pageParam, signal }) =>
      get<Shown>('/messages', { state: filter === 'all' ? null : filter, before: pageParam }, signal),
  });
}

const LOOK: Record<MessageLine['state'], string> = {
  waiting: '',
  sent: 'ok',
  failed: 'stop',
  dropped: '',
  todo: 'wait',
  done: 'ok',
};

function Line({ line }: { line: MessageLine }) {
  const words = useWords(messageWords);
  const say = useSay();
  const names = useNames();
  const agent = names.agent(line.forAgentId)?.name;
  const isFresh = useJustChanged(line.id);
  const when = say.shortMoment(line.sentAt ?? line.due);
  const needsHand = line.state === 'failed' ? 'stop' : line.state === 'todo' ? 'wait' : '';
  return (
    <li className={`item message ${needsHand} ${isFresh ? 'just-changed' : ''}`}>
      <div>
        <b>{line.usagerName}</b>
        <p className="hint">
          {words.kind[line.kind]}, {words.channel[line.channel]}
          {line.channel === 'task' && ` · ${agent ? words.taskFor(agent) : words.taskForService}`}
          {line.recipient && (
            <>
              {' · '}
              <span className="nb">{say.phone(line.recipient)}</span>
            </>
          )}
        </p>
        <WhatFor line={line} />
      </div>
      <div>
        {line.text && <blockquote aria-label={words.text}>{line.text}</blockquote>}
        {line.channel === 'task' && line.state === 'todo' && <p className="hint">{words.taskHow}</p>}
        {line.error && <p>{line.error}</p>}
        {line.kind === 'offer' && needsHand && <Link to="/liste-attente">{words.propose(line.usagerName)}</Link>}
        {line.kind === 'invitation' && needsHand && (
          <Link to={`/usagers/${line.usagerId}`}>{words.showLink(line.usagerName)}</Link>
        )}
      </div>
      <div className="tags">
        <span className={`tag ${LOOK[line.state]}`}>{words.state[line.state](when)}</span>
        {line.settledBy && <span className="hint">{words.by(line.settledBy)}</span>}
        {line.kind !== 'offer' && (line.state === 'todo' || line.state === 'failed') && <MarkDone line={line} />}
      </div>
    </li>
  );
}

/** The appointment, the slot that became free, or until when she may choose; one click from it. */
function WhatFor({ line }: { line: MessageLine }) {
  const words = useWords(messageWords);
  const say = useSay();
  const { appointmentId, appointmentStart, slotStart, until, usagerId, usagerName } = line;
  if (appointmentId && appointmentStart) {
    const moment = words.appointment(say.shortMoment(appointmentStart));
    return (
      <Link
        to={`/?rdv=${appointmentId}&jour=${appointmentStart.slice(0, 10)}`}
        aria-label={`${moment}. ${words.openAppointment(usagerName)}`}
      >
        {moment}
      </Link>
    );
  }
  const what = slotStart
    ? words.slot(say.shortMoment(slotStart), until ? say.shortMoment(until) : '')
    : words.toChoose(until ? say.date(until.slice(0, 10)) : '');
  return (
    <Link to={`/usagers/${usagerId}`} aria-label={`${what}. ${words.openPerson(usagerName)}`}>
      {what}
    </Link>
  );
}

function MarkDone({ line }: { line: MessageLine }) {
  const words = useWords(messageWords);
  const shared = useWords(sharedWords);
  const [isDone, setIsDone] = useState(false);
  const act = { letter: words.doneLetter, task: words.doneTask, call: words.doneCall, sms: words.doneCall }[
    line.channel
  ];
  const marking = useMutation({
    mutationFn: () => send('POST', `/messages/${line.id}/done`),
    onSuccess: () => {
      setIsDone(true);
      toast(words.marked, { detail: line.usagerName });
      return queryClient.invalidateQueries({ queryKey: keys.messages });
    },
    onError: (error) => toast(sentenceOf(error, shared.unexpected)),
  });
  return (
    <Button
      isPending={marking.isPending}
      isDisabled={isDone}
      aria-label={words.doneOf(act, line.usagerName)}
      onPress={() => marking.mutate()}
    >
      {act}
    </Button>
  );
}
