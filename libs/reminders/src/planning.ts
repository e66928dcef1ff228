import { HOUR, type Instant } from '@app/time';
import { DESK_HOURS, lastMomentBefore, nextMoment, type Place, SMS_HOURS, type TellingHours } from './telling-hours';

export type Kind = 'confirmation' | 'before' | 'moved' | 'cancelled';
/** 'task': a safe contact, told of a change by her référent alone, in the way the two of them know. */
export type Channel = 'sms' | 'call' | 'letter' | 'task';
export type ReminderState = 'waiting' | 'sent' | 'failed' | 'dropped' | 'todo' | 'done';

/** How a person wishes, and is able, to be told. */
export interface Reachable {
  toldBy: 'sms' | 'call' | 'letter' | 'nobody';
  phoneKind: 'mobile' | 'landline' | null;
  /** A safe contact, and when her référent may try: nothing may be sent to her, and nobody else calls. */
  safe?: TellingHours | null;
}

/** A row that exists. `handed`: given to the gateway, which may have sent it already. */
export interface Known {
  id: string;
  kind: Kind;
  channel: Channel;
  version: number;
  state: ReminderState;
  handed: boolean;
}

export interface Planned {
  kind: Kind;
  channel: Channel;
  due: Instant;
}

export interface Plan {
  /** Ids of rows that no longer hold. */
  dropped: string[];
  /** Rows of the appointment's present version that are still to be made. */
  planned: Planned[];
}

export interface Subject {
  /** 1 at booking, one more at every move. */
  version: number;
  state: string;
  start: Instant;
  /** Its date does not hold any more: nobody is told to come before someone has settled it. */
  stranded?: boolean;
  /** Booked or cancelled together with others: one of them says it for all, this one does not. */
  saidByAnother?: boolean;
  /** Another one told the person of it. */
  toldByAnother?: boolean;
}

const TWO_DAYS = 48 * 60;
// Booked later than two days before: the day before, and at the very last three hours before.
const LEADS = [TWO_DAYS, 24 * 60, 3 * 60];
/** Two messages within that time are one too many. */
const APART = 2 * HOUR;

/** A mobile gets an SMS, another phone a call by the desk, and who has none a letter; nobody who asked not to be told. */
export function channelOf({ toldBy, phoneKind, safe }: Reachable): Channel | null {
  if (safe) return 'task';
  if (toldBy === 'nobody') return null;
  if (toldBy === 'letter' || phoneKind === null) return 'letter';
  return toldBy === 'sms' && phoneKind === 'mobile' ? 'sms' : 'call';
}

export function isCancelled(state: string): boolean {
  return state === 'cancelledByUsager' || state === 'cancelledByAgent';
}

/** Whether the person is still expected: arrivals, no-shows and cancellations are over. */
export function isExpected({ state, start }: Subject, now: Instant): boolean {
  return (state === 'planned' || state === 'confirmed') && start > now;
}

/**
 * What is to be told about an appointment as it stands now, given what was told before. Running it again after its
 * plan was carried out plans nothing more.
 */
export function remindersFor(
  appointment: Subject,
  person: Reachable,
  known: readonly Known[],
  now: Instant,
  place: Place,
): Plan {
  const told = appointment.toldByAnother === true || known.some((row) => row.kind !== 'cancelled' && wasTold(row));
  const channel = channelOf(person);
  const wanted = channel
    ? wantedNow(appointment, { channel, hours: hoursOf(channel, person) }, told, known, now, place)
    : [];
  const holds = (row: Known) =>
    row.version === appointment.version &&
    // Marked, or not any more, since it was planned.
    (row.channel === 'task') === (channel === 'task') &&
    // A reminder for the days to come is not planned anew once it exists: its moment was right when it was chosen.
    (wanted.some(({ kind }) => kind === row.kind) || (row.kind === 'before' && isExpected(appointment, now)));
  const open = (row: Known) => row.state === 'todo' || (row.state === 'waiting' && !row.handed);
  const dropped = known.filter((row) => open(row) && !holds(row)).map(({ id }) => id);
  return {
    dropped,
    planned: wanted.filter(
      ({ kind }) =>
        !known.some(
          (row) =>
            row.kind === kind &&
            row.version === appointment.version &&
            row.state !== 'dropped' &&
            !dropped.includes(row.id),
        ),
    ),
  };
}

/** Handed to the gateway counts: the person may have read it. */
function wasTold(row: Known): boolean {
  return row.state === 'sent' || row.state === 'done' || (row.state === 'waiting' && row.handed);
}

function isNews({ kind, state }: Known): boolean {
  return (kind === 'confirmation' || kind === 'moved') && state !== 'dropped';
}

