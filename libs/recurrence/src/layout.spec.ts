import { addDays, type LocalDateTime, localDateTime, parseLocalDateTime, plainDate, plainTime } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layOut } from './layout';
import {
  type Calendars,
  closedDays,
  type LaidOutDate,
  type OccurrenceException,
  type PermanenceRule,
} from './permanence';

const local = (text: string): LocalDateTime => parseLocalDateTime(text) as LocalDateTime;
const days = (from: string, to: string) => ({ from: local(`${from}T00:00`), to: local(`${to}T00:00`) });

const aRule = (changes: Partial<PermanenceRule> = {}): PermanenceRule => ({
  id: 'rule',
  rrule: 'FREQ=WEEKLY;BYDAY=TH',
  dtstart: plainDate('2027-01-07'),
  startTime: plainTime('14:00'),
  endTime: plainTime('17:00'),
  mode: 'appointment',
  siteId: 'béarn',
  roomId: 'bureau-3',
  agentIds: ['agent'],
  ...changes,
});

const calendars = (changes: Partial<Calendars> = {}): Calendars => ({
  territory: 'metropole',
  closures: [],
  policy: { publicHolidays: 'skip', closures: 'skip' },
  ...changes,
});

const edf = aRule({
  id: 'edf',
  rrule: 'FREQ=MONTHLY;BYDAY=1FR',
  dtstart: plainDate('2027-01-01'),
  startTime: plainTime('09:00'),
  endTime: plainTime('12:00'),
});
const keepHolidays = calendars({ policy: { publicHolidays: 'keep', closures: 'skip' } });
const moveHolidays = calendars({ policy: { publicHolidays: 'move', closures: 'move' } });
const line = ({ date, state }: LaidOutDate): string => `${date} ${state}`;

