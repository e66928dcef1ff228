import type { CalendarLineRead, Permanence } from '@app/contract';
import { describe, expect, it } from '@jest/globals';
import { byTitle, likely, parts, withChange } from './lines';

function line(title: string, rrule: string, more: Partial<CalendarLineRead> = {}): CalendarLineRead {
  const where = { location: '', siteId: null, roomId: null };
  return {
    title,
    rrule,
    from: '2027-01-07',
    last: null,
    start: null,
    end: null,
    excluded: [],
    said: '',
    ...where,
    ...more,
  };
}

const ONCE = 'FREQ=DAILY;COUNT=1';

describe('what a calendar gives', () => {
  it('is first chosen by what comes back; a single appointment is not', () => {
    const lines = [line('Écrivain public', 'FREQ=WEEKLY'), line('Rendez-vous', ONCE), line('Écrivain public', ONCE)];
    expect(byTitle(lines).map((one) => one.lines.length)).toEqual([2, 1]);
    expect(likely(byTitle(lines))).toEqual(['Écrivain public']);
    expect(likely(byTitle([line('Caravane', ONCE)]))).toEqual(['Caravane']);
    expect(likely(byTitle(Array.from({ length: 21 }, (_, n) => line(`Rendez-vous ${n}`, ONCE))))).toEqual([]);
  });

  it('makes as many drafts as its lines need', () => {
    expect(parts(Array.from({ length: 45 }, (_, n) => n)).map((part) => part.length)).toEqual([20, 20, 5]);
    expect(parts([])).toEqual([]);
  });
});

describe('a permanence whose calendar changed', () => {
  const rule = (id: string, rrule: string) => ({
    ...{
      id,
      rrule,
      words: '',
      from: '2027-01-07',
      start: '09:00',
      end: '12:00',
      parity: null,
      mode: 'walk-in' as const,
    },
    ...{ siteId: 'béarn', roomId: 'bureau 2', workstationId: null, agentIds: ['a'], seats: 2, assumption: '' },
    ...{ excluded: [], onHoliday: null, schoolHolidays: null },
  });
  const permanence = {
    ...{ id: 'p', partnerId: 'n', title: 'Écrivain public', visibility: 'public', confidential: false },
    ...{
      onHoliday: 'skip',
      onClosure: 'skip',
      schoolHolidays: 'any',
      publicNote: '',
      motifIds: [],
      invitedPartnerIds: [],
      choices: [],
    },
    rules: [rule('mine', 'FREQ=WEEKLY;BYDAY=FR'), rule('gone', 'FREQ=WEEKLY;BYDAY=TH')],
  } as unknown as Permanence;

  it('keeps its other lines, and receives on the new one as on the one it replaces', () => {
    const come = [line('', 'FREQ=WEEKLY;BYDAY=TU', { start: '14:00', end: '17:00' })];
    const { rules } = withChange(permanence, { gone: [{ ruleId: 'gone', words: '' }], come });
    expect(rules).toMatchObject([
      { id: 'mine' },
      { id: null, start: '14:00', mode: 'walk-in', siteId: 'béarn', roomId: 'bureau 2', agentIds: ['a'], seats: 2 },
    ]);
  });

  it('takes no room along to another site', () => {
    const come = [line('', 'FREQ=WEEKLY;BYDAY=TU', { siteId: 'maison' })];
    const { rules } = withChange(permanence, { gone: [], come });
    expect(rules[2]).toMatchObject({ siteId: 'maison', roomId: null, start: '09:00' });
  });
});
