import type { WaitingEntry } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { send } from '../../api/client';
import { useJustChanged } from '../../api/live';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { sayWithUndo } from '../booking/taking-back';
import { waitingChanged } from './queries';
import { sayWaitingUndo } from './taking-back';
import { waitingWords } from './words';

/** One who waits: for what, since when, what is kept for her; `byName` where the list is of several people. */
export function WaitingItem({ entry, byName }: { entry: WaitingEntry; byName: boolean }) {
  const words = useWords(waitingWords);
  const say = useSay();
  const names = useNames();
  const shared = useWords(sharedWords);
  const changed = useJustChanged(entry.id) ? 'just-changed' : '';
  const leaving = useMutation({
    mutationFn: () => send('DELETE', `/waiting/${entry.id}`),
    onSuccess: () => sayWaitingUndo(words.left(entry.usagerName), entry, { what: 'left', undo: shared.undo, words }),
    onSettled: waitingChanged,
  });
  const { offer, part } = entry;
  const isOpen = entry.state === 'waiting' || entry.state === 'offered';
  const motif = names.motif(entry.motifId)?.label ?? '';
  return (
    <li className={`item ${offer ? 'wait' : ''} ${changed}`}>
      <div className="line">
        {byName ? <Link to={`/usagers/${entry.usagerId}`}>{entry.usagerName}</Link> : <b>{motif}</b>}
        <span className={`tag ${entry.state === 'booked' ? 'ok' : entry.state === 'gone' ? 'stop' : 'wait'}`}>
          {words.states[entry.state]}
        </span>
      </div>
      <p>
        <PartnerMark partner={names.partner(entry.partnerId)} />
        {[
          byName && motif,
          names.agent(entry.agentId)?.name,
          names.site(entry.siteId)?.name,
          entry.session
            ? words.session(say.shortMoment(entry.session))
            : entry.from === entry.until
              ? words.onDay(say.shortDate(entry.from))
              : words.between(say.shortDate(entry.from), say.shortDate(entry.until)),
          entry.ofSeries && words.ofSeries,
          part && words[part].toLocaleLowerCase(say.language),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className="hint">
        {[words.since(say.day(entry.since.slice(0, 10))), entry.by && words.by(entry.by)].filter(Boolean).join(' · ')}
      </p>
      {entry.state === 'waiting' && !entry.reachable && <p className="note">{words.unreachable}</p>}
      {offer && (
        <>
          <OfferLine offer={offer} />
          {offer.by === 'desk' && (
            <>
              <HowToTell entry={entry} offer={offer} />
              <OfferActs entry={entry} offer={offer} />
            </>
          )}
        </>
      )}
      <ProblemNote error={leaving.error} />
      {isOpen && (
        <div className="acts">
          <Button
            look="quiet"
            aria-label={`${words.leave}, ${byName ? entry.usagerName : motif}`}
            isPending={leaving.isPending}
            onPress={() => leaving.mutate()}
          >
            {words.leave}
          </Button>
        </div>
      )}
    </li>
  );
}

type Offer = NonNullable<WaitingEntry['offer']>;

function OfferLine({ offer }: { offer: Offer }) {
  const words = useWords(waitingWords);
  const say = useSay();
  const names = useNames();
  return (
    <p>
      <b>{say.moment(offer.start, offer.end)}</b>
      {[
        '',
        names.site(offer.siteId)?.name,
        offer.by === 'sms' && (offer.told ? words.told[offer.told] : words.bySms),
        words.keptUntil(say.shortMoment(offer.deadline)),
      ]
        .filter((text) => text !== false && text !== null && text !== undefined)
        .join(' · ')}
    </p>
  );
}

/** By her référent alone, or at which number; and that no SMS reached her. */
function HowToTell({ entry, offer }: { entry: WaitingEntry; offer: Offer }) {
  const words = useWords(waitingWords);
  const say = useSay();
  return (
    <p>
      {offer.told === 'failed' && (
        <>
          <span className="tag stop">{words.told.failed}</span>{' '}
        </>
      )}
      {entry.safeContact ? (
        words.byReferent
      ) : entry.phone ? (
        <a className="nb" href={`tel:${entry.phone}`}>
          {say.phone(entry.phone)}
        </a>
      ) : (
        words.noPhone
      )}
    </p>
  );
}

function OfferActs({ entry, offer }: { entry: WaitingEntry; offer: Offer }) {
  const words = useWords(waitingWords);
  const shared = useWords(sharedWords);
  const booking = useMutation({
    mutationFn: () => send<{ id: string }>('POST', `/offers/${offer.id}/accept`),
    onSuccess: ({ id }) =>
      sayWithUndo(words.booked(entry.usagerName), id, {
        what: 'booked',
        undo: shared.undo,
        undone: words.waitsAgain(entry.usagerName),
        onUndone: waitingChanged,
      }),
    onSettled: waitingChanged,
  });
  const declining = useMutation({
    mutationFn: () => send('POST', `/offers/${offer.id}/decline`),
    onSuccess: () => sayWaitingUndo(words.declined, entry, { what: 'declined', undo: shared.undo, words }),
    onSettled: waitingChanged,
  });
  return (
    <>
      <ProblemNote error={booking.error ?? declining.error} />
      <div className="acts">
        <Button
          look="primary"
          aria-label={`${words.book}, ${entry.usagerName}`}
          isPending={booking.isPending}
          onPress={() => booking.mutate()}
        >
          {words.book}
        </Button>
        <Button
          look="quiet"
          aria-label={`${words.cannot}, ${entry.usagerName}`}
          isPending={declining.isPending}
          onPress={() => declining.mutate()}
        >
          {words.cannot}
        </Button>
      </div>
    </>
  );
}

/** "À proposer": a slot that became free and is for the desk to propose, with whom to call. */
export function ToProposeItem({ entry }: { entry: WaitingEntry }) {
  const words = useWords(waitingWords);
  const say = useSay();
  const names = useNames();
  const { offer } = entry;
  if (!offer) return null;
  return (
    <li className="item wait">
      <b>{words.propose(say.atStart(say.shortMoment(offer.start)), entry.usagerName)}</b>
      <p>
        <PartnerMark partner={names.partner(entry.partnerId)} />
        {[
          names.motif(entry.motifId)?.discreetLabel,
          words.since(say.day(entry.since.slice(0, 10))),
          words.keptUntil(say.shortMoment(offer.deadline)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <HowToTell entry={entry} offer={offer} />
      <OfferActs entry={entry} offer={offer} />
    </li>
  );
}
