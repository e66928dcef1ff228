import type { Planning as PlanningData } from '@app/contract';
import { addDays, NO_BREAK_SPACE, type PlainDate } from '@app/time';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { get } from '../../api/client';
import { keys, useDirectory, useNames } from '../../api/queries';
import { useSession } from '../../api/session';
import { productClock } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { usePlace } from '../../shell/place';
import { Button, ButtonLink } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { SelectField } from '../../ui/field';
import { Many } from '../../ui/many';
import { Answer, Empty, Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { FreeHourPanel } from '../booking/alone-panel';
import type { RoomWish } from '../booking/room-panels';
import { bookingWords } from '../booking/words';
import { HoursGrid, type Opens } from '../today/board';
import { momentOf } from '../today/cells';
import { Panels, usePanels } from '../today/panels';
import { hoursOf, linesFor, withTargets } from './rows';
import { type Carry, useCarry } from './use-carry';
import { inAddress, linesOf, MOST_AGENTS, type View, type Wanted, wantedFrom } from './wanted';
import { planningWords } from './words';
import './planning.css';

const VIEWS: readonly View[] = ['agent', 'agents', 'room', 'partner'];

function usePlanning({ view, ids, from, days }: Wanted) {
  const kind = view === 'agents' ? 'agent' : view;
  return useQuery({
    queryKey: [...keys.planning, kind, ids, from, days],
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const planning = await get<PlanningData>('/planning', { kind, ids: ids.join(','), from, days }, signal);
      productClock.tell(planning.now);
      return planning;
    },
  });
}

/** The week of a person, a room or a partner; or several people side by side on one day. */
export function Planning() {
  const words = useWords(planningWords);
  const say = useSay();
  const names = useNames();
  const directory = useDirectory();
  const place = usePlace();
  const { today } = place;
  const { data: me } = useSession();
  const [params, setParams] = useSearchParams();
  const wanted = wantedFrom(params, { names, today, own: me?.account.agentId ?? null });
  const { view, ids, from, days } = wanted;
  const planning = usePlanning(wanted);
  const carry = useCarry(planning.data, wanted);
  const put = (change: Record<'vue' | 'qui' | 'du', string> | Partial<Record<'vue' | 'qui' | 'du', string>>) =>
    setParams((before) => {
      for (const [name, value] of Object.entries(change)) before.set(name, value);
      return before;
    });
  const go = (day: PlainDate) => put({ du: day });
  const lines = linesOf(view, names);
  const when = days === 1 ? say.date(from) : words.week(say.date(from), say.date(addDays(from, days - 1)));
  const options = lines.map(({ id, name, detail }) => ({ id, label: name, ...(detail && { detail }) }));
  return (
    <Page
      title={words.title}
      lead={when}
      acts={
        <>
          <Segmented
            label={words.view}
            value={view}
            onChange={(next) => put({ vue: inAddress(next), qui: '' })}
            options={VIEWS.map((id) => ({ id, label: words.views[id] }))}
          />
          <Button onPress={() => go(addDays(from, -days))}>{words.earlier}</Button>
          <Button onPress={() => go(today)}>{days === 1 ? words.today : words.thisWeek}</Button>
          <Button onPress={() => go(addDays(from, days))}>{words.later}</Button>
        </>
      }
    >
      {directory.data && lines.length === 0 ? (
        <Empty title={words.nobody}>
          <p>{words.nobodyHow}</p>
        </Empty>
      ) : (
        <>
          <div className="planning-of">
            {view === 'agents' ? (
              <Many
                label={words.agents}
                hint={ids.length >= MOST_AGENTS ? words.mostAgents(ids.length) : undefined}
                value={ids}
                onChange={(chosen) => put({ qui: chosen.slice(0, MOST_AGENTS).join(',') })}
                options={options}
              />
            ) : (
              <SelectField
                label={words[view]}
                value={ids[0] ?? null}
                onChange={(id) => put({ qui: id })}
                options={options}
              />
            )}
            <DateField
              label={days === 1 ? words.day : words.weekOf}
              value={from}
              onChange={(day) => day && go(day as PlainDate)}
            />
            {view === 'agent' && place.siteId && ids[0] && (
              <ButtonLink look="quiet" href={`/feuille?lieu=${place.siteId}&jour=${today}&agent=${ids[0]}`}>
                {words.sheet}
              </ButtonLink>
            )}
          </div>
          {ids.length === 0 ? (
            <Empty title={words.choose} />
          ) : (
            <Answer query={planning}>
              {(data) => <Days planning={data} wanted={wanted} carry={carry} when={when} />}
            </Answer>
          )}
        </>
      )}
    </Page>
  );
}

