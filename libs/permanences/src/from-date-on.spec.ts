import { describe, expect, it } from '@jest/globals';
import type { PlainDate, PlainTime } from '@app/time';
import { fromDateOn } from './from-date-on';
import type { PlannedRule } from './permanence';

const rule = (rrule: string, dtstart: string, more: Partial<PlannedRule> = {}): PlannedRule => ({
  id: 'old',
  rrule,
  dtstart: dtstart as PlainDate,
  startTime: '09:00' as PlainTime,
  endTime: '12:00' as PlainTime,
  parity: null,
  mode: 'appointment',
  siteId: 'site',
  roomId: null,
  workstationId: null,
  agentIds: [],
  seats: 1,
  assumption: '',
  excluded: [],
  onHoliday: null,
  schoolHolidays: null,
  ...more,
});
const on = (day: string, today = '2027-01-04') => ({
  day: day as PlainDate,
  today: today as PlainDate,
  newId: () => 'new',
});
const said = (rules: readonly PlannedRule[]) =>
  rules.map(({ id, rrule, dtstart, endTime }) => [id, rrule, dtstart, endTime]);
const shorter = { endTime: '11:00' as PlainTime };

describe('a permanence from a day on', () => {
  it('a line that changes ends the day before, and another takes over its dates', () => {
    const was = rule('FREQ=WEEKLY;BYDAY=TU', '2027-01-05');
    const split = fromDateOn([was], [{ ...was, ...shorter }], on('2027-01-20'));
    expect(said(split.rules)).toEqual([
      ['old', 'FREQ=WEEKLY;UNTIL=20270119;BYDAY=TU', '2027-01-05', '12:00'],
      ['new', 'FREQ=WEEKLY;BYDAY=TU', '2027-01-26', '11:00'],
    ]);
    expect(split.handedOver).toEqual([{ from: 'old', to: 'new' }]);
  });

  it('a line that does not change goes on under its own identity', () => {
    const was = rule('FREQ=WEEKLY;BYDAY=TU', '2027-01-05');
    expect(fromDateOn([was], [was], on('2027-01-20'))).toMatchObject({ rules: [was], handedOver: [] });
  });

  it('a line that had not begun is simply written anew', () => {
    const was = rule('FREQ=WEEKLY;BYDAY=TU', '2027-02-02');
    expect(fromDateOn([was], [{ ...was, ...shorter }], on('2027-01-20'))).toMatchObject({
      rules: [{ id: 'old', dtstart: '2027-02-02', endTime: '11:00' }],
      handedOver: [],
    });
  });

  it('a line taken away ends; a line added begins on the day at the earliest', () => {
    const was = rule('FREQ=WEEKLY;BYDAY=TU', '2027-01-05');
    const added = rule('FREQ=WEEKLY;BYDAY=FR', '2027-01-01', { id: 'friday' });
    expect(said(fromDateOn([was], [added], on('2027-01-20')).rules)).toEqual([
      ['old', 'FREQ=WEEKLY;UNTIL=20270119;BYDAY=TU', '2027-01-05', '12:00'],
      ['friday', 'FREQ=WEEKLY;BYDAY=FR', '2027-01-22', '12:00'],
    ]);
  });

  it('every six weeks stays in step', () => {
    const was = rule('FREQ=WEEKLY;INTERVAL=6;BYDAY=TU', '2027-01-12');
    expect(said(fromDateOn([was], [{ ...was, ...shorter }], on('2027-03-01')).rules)[1]).toEqual([
      'new',
      'FREQ=WEEKLY;INTERVAL=6;BYDAY=TU',
      '2027-04-06',
      '11:00',
    ]);
  });

  it('ten dates in all are still ten dates in all', () => {
    const was = rule('FREQ=WEEKLY;COUNT=10;BYDAY=TU', '2027-01-05');
    expect(said(fromDateOn([was], [{ ...was, ...shorter }], on('2027-01-20')).rules)).toEqual([
      ['old', 'FREQ=WEEKLY;UNTIL=20270119;BYDAY=TU', '2027-01-05', '12:00'],
      ['new', 'FREQ=WEEKLY;COUNT=7;BYDAY=TU', '2027-01-26', '11:00'],
    ]);
  });

  it('a line that gives no date any more from that day on is pointed at', () => {
    const was = rule('FREQ=WEEKLY;UNTIL=20270115;BYDAY=TU', '2027-01-05');
    expect(fromDateOn([was], [{ ...was, ...shorter }], on('2027-01-20'))).toMatchObject({ empty: [0] });
  });

  it('what has nothing more to come is left out', () => {
    const was = rule('FREQ=WEEKLY;BYDAY=TU', '2027-01-05');
    const { rules } = fromDateOn([was], [{ ...was, ...shorter }], on('2027-01-20', '2027-01-20'));
    expect(said(rules)).toEqual([['new', 'FREQ=WEEKLY;BYDAY=TU', '2027-01-26', '11:00']]);
  });
});
