import type { CalendarEffect, SpaceCalendar, SpaceCalendarBody } from '@app/contract';
import { TERRITORIES } from '@app/time';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { get, send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { Effect, useEffectOf } from './calendar-effect';
import { closureWords } from './closure-words';
import { SchoolCalendarCard } from './school-calendar';

/** Whose public holidays and school holidays count; what a change would do is said before it is saved. */
export function SpaceCalendarCard() {
  const query = useQuery({
    queryKey: [...keys.closures, 'calendar'],
    queryFn: ({ signal }) => get<SpaceCalendar>('/space-calendar', {}, signal),
  });
  return (
    <Answer query={query}>
      {(calendar) => (
        <>
          <CalendarForm key={JSON.stringify(calendar)} calendar={calendar} />
          <SchoolCalendarCard calendar={calendar} />
        </>
      )}
    </Answer>
  );
}

const NONE = 'none';

function CalendarForm({ calendar }: { calendar: SpaceCalendar }) {
  const words = useWords(closureWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const kept = { territory: calendar.territory, schoolZone: calendar.schoolZone, sites: calendar.sites };
  const [said, setSaid] = useState(kept);
  const isChanged = JSON.stringify(said) !== JSON.stringify(kept);
  const put = (body: SpaceCalendarBody) => send<CalendarEffect>('PUT', '/space-calendar', body);
  const asked = useEffectOf(isChanged ? { ...said, dryRun: true } : null, put);
  const saving = useMutation({
    mutationFn: () => put({ ...said, dryRun: false }),
    onSuccess: () => {
      toast(words.saved);
      return queryClient.invalidateQueries();
    },
  });
  const territories = TERRITORIES.map((id) => ({ id, label: words.territories[id] }));
  return (
    <Form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <h2>{words.calendar}</h2>
      <SelectField
        label={words.territory}
        value={said.territory}
        onChange={(territory) => setSaid({ ...said, territory: territory as SpaceCalendar['territory'] })}
        options={territories}
      />
      {said.sites.length > 1 &&
        said.sites.map(({ siteId, territory }) => (
          <SelectField
            key={siteId}
            label={words.territoryOf(names.site(siteId)?.name ?? '')}
            value={territory ?? NONE}
            onChange={(id) =>
              setSaid({
                ...said,
                sites: said.sites.map((site) =>
                  site.siteId === siteId
                    ? { siteId, territory: id === NONE ? null : (id as SpaceCalendar['territory']) }
                    : site,
                ),
              })
            }
            options={[{ id: NONE, label: words.sameAsSpace }, ...territories]}
          />
        ))}
      <SelectField
        label={words.schoolZone}
        value={said.schoolZone ?? NONE}
        onChange={(id) => setSaid({ ...said, schoolZone: id === NONE ? null : (id as 'A' | 'B' | 'C') })}
        options={[
          { id: NONE, label: words.noZone },
          ...(['A', 'B', 'C'] as const).map((id) => ({ id, label: words.zone(id) })),
        ]}
      />
      <SchoolHolidays calendar={calendar} />
      {isChanged && <Effect {...asked} />}
      <ProblemNote error={saving.error} />
      {isChanged && (
        <div className="acts">
          <Button look="primary" type="submit" isDisabled={!asked.effect} isPending={saving.isPending}>
            {shared.save}
          </Button>
        </div>
      )}
    </Form>
  );
}

function SchoolHolidays({ calendar: { schoolZone, schoolHolidays } }: { calendar: SpaceCalendar }) {
  const words = useWords(closureWords);
  const say = useSay();
  if (!schoolZone) return <p className="hint">{words.noZoneHow}</p>;
  const { verifiedUntil, periods } = schoolHolidays;
  const ahead = periods.filter(({ to }) => to === null || to >= say.today);
  return (
    <>
      {verifiedUntil && <p className="hint">{words.verifiedUntil(say.date(verifiedUntil))}</p>}
      <ul>
        {ahead.map(({ name, from, to, verified }) => (
          <li key={from}>
            {words.period(name, say.date(from), to && say.date(to))}
            {!verified && ` (${words.toCheck})`}
          </li>
        ))}
      </ul>
    </>
  );
}