interface DaysProps {
  planning: PlanningData;
  wanted: Wanted;
  carry: Carry;
  when: string;
}

function Days({ planning, wanted, carry, when }: DaysProps) {
  const words = useWords(planningWords);
  const say = useSay();
  const names = useNames();
  const panels = usePanels();
  const [wish, setWish] = useState<RoomWish | null>(null);
  const { view, ids } = wanted;
  // On a phone the day of the week stands over its date.
  const day = (date: string) => say.shortDate(date).replace(NO_BREAK_SPACE, ' ');
  const speech = { day, holiday: words.holiday, closed: words.closed };
  const lines = linesFor(planning, wanted, names, speech);
  const shown = carry.appointment ? withTargets(lines, view, carry.slots) : lines;
  const who = ids.map((id) => linesOf(view, names).find((line) => line.id === id)?.name).join(', ');
  const open = (what: Opens) => {
    if (what.kind === 'target') carry.choose(what.slot);
    else if (what.kind !== 'free') panels.open(what.kind, what.id);
    else {
      const date = what.rowId.slice(-10);
      const siteId = names.room(what.roomId)?.siteId;
      const at = (minute: number) => momentOf(date, minute).slice(11);
      if (siteId) {
        const end = Math.min(what.end, what.start + 60);
        setWish({ siteId, roomId: what.roomId, date, start: at(what.start), end: at(end) });
      }
    }
  };
  return (
    <>
      <HoursGrid
        label={words.grid(who, when)}
        lines={shown}
        range={hoursOf(lines)}
        carried={carry.appointment?.id ?? null}
        onOpen={open}
        onCarry={carry.take}
        onPutBack={carry.putBack}
      />
      <Carrying carry={carry} hasTarget={shown.some(({ row }) => row.pieces.some(({ kind }) => kind === 'target'))} />
      <Panels {...panels} />
      {wish && <FreeHourPanel wish={wish} onClose={() => setWish(null)} />}
      <PuttingDown carry={carry} />
    </>
  );
}

/** What is being moved, where it may go, and the way back. */
function Carrying({ carry, hasTarget }: { carry: Carry; hasTarget: boolean }) {
  const words = useWords(planningWords);
  const { appointment, isLooking, error, putBack } = carry;
  const said = !appointment
    ? ''
    : isLooking
      ? words.looking
      : (hasTarget ? words.carrying : words.noTarget)(appointment.usagerName);
  return (
    <>
      <ProblemNote error={error} />
      <div className={appointment ? 'note carrying-note' : ''} role="status">
        {said}
        {appointment && (
          <Button look="quiet" onPress={putBack}>
            {words.putBack}
          </Button>
        )}
      </div>
    </>
  );
}

function PuttingDown({ carry }: { carry: Carry }) {
  const words = useWords(bookingWords);
  const say = useSay();
  const { appointment, to } = carry;
  if (!appointment || !to) return null;
  const isSafe = appointment.safeContact;
  return (
    <Confirm
      title={words.move}
      confirm={isSafe ? words.moveQuietly : words.moveNow}
      isOpen
      isPending={carry.isPending}
      onConfirm={carry.confirm}
      onClose={() => carry.choose(null)}
    >
      <p>{(isSafe ? words.moveSafely : words.moveAsk)(appointment.usagerName, say.moment(to.start, to.end))}</p>
    </Confirm>
  );
}
