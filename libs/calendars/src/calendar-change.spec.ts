import type { CalendarLine } from '@app/contract';
import { plainDate } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import { changesOf, saysTheSame, type StandingRule } from './calendar-change';

const TODAY = plainDate('2027-01-04');
const SITE = 'béarn';

function line(rrule: string, from: string, more: Partial<CalendarLine> = {}): CalendarLine {
  return { rrule, from, last: null, start: '09:00', end: '12:00', siteId: SITE, roomId: null, excluded: [], ...more };
}

function rule(id: string, rrule: string, dtstart: string, more: Partial<StandingRule> = {}): StandingRule {
  const hours = { startTime: '09:00', endTime: '12:00' };
  return { id, rrule, dtstart: plainDate(dtstart), ...hours, parity: null, siteId: SITE, excluded: [], ...more };
}

const THURSDAYS = line('FREQ=WEEKLY;BYDAY=TH', '2026-12-03');
const TUESDAYS = line('FREQ=WEEKLY;BYDAY=TU', '2027-01-05');

describe('a calendar that was taken over', () => {
  it('says the same when only time has passed, whichever rules its dates are said by', () => {
    expect(saysTheSame([THURSDAYS], [line('FREQ=WEEKLY;BYDAY=TH', '2027-01-07')], TODAY)).toBe(true);
    const three = [line('FREQ=WEEKLY;UNTIL=20270121;BYDAY=TH', '2026-12-31')];
    const oneByOne = ['07', '14', '21'].map((day) => line('FREQ=DAILY;COUNT=1', `2027-01-${day}`));
    expect(saysTheSame(three, oneByOne, TODAY)).toBe(true);
  });

  it('proposes the line that is new, and the rule that is no longer in it', () => {
    const rules = [rule('a', 'FREQ=WEEKLY;BYDAY=TH', '2026-12-03')];
    expect(changesOf([THURSDAYS], [TUESDAYS], rules, TODAY)).toEqual({ gone: rules, come: [TUESDAYS] });
    expect(saysTheSame([THURSDAYS], [THURSDAYS, TUESDAYS], TODAY)).toBe(false);
  });

  it('one date more or less is a change', () => {
    const without = { ...THURSDAYS, excluded: [{ from: '2027-01-14', to: '2027-01-14', cause: '' }] };
    expect(changesOf([THURSDAYS], [without], [], TODAY).come).toEqual([without]);
  });

  it('leaves what someone wrote or changed by hand as it is', () => {
    const rules = [
      rule('own', 'FREQ=WEEKLY;BYDAY=FR', '2027-01-08'),
      rule('changed', 'FREQ=WEEKLY;BYDAY=TH', '2026-12-03', { startTime: '10:00' }),
    ];
    expect(changesOf([THURSDAYS], [], rules, TODAY)).toEqual({ gone: [], come: [] });
  });

  it('a line without hours is the rule that was given some', () => {
    const open = line('FREQ=WEEKLY;BYDAY=TH', '2026-12-03', { start: null, end: null, siteId: null });
    const rules = [rule('a', 'FREQ=WEEKLY;BYDAY=TH', '2026-12-03', { startTime: '14:00', endTime: '17:00' })];
    expect(changesOf([open], [TUESDAYS], rules, TODAY).gone).toEqual(rules);
  });
});
