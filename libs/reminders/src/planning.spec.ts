import { type Instant, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { channelOf, type Known, type Reachable, remindersFor, type Subject, verdictOf } from './planning';
import { DESK_HOURS, mayTellAt, type Place, SMS_HOURS } from './telling-hours';

const place: Place = { zone: 'Europe/Paris', territory: 'metropole' };
const mobile: Reachable = { toldBy: 'sms', phoneKind: 'mobile' };
const safe: Reachable = { ...{ toldBy: 'sms', phoneKind: 'mobile' }, safe: DESK_HOURS };
const landline: Reachable = { toldBy: 'sms', phoneKind: 'landline' };

const at = (text: string): Instant => {
  const local = parseLocalDateTime(text.replace(' ', 'T'));
  if (!local) throw new Error(text);
  return toInstant(local, place.zone);
};
const appointment = (start: string, more: Partial<Subject> = {}): Subject => ({
  version: 1,
  state: 'planned',
  start: at(start),
  ...more,
});
const row = (more: Partial<Known>): Known => ({
  id: 'r1',
  kind: 'confirmation',
  channel: 'sms',
  version: 1,
  state: 'sent',
  handed: true,
  ...more,
});

/** "confirmation sms 2027-01-04T10:00" for each row planned. */
function planned(subject: Subject, person: Reachable, now: string, known: Known[] = []): string[] {
  return remindersFor(subject, person, known, at(now), place).planned.map(
    ({ kind, channel, due }) => `${kind} ${channel} ${toLocal(due, place.zone)}`,
  );
}
const dropped = (subject: Subject, now: string, known: Known[]) =>
  remindersFor(subject, mobile, known, at(now), place).dropped;

describe('what is told of an appointment', () => {
  it('a confirmation leaves at once and a reminder two days before', () => {
    expect(planned(appointment('2027-01-20 14:00'), mobile, '2027-01-04 10:00')).toEqual([
      'confirmation sms 2027-01-04T10:00',
      'before sms 2027-01-18T14:00',
    ]);
  });

  it('two days before Tuesday 30 March 2027 at 9:00 is Easter Sunday: the SMS leaves on Saturday 27', () => {
    expect(planned(appointment('2027-03-30 09:00'), mobile, '2027-03-01 10:00')).toContain(
      'before sms 2027-03-27T18:00',
    );
  });

  it('for a landline the call of Tuesday 30 March 2027 is to be made on Friday 26', () => {
    expect(planned(appointment('2027-03-30 09:00'), landline, '2027-03-01 10:00')).toEqual([
      'before call 2027-03-26T09:00',
    ]);
  });

  it('two days before keeps the hour of the wall clock over the change of hour', () => {
    expect(planned(appointment('2027-10-31 10:00'), mobile, '2027-10-01 10:00')).toContain(
      'before sms 2027-10-29T10:00',
    );
    expect(planned(appointment('2027-03-29 10:00'), mobile, '2027-03-01 10:00')).toContain(
      'before sms 2027-03-27T10:00',
    );
  });

  it('a confirmation booked at 20:00 waits until 9:00', () => {
    expect(planned(appointment('2027-01-20 14:00'), mobile, '2027-01-04 20:00')[0]).toBe(
      'confirmation sms 2027-01-05T09:00',
    );
  });

  it('no confirmation waits until after the appointment', () => {
    expect(planned(appointment('2027-01-05 08:45'), mobile, '2027-01-04 20:00')).toEqual([]);
  });

  it('booked on Saturday evening for Monday at 9:00, it is told on Sunday rather than not at all', () => {
    expect(planned(appointment('2027-01-11 09:00'), mobile, '2027-01-09 20:00')).toEqual([
      'confirmation sms 2027-01-10T09:00',
    ]);
  });

  it('booked the day before yesterday is too late for two days: the reminder leaves a day before', () => {
    expect(planned(appointment('2027-01-06 14:00'), mobile, '2027-01-04 16:00')).toEqual([
      'confirmation sms 2027-01-04T16:00',
      'before sms 2027-01-05T14:00',
    ]);
  });

  it('booked this morning for tomorrow morning, the reminder leaves this evening', () => {
    expect(planned(appointment('2027-01-05 11:00'), mobile, '2027-01-04 15:00')).toEqual([
      'confirmation sms 2027-01-04T15:00',
      'before sms 2027-01-04T18:00',
    ]);
  });

  it('booked a few hours ahead, there is nothing beyond the confirmation', () => {
    expect(planned(appointment('2027-01-04 14:00'), mobile, '2027-01-04 10:00')).toEqual([
      'confirmation sms 2027-01-04T10:00',
    ]);
  });

  it('who has no phone gets a letter, and who asked not to be told gets nothing', () => {
    expect(planned(appointment('2027-01-20 14:00'), { toldBy: 'sms', phoneKind: null }, '2027-01-04 10:00')).toEqual([
      'confirmation letter 2027-01-04T10:00',
    ]);
    expect(
      planned(appointment('2027-01-20 14:00'), { toldBy: 'nobody', phoneKind: 'mobile' }, '2027-01-04 10:00'),
    ).toEqual([]);
  });

  it('a wish to be called is respected even with a mobile', () => {
    expect(channelOf({ toldBy: 'call', phoneKind: 'mobile' })).toBe('call');
  });

  it('an appointment that is over, or whose person is here, tells nothing', () => {
    for (const state of ['arrived', 'seen', 'noShow']) {
      expect(planned(appointment('2027-01-20 14:00', { state }), mobile, '2027-01-04 10:00')).toEqual([]);
    }
    expect(planned(appointment('2027-01-04 09:00'), mobile, '2027-01-04 10:00')).toEqual([]);
  });
});

describe('when it changes', () => {
  const moved = appointment('2027-01-22 09:00', { version: 2 });

  it('moved after the confirmation: the old reminder is dropped, the move is told, a new reminder is planned', () => {
    const known = [row({ id: 'c1' }), row({ id: 'b1', kind: 'before', state: 'waiting', handed: false })];
    expect(dropped(moved, '2027-01-05 10:00', known)).toEqual(['b1']);
    expect(planned(moved, mobile, '2027-01-05 10:00', known)).toEqual([
      'moved sms 2027-01-05T10:00',
      'before sms 2027-01-20T09:00',
    ]);
  });

  it('moved before anything was sent: only the final truth is told, as a confirmation', () => {
    const known = [
      row({ id: 'c1', state: 'waiting', handed: false }),
      row({ id: 'b1', kind: 'before', state: 'waiting', handed: false }),
    ];
    expect(dropped(moved, '2027-01-05 10:00', known)).toEqual(['c1', 'b1']);
    expect(planned(moved, mobile, '2027-01-05 10:00', known)[0]).toBe('confirmation sms 2027-01-05T10:00');
  });

  it('a message already with the gateway counts as told', () => {
    const known = [row({ id: 'c1', state: 'waiting', handed: true })];
    expect(dropped(moved, '2027-01-05 10:00', known)).toEqual([]);
    expect(planned(moved, mobile, '2027-01-05 10:00', known)[0]).toBe('moved sms 2027-01-05T10:00');
  });

  it('a move is a call to make for a landline', () => {
    expect(planned(moved, landline, '2027-01-05 10:00')[0]).toBe('moved call 2027-01-05T10:00');
  });

  it('cancelled by the agent: what waits is dropped and the person is told', () => {
    const known = [row({ id: 'c1' }), row({ id: 'b1', kind: 'before', state: 'waiting', handed: false })];
    const cancelled = appointment('2027-01-20 14:00', { state: 'cancelledByAgent' });
    expect(dropped(cancelled, '2027-01-05 10:00', known)).toEqual(['b1']);
    expect(planned(cancelled, mobile, '2027-01-05 10:00', known)).toEqual(['cancelled sms 2027-01-05T10:00']);
  });

  it('cancelled by the person before the confirmation left: nothing is told at all', () => {
    const known = [row({ id: 'c1', state: 'waiting', handed: false })];
    const cancelled = appointment('2027-01-20 14:00', { state: 'cancelledByUsager' });
    expect(dropped(cancelled, '2027-01-05 10:00', known)).toEqual(['c1']);
    expect(planned(cancelled, mobile, '2027-01-05 10:00', known)).toEqual([]);
  });

  it('a call to make is dropped once the appointment is cancelled', () => {
    const known = [row({ id: 'b1', kind: 'before', state: 'todo', handed: false })];
    const cancelled = appointment('2027-01-20 14:00', { state: 'cancelledByUsager' });
    expect(remindersFor(cancelled, landline, known, at('2027-01-05 10:00'), place)).toEqual({
      dropped: ['b1'],
      planned: [],
    });
  });

  it('a cancellation that is undone plans its reminder again', () => {
    const known = [row({ id: 'c1' }), row({ id: 'b1', kind: 'before', state: 'dropped', handed: false })];
    expect(planned(appointment('2027-01-20 14:00'), mobile, '2027-01-05 10:00', known)).toEqual([
      'before sms 2027-01-18T14:00',
    ]);
  });
});

describe('at the moment of sending', () => {
  const subject = appointment('2027-01-20 14:00');
  const verdict = (now: string, more: Partial<Subject> = {}, person = mobile) =>
    verdictOf({ kind: 'before', version: 1 }, { ...subject, ...more }, person, at(now), place);

  it('what still holds is sent', () => {
    expect(verdict('2027-01-18 14:00')).toEqual({ now: 'send' });
  });
  it('what was moved or cancelled meanwhile is dropped', () => {
    expect(verdict('2027-01-18 14:00', { version: 2 })).toEqual({ now: 'drop' });
    expect(verdict('2027-01-18 14:00', { state: 'cancelledByUsager' })).toEqual({ now: 'drop' });
  });
  it('a worker that comes back at 22:00 waits until 9:00', () => {
    expect(verdict('2027-01-18 22:00')).toEqual({ now: 'wait', until: at('2027-01-19 09:00') });
  });
  it('and drops what 9:00 would be too late for', () => {
    expect(verdict('2027-01-20 14:00')).toEqual({ now: 'drop' });
    expect(verdict('2027-01-19 22:00', { start: at('2027-01-20 08:45') })).toEqual({ now: 'drop' });
  });
  it('nobody is told to come on a date that was cancelled under them: the desk is asked', () => {
    expect(verdict('2027-01-18 14:00', { stranded: true })).toEqual({ now: 'ask-the-desk' });
  });
  it('a mobile that was replaced by a landline makes it a call', () => {
    expect(verdict('2027-01-18 14:00', {}, landline)).toEqual({ now: 'ask-the-desk' });
  });
  it('an SMS planned for a Sunday, for want of any other day, is sent on that Sunday', () => {
    const monday = { version: 1, state: 'planned', start: at('2027-01-11 09:00') };
    expect(verdictOf({ kind: 'confirmation', version: 1 }, monday, mobile, at('2027-01-10 09:00'), place)).toEqual({
      now: 'send',
    });
  });
});

describe('whatever the appointment', () => {
  const minute = fc.integer({ min: 0, max: 366 * 24 * 60 });
  const start = at('2027-01-01 00:00');
  const anyMoment = minute.map((minutes) => (start + minutes * 60_000) as Instant);

  it('a reminder leaves between 9:00 and 19:00, never on a Sunday or public holiday, before the appointment', () => {
    fc.assert(
      fc.property(anyMoment, anyMoment, (now, begins) => {
        const plan = remindersFor({ version: 1, state: 'planned', start: begins }, mobile, [], now, place);
        for (const { kind, due } of plan.planned) {
          expect(due).toBeGreaterThanOrEqual(now);
          expect(due).toBeLessThan(begins);
          const quiet = { ...SMS_HOURS, lastWeekday: kind === 'before' ? 6 : 7 };
          expect(mayTellAt(due, quiet, place)).toBe(true);
        }
      }),
    );
  });

  it('planning again what was planned plans and drops nothing', () => {
    fc.assert(
      fc.property(anyMoment, anyMoment, (now, begins) => {
        const subject = { version: 1, state: 'planned', start: begins };
        const plan = remindersFor(subject, mobile, [], now, place);
        const known = plan.planned.map(({ kind }, i) => row({ id: `r${i}`, kind, state: 'waiting', handed: false }));
        expect(remindersFor(subject, mobile, known, now, place)).toEqual({ dropped: [], planned: [] });
      }),
    );
  });
});

describe('a safe contact', () => {
  const cancelled = (start: string) => appointment(start, { state: 'cancelledByAgent' });

  it('is sent nothing of an appointment she took herself', () => {
    expect(planned(appointment('2027-03-15 09:00'), safe, '2027-03-01 10:00')).toEqual([]);
  });

  it('Mrs B.’s appointment of Monday 15 March 2027 is cancelled: no SMS, no letter, a task', () => {
    expect(planned(cancelled('2027-03-15 09:00'), safe, '2027-03-08 10:00')).toEqual([
      'cancelled task 2027-03-08T10:00',
    ]);
  });

  it('is told by her référent within the hours that are safe', () => {
    const mornings = { ...safe, safe: { ...DESK_HOURS, opens: 9 * 60, closes: 11 * 60 } };
    expect(planned(cancelled('2027-03-15 09:00'), mornings, '2027-03-08 14:00')).toEqual([
      'cancelled task 2027-03-09T09:00',
    ]);
  });

  it('even when no such hour is left before the appointment, the task is there', () => {
    expect(planned(cancelled('2027-03-15 09:00'), safe, '2027-03-15 08:40')).toEqual([
      'cancelled task 2027-03-15T08:40',
    ]);
  });

  it('who asked that nobody tells her is told by her référent all the same', () => {
    expect(channelOf({ ...safe, toldBy: 'nobody' })).toBe('task');
  });

  it('marked after the booking: what was to be sent is dropped, a call to be made becomes a task', () => {
    const before = row({ id: 'b1', kind: 'before', state: 'waiting', handed: false });
    expect(remindersFor(appointment('2027-03-15 09:00'), safe, [before], at('2027-03-01 10:00'), place)).toEqual({
      dropped: ['b1'],
      planned: [],
    });
    const moved = appointment('2027-03-15 09:00', { version: 2 });
    const call = row({ id: 'm1', kind: 'moved', channel: 'call', version: 2, state: 'todo', handed: false });
    expect(remindersFor(moved, safe, [call], at('2027-03-01 10:00'), place)).toMatchObject({
      dropped: ['m1'],
      planned: [{ kind: 'moved', channel: 'task' }],
    });
  });

  it('an SMS that was about to leave does not', () => {
    const subject = appointment('2027-03-15 09:00');
    const now = at('2027-03-13 10:00');
    expect(verdictOf({ kind: 'before', version: 1 }, subject, safe, now, place)).toEqual({ now: 'drop' });
    const gone = cancelled('2027-03-15 09:00');
    expect(verdictOf({ kind: 'cancelled', version: 1 }, gone, safe, now, place)).toEqual({ now: 'ask-the-desk' });
  });
});
