import { DESK_HOURS, nextMoment, type Place, SMS_HOURS, type TellingHours } from '@app/reminders';
import {
  addMinutes,
  dateAt,
  dateOf,
  type Instant,
  instant,
  localDateTime,
  MINUTE,
  minuteOfDay,
  timeOf,
  timeOfMinute,
  toInstant,
  toLocal,
} from '@app/time';

/** How long a slot is kept for whom it is offered to: hours during which people may be told. */
const ANSWER_MINUTES = 4 * 60;
/** An answer that comes later than that before the slot would serve nobody. */
const AT_LEAST_BEFORE = 60;

export type Way = { by: 'sms'; due: Instant; deadline: Instant } | { by: 'desk'; deadline: Instant };

/**
 * How a slot that became free is proposed. By SMS where she reads them and has the time to answer; by the desk, who calls,
 * when it is today, too soon, or a message is not for her. Null when there is no time left at all.
 */
export function wayToOffer(start: Instant, readsSms: boolean, now: Instant, place: Place): Way | null {
  if (start <= now) return null;
  if (readsSms && dateAt(start, place.zone) !== dateAt(now, place.zone)) {
    const due = nextMoment(now, SMS_HOURS, place);
    const deadline = afterOpenMinutes(due, ANSWER_MINUTES, SMS_HOURS, place);
    if (deadline <= addMinutes(start, -AT_LEAST_BEFORE)) return { by: 'sms', due, deadline };
  }
  const deadline = afterOpenMinutes(now, ANSWER_MINUTES, DESK_HOURS, place);
  return { by: 'desk', deadline: Math.min(deadline, start) as Instant };
}

/** `minutes` later, counting only those during which people may be told. */
function afterOpenMinutes(from: Instant, minutes: number, hours: TellingHours, place: Place): Instant {
  let at = nextMoment(from, hours, place);
  for (let left = minutes * MINUTE; ; ) {
    const local = toLocal(at, place.zone);
    const closes = toInstant(localDateTime(dateOf(local), timeOfMinute(hours.closes)), place.zone);
    if (at + left <= closes) return instant(at + left);
    left -= closes - at;
    at = nextMoment(closes, hours, place);
  }
}

const TO_COME = 10;
const ROUND = 5;

/** What is left of the hour of someone who did not come: from when whoever lives near could be here, on a round minute. */
export function startOfWhatIsLeft(start: Instant, now: Instant, zone: string): Instant {
  if (start > now) return start;
  const soon = addMinutes(now, TO_COME);
  const minute = minuteOfDay(timeOf(toLocal(soon, zone)));
  return instant(addMinutes(soon, Math.ceil(minute / ROUND) * ROUND - minute) - (soon % MINUTE));
}
