import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PermanenceSpace } from '../support/permanences';

/** "How they are published" in the communal bulletin, each as one permanence; first dates checked by another library. */
describe('the schedules as they are published', () => {
  let there: PermanenceSpace;
  let partner: string;
  let otherSite: string;
  beforeAll(async () => {
    there = await PermanenceSpace.open('2026-12-20T07:00');
    partner = await there.space.partner('Un partenaire');
    otherSite = await there.space.site('Maison pour tous');
  });
  afterAll(() => there?.close());

  const starts = async (rules: Record<string, unknown>[], count = 4, more = {}) =>
    (await there.preview(there.body(partner, rules, more), { from: '2027-01-01', count })).map(({ start, state }) =>
      state === 'held' ? start : `${start} ${state}`,
    );

  it('Correspondant du Parquet: Mondays 9:00–10:30 and 13:30–17:30, walk-in', async () => {
    const monday = { rrule: 'FREQ=WEEKLY;BYDAY=MO', mode: 'walk-in' };
    expect(
      await starts(
        [
          { ...monday, end: '10:30' },
          { ...monday, start: '13:30', end: '17:30' },
        ],
        8,
      ),
    ).toEqual([
      '2027-01-04T09:00',
      '2027-01-04T13:30',
      '2027-01-11T09:00',
      '2027-01-11T13:30',
      '2027-01-18T09:00',
      '2027-01-18T13:30',
      '2027-01-25T09:00',
      '2027-01-25T13:30',
    ]);
  });

  it('on Easter Monday the Parquet is not there, and the holiday is named', async () => {
    const [date] = await there.preview(there.body(partner, [{ rrule: 'FREQ=WEEKLY;BYDAY=MO' }]), {
      from: '2027-03-29',
      count: 1,
    });
    expect(date).toMatchObject({ start: '2027-03-29T09:00', state: 'skipped', cause: 'jour férié : Lundi de Pâques' });
    expect(date?.obstacles).toEqual([{ kind: 'public-holiday', text: 'Jour férié : Lundi de Pâques' }]);
  });

  it('situation 1: "1er et 5e mercredis 9h-12h30" gives 6 January, 3 February, 3 and 31 March', async () => {
    expect(await starts([{ rrule: 'FREQ=MONTHLY;BYDAY=1WE,5WE', end: '12:30' }])).toEqual([
      '2027-01-06T09:00',
      '2027-02-03T09:00',
      '2027-03-03T09:00',
      '2027-03-31T09:00',
    ]);
  });

  it('AEF 94: Tuesday mornings', async () => {
    expect(await starts([{ rrule: 'FREQ=WEEKLY;BYDAY=TU' }])).toEqual([
      '2027-01-05T09:00',
      '2027-01-12T09:00',
      '2027-01-19T09:00',
      '2027-01-26T09:00',
    ]);
  });

  it('Cramif: Thursday afternoons', async () => {
    expect(await starts([{ rrule: 'FREQ=WEEKLY;BYDAY=TH', start: '14:00', end: '17:00' }])).toEqual([
      '2027-01-07T14:00',
      '2027-01-14T14:00',
      '2027-01-21T14:00',
      '2027-01-28T14:00',
    ]);
  });

  it('Nouvelles Voies: one Thursday in two here, the others at the Maison pour tous, both sites in one permanence', async () => {
    const fortnight = { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', start: '14:00', end: '17:00' };
    const rules = [
      { ...fortnight, from: '2027-01-07' },
      { ...fortnight, from: '2027-01-14', siteId: otherSite },
    ];
    const dates = await there.preview(there.body(partner, rules), { from: '2027-01-01', count: 8 });
    const at = (siteId: string) =>
      dates.filter((date) => date.siteId === siteId).map(({ start }) => start.slice(0, 10));
    expect(at(there.space.siteId)).toEqual(['2027-01-07', '2027-01-21', '2027-02-04', '2027-02-18']);
    expect(at(otherSite)).toEqual(['2027-01-14', '2027-01-28', '2027-02-11', '2027-02-25']);
  });

  it('situation 25: after the Thursday of 11 November the sites keep their turn', async () => {
    const fortnight = { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', start: '14:00', end: '17:00' };
    const { id } = await there.publish(
      there.body(partner, [
        { ...fortnight, from: '2027-01-07' },
        { ...fortnight, from: '2027-01-14', siteId: otherSite },
      ]),
    );
    const dates = await there.dates(id, { from: '2027-11-11', count: 3 });
    expect(
      dates.map(({ start, state, siteId }) => [
        start.slice(0, 10),
        state,
        siteId === otherSite ? 'Maison pour tous' : 'Béarn',
      ]),
    ).toEqual([
      ['2027-11-11', 'skipped', 'Béarn'],
      ['2027-11-18', 'held', 'Maison pour tous'],
      ['2027-11-25', 'held', 'Béarn'],
    ]);
  });

  it('situation 2: EDF’s "1er vendredi" falls on New Year’s Day: named, skipped, and the next date is 5 February', async () => {
    const first = [{ rrule: 'FREQ=MONTHLY;BYDAY=1FR' }];
    const dates = await there.preview(there.body(partner, first), { from: '2027-01-01', count: 5 });
    expect(dates[0]).toMatchObject({
      start: '2027-01-01T09:00',
      state: 'skipped',
      cause: 'jour férié : Jour de l’an',
      obstacles: [{ kind: 'public-holiday', text: 'Jour férié : Jour de l’an' }],
    });
    expect(dates.slice(1).map(({ start }) => start.slice(0, 10))).toEqual([
      '2027-02-05',
      '2027-03-05',
      '2027-04-02',
      '2027-05-07',
    ]);
  });

  it('situation 2: or it is moved to the next working day, or kept, as the partner decides', async () => {
    const first = [{ rrule: 'FREQ=MONTHLY;BYDAY=1FR' }];
    expect(await starts(first, 2, { onHoliday: 'move' })).toEqual(['2027-01-04T09:00 moved', '2027-02-05T09:00']);
    expect(await starts(first, 2, { onHoliday: 'keep' })).toEqual(['2027-01-01T09:00', '2027-02-05T09:00']);
  });

  it('Petite enfance: the 2nd Tuesday at 17:00, after the site closes: kept and named', async () => {
    const rules = [{ rrule: 'FREQ=MONTHLY;BYDAY=2TU', start: '17:00', end: '18:30', mode: 'group', seats: 12 }];
    expect(await starts(rules)).toEqual([
      '2027-01-12T17:00',
      '2027-02-09T17:00',
      '2027-03-09T17:00',
      '2027-04-13T17:00',
    ]);
    const [date] = await there.preview(there.body(partner, rules), { from: '2027-01-01', count: 1 });
    expect(date).toMatchObject({ state: 'held', obstacles: [{ kind: 'site-closed' }] });
    expect(date?.obstacles[0]?.text.replace(/\u00a0/g, ' ')).toBe('Finit à 18 h 30, après la fermeture (17 h 30)');
  });

  it('Pôle gérontologique: every six weeks, from the date that is told', async () => {
    expect(await starts([{ rrule: 'FREQ=WEEKLY;INTERVAL=6;BYDAY=TU', from: '2027-01-12', mode: 'internal' }])).toEqual([
      '2027-01-12T09:00',
      '2027-02-23T09:00',
      '2027-04-06T09:00',
      '2027-05-18T09:00',
    ]);
  });

  it('a rule is said as the bulletin prints it', async () => {
    const id = await there.draft(
      there.body(partner, [{ rrule: 'FREQ=MONTHLY;BYDAY=1WE,5WE', end: '12:30' }], { title: 'Le Parquet' }),
    );
    const line = (await there.list.all(there.manager, {})).find((one) => one.id === id);
    expect(line?.words.map((words) => words.replace(/\u00a0/g, ' '))).toEqual([
      'les 1er et 5e mercredis du mois, 9 h – 12 h 30',
    ]);
  });

  it('what is published gives the dates that were previewed', async () => {
    const body = there.body(partner, [{ rrule: 'FREQ=MONTHLY;BYDAY=1FR' }], { onHoliday: 'move' });
    const previewed = await there.preview(body, { count: 12 });
    const { id, conflicts } = await there.publish(body);
    const published = await there.dates(id, { count: 12 });
    expect(conflicts).toBe(0);
    const plain = (dates: typeof published) =>
      dates.map(({ start, end, state, cause, obstacles }) => ({ start, end, state, cause, obstacles }));
    expect(plain(published)).toEqual(plain(previewed));
  });
});
