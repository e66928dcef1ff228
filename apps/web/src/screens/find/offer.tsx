import type { Motif, Slot, Slots } from '@app/contract';
import { useState } from 'react';
import { useNow } from '../../clock/product-clock';
import { useBoard, useNames, useSlots } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { usePlace } from '../../shell/place';
import { SlotList } from '../booking/slot-list';
import type { Wanted } from './filters';
import { findWords } from './words';

interface OfferProps {
  motif: Motif;
  wanted: Wanted;
  onPick(slot: Slot): void;
  autoFocus: boolean;
}

const A_DAY_FIRST = 3;
const A_DAY_AT_MOST = 50;
const FIRST = 12;
const MORE = 24;
const MOST = 200;

/** One motif of one service: its first slots, or how else it is reached, and what is not offered. */
export function Offer({ motif, wanted, onPick, autoFocus }: OfferProps) {
  const words = useWords(findWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const [limit, setLimit] = useState(FIRST);
  const [perDay, setPerDay] = useState(A_DAY_FIRST);
  const query = useSlots({
    motif: motif.id,
    perDay,
    limit,
    ...(wanted.part && { part: wanted.part }),
    ...(wanted.site && { site: wanted.site }),
    ...(wanted.agent && { agent: wanted.agent }),
    ...(wanted.from && { from: `${wanted.from}T00:00` }),
  });
  const partner = names.partner(motif.partnerId);
  return (
    <div className="offer">
      <div className="offer-who">
        <b>
          <PartnerMark partner={partner} />
          {partner?.name}
        </b>
        <small>{[motif.label, shared.minutes(motif.durationMinutes)].join(' · ')}</small>
        {(motif.audience || partner?.audience) && (
          <small className="audience">{motif.audience || partner?.audience}</small>
        )}
      </div>
      <div>
        <Answer query={query}>
          {(slots) => (
            <>
              {!slots.instead && <ReceivesNow partnerId={motif.partnerId} />}
              {slots.instead ? (
                <Instead instead={slots.instead} />
              ) : slots.slots.length === 0 ? (
                <>
                  <p>
                    <b>{words.noneFree}</b>
                  </p>
                  <p>{words.noneFreeHow}</p>
                </>
              ) : (
                <SlotList
                  slots={slots.slots}
                  more={slots.more}
                  onPick={onPick}
                  onMore={() => {
                    setPerDay(A_DAY_AT_MOST);
                    setLimit(MOST);
                  }}
                  label={words.free(motif.label)}
                  autoFocus={autoFocus}
                />
              )}
              {slots.slots.length >= limit && limit < MOST && (
                <Button look="quiet" onPress={() => setLimit(Math.min(MOST, limit + MORE))}>
                  {words.later}
                </Button>
              )}
              <NotOffered notOffered={slots.notOffered} />
            </>
          )}
        </Answer>
      </div>
    </div>
  );
}

/** The service also receives without an appointment, here, at this very hour: no need to come back. */
function ReceivesNow({ partnerId }: { partnerId: string }) {
  const words = useWords(findWords);
  const say = useSay();
  const now = useNow();
  const names = useNames();
  const { siteId, today } = usePlace();
  const { data: board } = useBoard(siteId, today);
  const here = board?.occurrences.find(
    (occurrence) =>
      occurrence.partnerId === partnerId &&
      occurrence.mode === 'walk-in' &&
      occurrence.start <= now &&
      now < occurrence.end,
  );
  if (!here) return null;
  const place = [names.room(here.roomId)?.name, names.site(siteId ?? null)?.name].filter(Boolean).join(', ');
  return <p className="note ok">{words.nowWalkIn(say.time(here.end), place)}</p>;
}

/** Not booked here: come now, come then, or call. */
function Instead({ instead }: { instead: NonNullable<Slots['instead']> }) {
  const words = useWords(findWords);
  const say = useSay();
  const now = useNow();
  const names = useNames();
  const here =
    instead.kind === 'walk-in' ? instead.next.find(({ start, end }) => start <= now && now < end) : undefined;
  const later = instead.next.filter((presence) => presence !== here);
  return (
    <div>
      {here && <p className="note ok">{words.nowWalkIn(say.time(here.end), names.site(here.siteId)?.name ?? '')}</p>}
      {instead.kind === 'walk-in' && !here && <p>{words.walkIn}</p>}
      {instead.kind === 'own-number' && (
        <p>
          {instead.phone ? words.ownNumber : words.ownNumberUnknown}{' '}
          {instead.phone && (
            <a className="nb" href={`tel:${instead.phone}`}>
              <b>{say.phone(instead.phone)}</b>
            </a>
          )}
        </p>
      )}
      {later.length > 0 && (
        <>
          <p>{words.next}</p>
          <ul>
            {later.map(({ start, end, siteId }) => (
              <li key={start + siteId}>
                {[say.moment(start, end), names.site(siteId)?.name].filter(Boolean).join(' · ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function NotOffered({ notOffered }: Pick<Slots, 'notOffered'>) {
  const words = useWords(findWords);
  const say = useSay();
  if (notOffered.length === 0) return null;
  return (
    <details>
      <summary>{words.notOffered(notOffered.length)}</summary>
      <ul>
        {notOffered.map(({ date, text }) => (
          <li key={date + text}>
            {say.date(date)} : {text}
          </li>
        ))}
      </ul>
    </details>
  );
}
