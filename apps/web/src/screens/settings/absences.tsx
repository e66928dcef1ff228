import type { Absence } from '@app/contract';
import { addDays, type PlainDate } from '@app/time';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { get } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { type Say, useSay } from '../../i18n/say';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { AbsencePanel } from './absence-panel';
import { absenceWords } from './absence-words';
import { OfficeLoans } from './office-loans';
import type { Opened } from './thing-panel';
import { Things } from './things';

/** The agents whose absence the viewer may record: oneself, the partner's, or those the desk sees. */
export function useAgentsToRecord() {
  const { account } = useMe();
  const { agents, partner } = useNames();
  return agents.filter(({ id, partnerId, retired }) => {
    if (retired) return false;
    if (account.role === 'agent') return id === account.agentId;
    if (account.role === 'partner-editor') return partnerId === account.partnerId;
    return partnerId === account.partnerId || !partner(partnerId)?.confidential;
  });
}

/** Who is away, and the offices that are lent. `?agent=` opens a new absence of that agent. */
export function Absences() {
  const words = useWords(absenceWords);
  const say = useSay();
  const names = useNames();
  const all = useAgentsToRecord();
  const [asked, setAsked] = useSearchParams();
  const [opened, setOpened] = useState<Opened>(null);
  const query = useQuery({
    queryKey: [...keys.absences, 'list'],
    queryFn: ({ signal }) => get<Absence[]>('/absences', {}, signal),
  });
  const named = all.filter(({ id }) => id === asked.get('agent'));
  const isNew = opened?.id === null || named.length > 0;
  const close = () => {
    setOpened(null);
    if (asked.has('agent')) setAsked({}, { replace: true });
  };
  return (
    <>
      <Answer query={query}>
        {(absences) => {
          const absence = absences.find(({ id }) => id === opened?.id) ?? null;
          return (
            <>
              <Things
                things={absences.map((one) => ({
                  id: one.id,
                  name: names.agent(one.agentId)?.name ?? '',
                  before: <PartnerMark partner={names.partner(one.partnerId)} />,
                  details: [sayWhen(one, say, words.days), one.label || words.away],
                  mayChange: one.mayChange,
                }))}
                create={all.length > 0 ? words.create : null}
                none={words.none}
                noneHow={words.noneHow}
                onCreate={() => setOpened({ id: null })}
                onChange={(id) => setOpened({ id })}
              />
              {(absence || (isNew && all.length > 0)) && (
                <AbsencePanel
                  key={absence?.id ?? 'new'}
                  absence={absence}
                  agents={named.length > 0 ? named : all}
                  onClose={close}
                />
              )}
            </>
          );
        }}
      </Answer>
      <OfficeLoans />
    </>
  );
}

function sayWhen({ start, end }: Absence, say: Say, days: (from: string, to: string) => string): string {
  const isWhole = start.endsWith('T00:00') && end.endsWith('T00:00');
  const [first, after] = [start.slice(0, 10), end.slice(0, 10)];
  if (isWhole) return days(say.date(first), say.date(addDays(after as PlainDate, -1)));
  return first === after ? say.moment(start, end) : `${say.moment(start)} – ${say.moment(end)}`;
}