/** How one is told, and when that may be done. */
interface Way {
  channel: Channel;
  hours: TellingHours;
}

function wantedNow(
  appointment: Subject,
  way: Way,
  told: boolean,
  known: readonly Known[],
  now: Instant,
  place: Place,
): Planned[] {
  if (appointment.start <= now) return [];
  if (isCancelled(appointment.state)) {
    if (appointment.saidByAnother) return [];
    // Who cancels knows; an SMS that undoes an earlier one is welcome all the same, a call is not.
    const useful = appointment.state === 'cancelledByAgent' || (told && way.channel === 'sms');
    return useful ? soonest('cancelled', way, appointment, now, place) : [];
  }
  if (!isExpected(appointment, now)) return [];
  const news = appointment.saidByAnother ? [] : newsFor(appointment, way, known, now, place);
  return [...news, ...beforehand(appointment, way, news[0]?.due ?? now, place)];
}

function newsFor(appointment: Subject, way: Way, known: readonly Known[], now: Instant, place: Place): Planned[] {
  if (way.channel === 'call' || way.channel === 'task') {
    // Booked face to face or on the phone, with a slip: only a change needs a call, or is worth the risk of one.
    return appointment.version === 1 ? [] : soonest('moved', way, appointment, now, place);
  }
  const already = known.find((row) => row.version === appointment.version && isNews(row));
  const toldOfAnother =
    appointment.toldByAnother === true || known.some((row) => row.version < appointment.version && wasTold(row));
  return soonest(already?.kind ?? (toldOfAnother ? 'moved' : 'confirmation'), way, appointment, now, place);
}

function soonest(kind: Kind, { channel, hours }: Way, appointment: Subject, now: Instant, place: Place): Planned[] {
  // A letter leaves at once whatever the day: the post has its own hours.
  const due = channel === 'letter' ? now : nextMoment(now, hours, place);
  if (due < appointment.start) return [{ kind, channel, due }];
  // Her référent finds another way, or stops her at the door.
  if (channel === 'task') return [{ kind, channel, due: now }];
  // Better disturbed on a Sunday than come for nothing, or not at all.
  const anyDay = nextMoment(now, { ...SMS_HOURS, lastWeekday: 7 }, place);
  return anyDay < appointment.start ? [{ kind, channel, due: anyDay }] : [];
}

/** Two days before; for who books later than that, the last moment that is still of use, if there is one. */
function beforehand(appointment: Subject, { channel, hours }: Way, after: Instant, place: Place): Planned[] {
  if (channel === 'letter' || channel === 'task') return [];
  const due = LEADS.map((lead) => lastMomentBefore(appointment.start, lead, hours, place)).find(
    (moment) => moment >= after + APART,
  );
  return due === undefined ? [] : [{ kind: 'before', channel, due }];
}

function hoursOf(channel: Channel, { safe }: Reachable): TellingHours {
  if (channel === 'task' && safe) return safe;
  return channel === 'sms' ? SMS_HOURS : DESK_HOURS;
}

/** What a job finds when it is about to send: still right, to be sent later, or not any more. */
export type Verdict = { now: 'send' } | { now: 'wait'; until: Instant } | { now: 'drop' } | { now: 'ask-the-desk' };

/** `kind` and `version` are the row's, the rest as things stand at the moment of sending. */
export function verdictOf(
  row: { kind: Kind; version: number },
  appointment: Subject,
  person: Reachable,
  now: Instant,
  place: Place,
): Verdict {
  const holds =
    row.version === appointment.version &&
    (row.kind === 'cancelled'
      ? isCancelled(appointment.state) && appointment.start > now
      : isExpected(appointment, now));
  const channel = channelOf(person);
  if (!holds || !channel || (appointment.saidByAnother && row.kind !== 'before')) return { now: 'drop' };
  // Of what is the same as was said face to face, no trace is left at her home.
  if (channel === 'task' && (row.kind === 'before' || row.version === 1) && row.kind !== 'cancelled')
    return { now: 'drop' };
  if (channel !== 'sms' || (appointment.stranded && row.kind !== 'cancelled')) return { now: 'ask-the-desk' };
  if (mayDisturb(row.kind, appointment, now, place)) return { now: 'send' };
  const [later] = soonest(row.kind, BY_SMS, appointment, now, place);
  return later ? { now: 'wait', until: later.due } : { now: 'drop' };
}

const BY_SMS: Way = { channel: 'sms', hours: SMS_HOURS };

function mayDisturb(kind: Kind, appointment: Subject, now: Instant, place: Place): boolean {
  const [soon] = soonest(kind, BY_SMS, appointment, now, place);
  return soon?.due === now;
}
