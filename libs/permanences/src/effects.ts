import type { Instant } from '@app/time';
import { type Difference, keyOf } from './difference';
import type { WantedDate } from './permanence';

/** A date that a change gives, takes away or alters. */
export interface AffectedDate extends WantedDate {
  /** The room it wants is someone else's then. */
  lacksRoom: boolean;
}

/** What a change does to the dates of a permanence, as people see them: only those that are held count. */
export interface Effects {
  added: AffectedDate[];
  removed: AffectedDate[];
  changed: { before: AffectedDate; after: AffectedDate }[];
  /** Dates to come that stay as they are. */
  kept: number;
}

/** @param lacking keys of the dates that do not get the room they want */
export function effectsOf(found: Difference, lacking: ReadonlySet<string>, now: Instant): Effects {
  const before = (date: WantedDate): AffectedDate => ({ ...date, lacksRoom: false });
  const after = (date: WantedDate): AffectedDate => ({ ...date, lacksRoom: lacking.has(keyOf(date)) });
  const held = found.update.filter(({ stored, wanted }) => isHeld(stored) && isHeld(wanted));
  const visible = held.filter(({ stored, wanted }) => looksDifferent(stored, after(wanted)));
  return {
    added: inOrder([
      ...found.insert.filter(isHeld).map(after),
      ...found.update.flatMap(({ stored, wanted }) => (!isHeld(stored) && isHeld(wanted) ? after(wanted) : [])),
    ]),
    removed: inOrder([
      ...[...found.remove, ...found.cancel].filter(isHeld).map(before),
      // What takes it away says why.
      ...found.update.flatMap(({ stored, wanted }) =>
        isHeld(stored) && !isHeld(wanted) ? { ...before(stored), cause: wanted.cause } : [],
      ),
    ]),
    changed: visible
      .map(({ stored, wanted }) => ({ before: before(stored), after: after(wanted) }))
      .sort((a, b) => inTime(a.after, b.after)),
    kept: found.kept.filter((date) => isHeld(date) && date.startsAt > now).length + held.length - visible.length,
  };
}

const isHeld = ({ state }: WantedDate): boolean => state === 'held';

function looksDifferent(stored: WantedDate, wanted: AffectedDate): boolean {
  return (
    stored.startsAt !== wanted.startsAt ||
    stored.endsAt !== wanted.endsAt ||
    stored.siteId !== wanted.siteId ||
    stored.mode !== wanted.mode ||
    stored.seats !== wanted.seats ||
    stored.roomId !== (wanted.lacksRoom ? null : wanted.roomId) ||
    stored.workstationId !== (wanted.lacksRoom ? null : wanted.workstationId) ||
    stored.agentIds.join() !== wanted.agentIds.join()
  );
}

function inTime(a: WantedDate, b: WantedDate): number {
  return a.startsAt - b.startsAt || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function inOrder(dates: AffectedDate[]): AffectedDate[] {
  return dates.sort(inTime);
}
