import type { Slot, Slots } from '@app/contract';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { bothNames } from './both-names';
import { slotName } from './slot-name';
import { slotWords } from './slot-words';
import './slot-list.css';

interface SlotListProps {
  slots: readonly Slot[];
  more: Slots['more'];
  /** Being booked by someone else at this moment. */
  held?: Slots['held'];
  onPick(slot: Slot): void;
  /** More slots of a day are wanted. */
  onMore?(): void;
  label: string;
  autoFocus?: boolean;
}

interface Day {
  date: string;
  siteId: string;
  slots: Slot[];
}

/** Slots by day and site, in order of time. */
export function byDay(slots: readonly Slot[]): Day[] {
  const days = new Map<string, Day>();
  for (const slot of slots) {
    const date = slot.start.slice(0, 10);
    const day = days.get(`${date} ${slot.siteId}`) ?? { date, siteId: slot.siteId, slots: [] };
    day.slots.push(slot);
    days.set(`${date} ${slot.siteId}`, day);
  }
  return [...days.values()];
}

/** The first slots, a line a day; arrows go from one to the next and from day to day, Enter takes one. */
export function SlotList({ slots, more, held = [], onPick, onMore, label, autoFocus = false }: SlotListProps) {
  const words = useWords(slotWords);
  const say = useSay();
  const names = useNames();
  const list = useRef<HTMLUListElement>(null);
  const days = useMemo(() => byDay(slots), [slots]);
  const severalSites = new Set(days.map(({ siteId }) => siteId)).size > 1;
  const severalAgents = new Set(slots.map(({ agentId }) => agentId)).size > 1;
  const hasSlots = days.length > 0;
  useEffect(() => {
    // Nobody who is choosing criteria is torn away from them.
    if (document.activeElement?.closest('details, fieldset, [role=listbox]')) return;
    if (autoFocus && hasSlots) list.current?.querySelector<HTMLElement>('button')?.focus();
  }, [autoFocus, hasSlots]);
  return (
    <ul className="slot-days" ref={list} aria-label={label} onKeyDown={goAbout}>
      {days.map(({ date, siteId, slots: ofDay }) => {
        const left = more.find((day) => day.date === date)?.left ?? 0;
        return (
          <li key={`${date} ${siteId}`} className="slot-day">
            <span className="slot-date">
              {say.day(date) === say.date(date) ? say.shortDate(date) : say.atStart(say.day(date))}
              {severalSites && <small>{names.site(siteId)?.name}</small>}
            </span>
            <span className="slots">
              {ofDay.map((slot) => {
                const who = bothNames(names, slot);
                const site = names.site(siteId)?.name;
                return (
                  <Button
                    key={slot.occurrenceId + slot.start + slot.agentId}
                    aria-label={slotName(say, words.until, { ...slot, who, showsWho: severalAgents, site })}
                    onPress={() => onPick(slot)}
                  >
                    {`${say.time(slot.start)} `}
                    {severalAgents && who && <small>{who}</small>}
                  </Button>
                );
              })}
              {held
                .filter((one) => one.siteId === siteId && one.start.startsWith(date))
                .map(({ start, until }) => (
                  <small key={`held ${start}`} className="slot-held">
                    {words.held(say.time(start), say.time(until))}
                  </small>
                ))}
              {left > 0 && onMore && (
                <Button look="quiet" onPress={onMore} aria-label={words.moreOn(left, say.date(date))}>
                  {words.more(left)}
                </Button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function goAbout(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const lineStep = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const focused = document.activeElement;
  if (!(focused instanceof HTMLButtonElement) || (step === undefined && lineStep === undefined)) return;
  event.preventDefault();
  const lines = [...event.currentTarget.querySelectorAll('li')].map((line) => [...line.querySelectorAll('button')]);
  const line = lines.findIndex((buttons) => buttons.includes(focused));
  const buttons = step === undefined ? (lines[line + (lineStep ?? 0)] ?? []) : lines.flat();
  const at = step === undefined ? (lines[line]?.indexOf(focused) ?? 0) : buttons.indexOf(focused) + step;
  (buttons[at] ?? (step === undefined ? buttons.at(-1) : undefined))?.focus();
}
