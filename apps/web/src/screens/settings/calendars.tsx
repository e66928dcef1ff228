import type { CalendarFeed } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Answer } from '../../ui/page';
import { CALENDARS, CalendarPanel, NewCalendarPanel } from './calendar-panel';
import { calendarWords } from './calendar-words';
import type { Opened } from './thing-panel';
import { Things } from './things';

/** Links by which other programs read the planning. */
export function Calendars() {
  const words = useWords(calendarWords);
  const say = useSay();
  const names = useNames();
  const [opened, setOpened] = useState<Opened>(null);
  const query = useQuery({
    queryKey: CALENDARS,
    queryFn: ({ signal }) => get<CalendarFeed[]>('/calendars', {}, signal),
  });
  const nameOf = ({ agentId, roomId, partnerId }: CalendarFeed) =>
    names.agent(agentId)?.name ?? names.room(roomId)?.name ?? names.partner(partnerId)?.name ?? words.space;
  return (
    <Answer query={query}>
      {(feeds) => {
        const feed = feeds.find(({ id }) => id === opened?.id);
        return (
          <>
            <p className="hint">{words.why}</p>
            <Things
              things={feeds.map((one) => ({
                id: one.id,
                name: [nameOf(one), one.label].filter(Boolean).join(' · '),
                details: [one.kind !== 'space' && words.kinds[one.kind], words.since(say.moment(one.since))],
                mayChange: true,
              }))}
              create={words.create}
              none={words.none}
              noneHow={words.noneHow}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened?.id === null && <NewCalendarPanel onClose={() => setOpened(null)} />}
            {feed && <CalendarPanel feed={feed} name={nameOf(feed)} onClose={() => setOpened(null)} />}
          </>
        );
      }}
    </Answer>
  );
}
