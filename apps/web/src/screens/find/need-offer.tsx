import type { Need, Slot, WalkIn } from '@app/contract';
import { useState } from 'react';
import { useNames, useSlots } from '../../api/queries';
import { useToday } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { NotOffered } from '../booking/not-offered';
import { SlotList } from '../booking/slot-list';
import { Emptied } from './emptied';
import { narrowing, type Wanted } from './wanted';
import { waitingWords } from '../waiting/words';
import { findWords } from './words';

/** Days shown before someone asks for more. */
const DAYS = 3;
const A_DAY = 50;
const FIRST = 24;
const MORE = 48;
const MOST = 200;

interface NeedOfferProps {
  need: Need;
  wanted: Wanted;
  onPick(slot: Slot): void;
  onQueue(date: WalkIn): void;
  /** Nothing suits. */
  onWait(): void;
  /** She chooses by herself. */
  onInvite(): void;
  onWiden(change: Record<string, string | null>): void;
  autoFocus: boolean;
}

/** One motif that answers: why, for whom, and how it is reached from here. */
export function NeedOffer({ need, wanted, onPick, onQueue, onWait, onInvite, onWiden, autoFocus }: NeedOfferProps) {
  const words = useWords(findWords);
  const shared = useWords(sharedWords);
  const waiting = useWords(waitingWords);
  const names = useNames();
  const [isWhole, setWhole] = useState(false);
  const motif = names.motif(need.motifId);
  const days = new Set(need.slots.map(({ start }) => start.slice(0, 10)));
  const shown = [...days].slice(0, DAYS);
  const first = need.slots.filter(({ start }) => shown.includes(start.slice(0, 10)));
  const partner = names.partner(need.partnerId);
  const isReached = need.now.length > 0 || need.next !== null || need.ownNumber !== null || need.slots.length > 0;
  return (
    <div className="offer">
      <div className="offer-who">
        <b>
          <PartnerMark partner={partner} />
          {partner?.name}
        </b>
        <small>
          {[motif?.label, motif && shared.lasts(motif.durationMinutes)].filter(Boolean).join(' · ')}
          {need.urgent && <span className="tag stop">{words.urgent}</span>}
        </small>
        {need.because.length > 0 && <small>{words.because(need.because.join(', '))}</small>}
        {need.notes.map(({ kind, warns, text }) => (
          <small key={kind} className={warns ? 'audience warns' : 'audience'}>
            {text}
          </small>
        ))}
      </div>
      <div>
        <Walkable need={need} onQueue={onQueue} />
        {need.now.length > 0 && need.slots.length === 0 && <p>{words.receivesNow}</p>}
        {need.ownNumber && <OwnNumber ownNumber={need.ownNumber} />}
        {!isReached && (
          <>
            <p>
              <b>{need.emptied.length > 0 ? words.noneFreeAsAsked : words.noneFree}</b>
            </p>
            {need.emptied.length === 0 && <p>{words.noneFreeHow}</p>}
          </>
        )}
        <Emptied emptied={need.emptied} wanted={wanted} onWiden={onWiden} />
        {isWhole || (!isReached && motif?.booked === 'here') ? (
          <WholeList motifId={need.motifId} wanted={wanted} onPick={onPick} />
        ) : (
          need.slots.length > 0 && (
            <>
              <SlotList
                slots={first}
                more={[]}
                onPick={onPick}
                label={words.free(motif?.label ?? '')}
                autoFocus={autoFocus}
              />
              {(need.more || first.length < need.slots.length) && (
                <Button
                  look="quiet"
                  onPress={() => setWhole(true)}
                  aria-label={`${words.moreSlots}, ${motif?.label ?? ''}`}
                >
                  {words.moreSlots}
                </Button>
              )}
            </>
          )
        )}
        {motif?.booked === 'here' && (
          <div className="acts">
            <Button look="quiet" onPress={onWait} aria-label={waiting.joinFor(motif.label)}>
              {waiting.join}
            </Button>
            <Button look="quiet" onPress={onInvite} aria-label={waiting.inviteFor(motif.label)}>
              {waiting.invite}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** Not now: the queue is full before it closes; then the next hours without appointment. */
function Walkable({ need, onQueue }: Pick<NeedOfferProps, 'need' | 'onQueue'>) {
  const words = useWords(findWords);
  const say = useSay();
  const names = useNames();
  const today = useToday();
  const place = (date: WalkIn) =>
    [names.room(date.roomId)?.name, names.site(date.siteId)?.name].filter(Boolean).join(', ');
  const elsewhere = need.now.slice(1);
  return (
    <>
      {need.full.map((date) => (
        <p key={date.occurrenceId} className="walk-in">
          <span>
            {date.why === 'queue' ? words.full(date.waiting, say.time(date.end)) : words.lastEntry(say.time(date.end))}
          </span>
          <Button look="quiet" onPress={() => onQueue(date)}>
            {words.joinAnyway}
          </Button>
        </p>
      ))}
      {elsewhere.map((date) => (
        <p key={date.occurrenceId} className="walk-in">
          <span>{words.nowElsewhere(place(date), say.time(date.end), date.waiting)}</span>
        </p>
      ))}
      {need.next && (
        <p className="walk-in">
          <span>
            {words.walkInThen}{' '}
            <b>
              {say.day(need.next.start.slice(0, 10))}, {say.range(need.next.start, need.next.end)}
            </b>{' '}
            · {place(need.next)}
          </span>
          {need.next.start.startsWith(today) && (
            <Button
              look="quiet"
              aria-label={words.joinFor(say.range(need.next.start, need.next.end))}
              onPress={() => need.next && onQueue(need.next)}
            >
              {words.join}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

function OwnNumber({ ownNumber }: { ownNumber: NonNullable<Need['ownNumber']> }) {
  const words = useWords(findWords);
  const say = useSay();
  const names = useNames();
  return (
    <>
      <p>
        {ownNumber.phone ? words.ownNumber : words.ownNumberUnknown}{' '}
        {ownNumber.phone && (
          <a className="nb" href={`tel:${ownNumber.phone}`}>
            <b>{say.phone(ownNumber.phone)}</b>
          </a>
        )}
      </p>
      {ownNumber.next.length > 0 && (
        <>
          <p>{words.next}</p>
          <ul>
            {ownNumber.next.map(({ start, end, siteId }) => (
              <li key={start + siteId}>
                {[say.moment(start, end), names.site(siteId)?.name].filter(Boolean).join(' · ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Every slot of the motif, day after day. */
function WholeList({ motifId, wanted, onPick }: { motifId: string; wanted: Wanted; onPick(slot: Slot): void }) {
  const words = useWords(findWords);
  const names = useNames();
  const [limit, setLimit] = useState(FIRST);
  const query = useSlots({
    motif: motifId,
    perDay: A_DAY,
    limit,
    ...(wanted.site && { site: wanted.site }),
    ...narrowing(wanted),
  });
  return (
    <Answer query={query}>
      {({ slots, more, held, notOffered }) => (
        <>
          <SlotList
            slots={slots}
            more={more}
            held={held}
            onPick={onPick}
            label={words.free(names.motif(motifId)?.label ?? '')}
            autoFocus
          />
          {slots.length >= limit && limit < MOST && (
            <Button look="quiet" onPress={() => setLimit(Math.min(MOST, limit + MORE))}>
              {words.later}
            </Button>
          )}
          <NotOffered notOffered={notOffered} />
        </>
      )}
    </Answer>
  );
}