describe('holidays', () => {
  test('the first Friday of 2027 is a holiday: it is skipped, and says so', () => {
    const dates = layOut([edf], [], calendars(), days('2027-01-01', '2027-05-01'));
    expect(dates.map(line)).toEqual(['2027-01-01 skipped', '2027-02-05 held', '2027-03-05 held', '2027-04-02 held']);
    expect(dates[0]?.cause).toEqual({ kind: 'public-holiday', text: 'Jour de l’an', textEn: 'New Year’s Day' });
  });

  test('a date kept on a holiday still shows the holiday', () => {
    const [first] = layOut([edf], [], keepHolidays, days('2027-01-01', '2027-02-01'));
    expect(first).toMatchObject({ date: '2027-01-01', state: 'held', cause: { kind: 'public-holiday' } });
  });

  test('a date moved from a holiday goes to the next open day and keeps its original date', () => {
    const [first] = layOut([edf], [], moveHolidays, days('2027-01-01', '2027-02-01'));
    // 1 January 2027 is a Friday: Saturday and Sunday are not open.
    expect(first).toMatchObject({
      date: '2027-01-04',
      start: '2027-01-04T09:00',
      end: '2027-01-04T12:00',
      originalStart: '2027-01-01T09:00',
      state: 'moved',
      cause: { text: 'Jour de l’an' },
    });
  });

  test('a weekly duty moved onto its own next day is not held twice', () => {
    const duty = aRule({ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', dtstart: plainDate('2027-03-22') });
    const dates = layOut([duty], [], moveHolidays, days('2027-03-29', '2027-04-03'));
    expect(dates.map(line)).toEqual(['2027-03-29 skipped', '2027-03-30 held']);
    expect(dates[0]?.cause?.text).toBe('Lundi de Pâques');
  });

  test('on 26 March 2027 a site in Alsace is closed, and Chevilly-Larue is open', () => {
    const fridays = aRule({ rrule: 'FREQ=WEEKLY;BYDAY=FR', dtstart: plainDate('2027-03-19') });
    const goodFriday = days('2027-03-26', '2027-03-27');
    expect(layOut([fridays], [], calendars({ territory: 'alsace-moselle' }), goodFriday)[0]).toMatchObject({
      state: 'skipped',
      cause: { text: 'Vendredi saint' },
    });
    expect(layOut([fridays], [], calendars(), goodFriday)[0]).toMatchObject({ state: 'held', cause: null });
  });

  test('Nouvelles Voies: a holiday on one Thursday does not swap the two sites', () => {
    const béarn = aRule({ id: 'béarn', rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH' });
    const house = aRule({
      id: 'maison-pour-tous',
      rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH',
      dtstart: plainDate('2027-01-14'),
      siteId: 'maison-pour-tous',
    });
    const dates = layOut([béarn, house], [], calendars(), days('2027-11-08', '2027-12-01'));
    expect(dates.map(({ date, siteId, state }) => [date, siteId, state])).toEqual([
      ['2027-11-11', 'béarn', 'skipped'],
      ['2027-11-18', 'maison-pour-tous', 'held'],
      ['2027-11-25', 'béarn', 'held'],
    ]);
    const january = layOut([béarn, house], [], calendars(), days('2027-01-01', '2027-02-01'));
    expect(january.map(({ date, siteId }) => [date, siteId])).toEqual([
      ['2027-01-07', 'béarn'],
      ['2027-01-14', 'maison-pour-tous'],
      ['2027-01-21', 'béarn'],
      ['2027-01-28', 'maison-pour-tous'],
    ]);
  });
});

describe('week parity', () => {
  test('odd weeks give both 31 December 2026 and 7 January 2027', () => {
    const odd = aRule({ parity: 'odd', dtstart: plainDate('2026-12-24') });
    const dates = layOut([odd], [], calendars(), days('2026-12-20', '2027-02-01'));
    expect(dates.map(({ date }) => date)).toEqual(['2026-12-31', '2027-01-07', '2027-01-21']);
  });

  test('one Thursday in two is something else', () => {
    const oneInTwo = aRule({ rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', dtstart: plainDate('2026-12-24') });
    const dates = layOut([oneInTwo], [], calendars(), days('2026-12-25', '2027-02-01'));
    expect(dates.map(({ date }) => date)).toEqual(['2027-01-07', '2027-01-21']);
  });
});

describe('closures', () => {
  const bridge = closedDays(plainDate('2027-05-07'), plainDate('2027-05-07'), '');

  test('the space closes for the bridge of Ascension: the cause is « Fermeture », not « férié »', () => {
    const dates = layOut([edf], [], calendars({ closures: [bridge] }), days('2027-05-01', '2027-07-01'));
    expect(dates.map(line)).toEqual(['2027-05-07 skipped', '2027-06-04 held']);
    expect(dates[0]?.cause).toEqual({ kind: 'closure', text: 'Fermeture', textEn: 'Closed' });
  });

  test('a session is moved past both a closure and a holiday', () => {
    const tuesday = closedDays(plainDate('2027-03-30'), plainDate('2027-03-31'), 'Travaux');
    const mondays = aRule({ rrule: 'FREQ=WEEKLY;BYDAY=MO', dtstart: plainDate('2027-03-22') });
    const dates = layOut([mondays], [], { ...moveHolidays, closures: [tuesday] }, days('2027-03-29', '2027-04-02'));
    expect(dates[0]).toMatchObject({ date: '2027-04-01', originalStart: '2027-03-29T14:00', state: 'moved' });
  });

  test('a session is skipped when nothing opens within a month', () => {
    const summer = closedDays(plainDate('2027-07-01'), plainDate('2027-08-31'), 'Fermeture d’été');
    const dates = layOut([edf], [], { ...moveHolidays, closures: [summer] }, days('2027-07-01', '2027-07-31'));
    expect(dates[0]).toMatchObject({ date: '2027-07-02', state: 'skipped', cause: { text: 'Fermeture d’été' } });
  });

  test('another site’s closure, or one that ends as the session starts, changes nothing', () => {
    const elsewhere = { ...bridge, siteId: 'mandela' };
    const before = { ...bridge, from: local('2027-05-07T08:00'), to: local('2027-05-07T09:00') };
    const [may] = layOut([edf], [], calendars({ closures: [elsewhere, before] }), days('2027-05-01', '2027-05-31'));
    expect(may).toMatchObject({ state: 'held', cause: null });
  });

  test('a permanence that keeps holidays is still not held in a closed building', () => {
    const locked = closedDays(plainDate('2027-01-01'), plainDate('2027-01-01'), 'Bâtiment fermé');
    const [first] = layOut([edf], [], { ...keepHolidays, closures: [locked] }, days('2027-01-01', '2027-01-02'));
    expect(first).toMatchObject({ state: 'skipped', cause: { kind: 'closure', text: 'Bâtiment fermé' } });
  });

  test('school holidays are named, and dates beyond the calendar are unverified', () => {
    const winter = closedDays(plainDate('2027-02-06'), plainDate('2027-02-21'), '', { kind: 'school-holidays' });
    const known = calendars({ closures: [winter], verifiedUntil: plainDate('2027-02-28') });
    const dates = layOut([aRule()], [], known, days('2027-02-18', '2027-03-05'));
    expect(dates.map(({ date, state, verified }) => [date, state, verified])).toEqual([
      ['2027-02-18', 'skipped', true],
      ['2027-02-25', 'held', true],
      ['2027-03-04', 'held', false],
    ]);
    expect(dates[0]?.cause?.text).toBe('Vacances scolaires');
  });
});

describe('days that a rule leaves out', () => {
  const december = days('2027-12-13', '2028-01-10');
  const holidays = { from: plainDate('2027-12-20'), to: plainDate('2027-12-31'), cause: 'du 20 au 31 décembre' };

  test('“sauf du 20 au 31 décembre”: both days included, each date says why', () => {
    const dates = layOut([aRule({ excluded: [holidays] })], [], calendars(), december);
    expect(dates.map(line)).toEqual(['2027-12-16 held', '2027-12-23 skipped', '2027-12-30 skipped', '2028-01-06 held']);
    expect(dates[1]?.cause).toMatchObject({ kind: 'excluded', text: 'du 20 au 31 décembre' });
  });

  test('they are left out even when holidays are kept, and nothing is put off to or from them', () => {
    const fridays = aRule({ ...edf, rrule: 'FREQ=WEEKLY;BYDAY=FR', dtstart: plainDate('2027-12-17') });
    const [eve, monday] = ['2027-12-24', '2027-12-27'].map((day) => ({
      from: plainDate(day),
      to: plainDate(day),
      cause: '',
    }));
    const left = { ...fridays, excluded: [eve, monday].filter((one) => one !== undefined) };
    const known = { ...moveHolidays, closures: [closedDays(plainDate('2027-12-17'), plainDate('2027-12-23'), 'Pont')] };
    expect(layOut([left], [], keepHolidays, december)[1]).toMatchObject({ date: '2027-12-24', state: 'skipped' });
    // From the closed 17th: neither the 24th, which is left out, nor the week-end, nor the 27th.
    const put = layOut([left], [], known, december).find(({ state }) => state === 'moved');
    expect(put).toMatchObject({ originalStart: '2027-12-17T09:00', date: '2027-12-28' });
  });

  test('a date that someone holds there by hand is held', () => {
    const moved = { ruleId: 'rule', originalStart: local('2027-12-16T14:00'), date: plainDate('2027-12-21') };
    const dates = layOut([aRule({ excluded: [holidays] })], [moved], calendars(), december);
    expect(dates.find(({ originalStart }) => originalStart === '2027-12-16T14:00')).toMatchObject({
      date: '2027-12-21',
      state: 'moved',
    });
  });
});

describe('exceptions', () => {
  const january = days('2027-01-01', '2027-02-01');
  const change = (originalStart: string, changes: Partial<OccurrenceException>): OccurrenceException => ({
    ruleId: 'rule',
    originalStart: local(originalStart),
    ...changes,
  });

  test('a cancelled date stays in the list with its reason', () => {
    const absent = change('2027-01-21T14:00', { cancelled: true, reason: 'Bénévole absente' });
    const dates = layOut([aRule()], [absent], calendars(), january);
    expect(dates.map(line)).toEqual(['2027-01-07 held', '2027-01-14 held', '2027-01-21 cancelled', '2027-01-28 held']);
    expect(dates[2]?.cause).toEqual({ kind: 'exception', text: 'Bénévole absente', textEn: 'Bénévole absente' });
  });

  test('a date can go to another day, room, agent and mode and keep its identity', () => {
    const moved = change('2027-01-14T14:00', {
      date: plainDate('2027-01-15'),
      startTime: plainTime('09:00'),
      endTime: plainTime('11:30'),
      roomId: null,
      agentIds: ['other'],
      mode: 'walk-in',
    });
    const dates = layOut([aRule()], [moved], calendars(), january);
    expect(dates[1]).toMatchObject({
      originalStart: '2027-01-14T14:00',
      start: '2027-01-15T09:00',
      end: '2027-01-15T11:30',
      state: 'moved',
      roomId: null,
      agentIds: ['other'],
      mode: 'walk-in',
      exceptional: true,
    });
    expect(dates[0]).toMatchObject({ roomId: 'bureau-3', exceptional: false });
  });

  test('another room, or a later end, leaves the session where it is', () => {
    const other = change('2027-01-14T14:00', { roomId: 'bureau-5', endTime: plainTime('18:30') });
    expect(layOut([aRule()], [other], calendars(), january)[1]).toMatchObject({
      state: 'held',
      roomId: 'bureau-5',
      end: '2027-01-14T18:30',
    });
  });

  test('what someone decided by hand is not undone by a holiday', () => {
    const thursday = days('2027-11-11', '2027-11-12');
    const kept = change('2027-11-11T14:00', { heldAnyway: true });
    const moved = change('2027-11-11T14:00', { date: plainDate('2027-11-12') });
    expect(layOut([aRule()], [kept], calendars(), thursday)[0]).toMatchObject({
      state: 'held',
      cause: { text: 'Armistice de 1918' },
    });
    expect(layOut([aRule()], [moved], calendars(), thursday)[0]).toMatchObject({ state: 'moved', date: '2027-11-12' });
    const otherRoom = change('2027-11-11T14:00', { roomId: 'bureau-5' });
    expect(layOut([aRule()], [otherRoom], calendars(), thursday)[0]).toMatchObject({ state: 'skipped' });
  });

  test('an exception that meets no date of the rule does nothing', () => {
    const stray = change('2027-01-15T14:00', { cancelled: true });
    const other = { ...change('2027-01-14T14:00', { cancelled: true }), ruleId: 'another' };
    const plain = layOut([aRule()], [], calendars(), january);
    expect(layOut([aRule()], [stray, other], calendars(), january)).toEqual(plain);
  });

  test('two dates of one rule put at the same time are one session, as long as both', () => {
    const early = change('2027-01-14T14:00', {
      date: plainDate('2027-01-07'),
      startTime: plainTime('16:00'),
      endTime: plainTime('18:00'),
    });
    const dates = layOut([aRule()], [early], calendars(), january);
    expect(dates[0]).toMatchObject({ originalStart: '2027-01-07T14:00', end: '2027-01-07T18:00', state: 'held' });
    expect(dates[1]).toMatchObject({ originalStart: '2027-01-14T14:00', date: '2027-01-14', state: 'skipped' });
  });

  test('a date brought from far away is seen by a window that holds only where it lands', () => {
    const far = change('2027-06-03T14:00', { date: plainDate('2027-01-07'), startTime: plainTime('15:00') });
    const [first] = layOut([aRule()], [far], calendars(), days('2027-01-07', '2027-01-08'));
    expect(first).toMatchObject({ originalStart: '2027-01-07T14:00', end: '2027-01-07T17:00' });
    const june = layOut([aRule()], [far], calendars(), days('2027-06-03', '2027-06-04'));
    expect(june.map(line)).toEqual(['2027-06-03 skipped']);
  });
});

describe('a permanence', () => {
  test('holds two ranges a day and a mode for each of its rules, in order of start', () => {
    const monday = { rrule: 'FREQ=WEEKLY;BYDAY=MO', dtstart: plainDate('2027-01-04') };
    const parquet = [
      aRule({
        ...monday,
        id: 'afternoon',
        startTime: plainTime('13:30'),
        endTime: plainTime('17:30'),
        mode: 'walk-in',
      }),
      aRule({ ...monday, id: 'morning', startTime: plainTime('09:00'), endTime: plainTime('10:30'), mode: 'walk-in' }),
      aRule({
        id: 'wednesday',
        rrule: 'FREQ=MONTHLY;BYDAY=1WE,5WE',
        dtstart: plainDate('2027-01-06'),
        startTime: plainTime('09:00'),
        endTime: plainTime('12:30'),
      }),
    ];
    const dates = layOut(parquet, [], calendars(), days('2027-01-04', '2027-01-11'));
    expect(dates.map(({ start, ruleId, mode }) => [start, ruleId, mode])).toEqual([
      ['2027-01-04T09:00', 'morning', 'walk-in'],
      ['2027-01-04T13:30', 'afternoon', 'walk-in'],
      ['2027-01-06T09:00', 'wednesday', 'appointment'],
    ]);
  });

  test('stops after its last date, and can have dates of its own', () => {
    const stopping = aRule({ lastDate: plainDate('2027-01-14'), extraDates: [plainDate('2027-01-19')] });
    const dates = layOut([stopping], [], calendars(), days('2027-01-01', '2027-03-01'));
    expect(dates.map(({ date }) => date)).toEqual(['2027-01-07', '2027-01-14', '2027-01-19']);
  });

  test('a rule that was never checked is an accident, not an empty list', () => {
    const january = days('2027-01-01', '2027-02-01');
    for (const wrong of [
      { rrule: 'FREQ=HOURLY' },
      { dtstart: plainDate('2027-01-08') },
      { endTime: plainTime('14:00') },
    ]) {
      expect(() => layOut([aRule(wrong)], [], calendars(), january)).toThrow(RangeError);
    }
  });

  test('a narrower window is a filter of a wider one, whatever is moved', () => {
    const dayOf2027 = fc.nat(364).map((n) => addDays(plainDate('2027-01-01'), n));
    const rule = aRule({ rrule: 'FREQ=WEEKLY;BYDAY=MO,TH', dtstart: plainDate('2027-01-04') });
    const year = days('2026-12-01', '2028-04-01');
    const starts = layOut([rule], [], calendars(), year).map(({ originalStart }) => originalStart);
    const exception = fc
      .tuple(fc.constantFrom(...starts), dayOf2027, fc.boolean())
      .map(([start, date, cancelled]): OccurrenceException => change(start, cancelled ? { cancelled } : { date }));
    const change = (originalStart: LocalDateTime, changes: Partial<OccurrenceException>): OccurrenceException => ({
      ruleId: 'rule',
      originalStart,
      ...changes,
    });
    fc.assert(
      fc.property(
        fc.array(exception, { maxLength: 6 }),
        dayOf2027,
        fc.nat(60),
        dayOf2027,
        (changes, first, length, closed) => {
          const holidays = closedDays(closed, addDays(closed, 9), 'Congés');
          const known = { ...moveHolidays, closures: [holidays] };
          const midnight = plainTime('00:00');
          const window = {
            from: localDateTime(first, midnight),
            to: localDateTime(addDays(first, length + 1), midnight),
          };
          const wide = layOut([rule], changes, known, year);
          const inside = wide.filter(({ originalStart }) => originalStart >= window.from && originalStart < window.to);
          expect(layOut([rule], changes, known, window)).toEqual(inside);
          // Every date of the rule is told once, whatever became of it.
          expect(wide.map(({ originalStart }) => originalStart).sort()).toEqual(starts);
          // And no two dates that are held overlap.
          const held = wide.filter(({ state }) => state === 'held' || state === 'moved');
          for (let i = 1; i < held.length; i += 1) {
            expect((held[i] as LaidOutDate).start >= (held[i - 1] as LaidOutDate).end).toBe(true);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});
