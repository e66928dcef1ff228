import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadPermanence } from '@app/permanences';
import { answered } from '../../apps/api/src/demo/answered';
import { type DemoFiles, readDemoFiles } from '../../apps/api/src/demo/files';
import { PermanenceSpace, value } from '../support/permanences';

/** "How they are published": the dates of each schedule of the demonstration, read from its own words. */
describe('the demonstration in its own published words', () => {
  let there: PermanenceSpace;
  let files: DemoFiles;
  let partner: string;
  const sites = new Map<string, string>();
  beforeAll(async () => {
    there = await PermanenceSpace.open('2026-12-20T07:00');
    files = await readDemoFiles();
    partner = await there.space.partner('Un partenaire');
    sites.set('3 rue du Béarn', there.space.siteId);
    for (const { name } of files.space.sites) if (!sites.has(name)) sites.set(name, await there.space.site(name));
  });
  afterAll(() => there?.close());

  /** Its next dates from 2027-01-01, as "date hours site", those that are not held among them. */
  async function datesOf(title: string, count = 4): Promise<string[]> {
    const found = files.permanences.find((one) => one.title === title);
    if (!found) throw new Error(`no permanence is called ${title}`);
    const { published, written, sites: meant, lines, onHoliday } = found;
    const asked = Object.entries(meant).map(([name, site]) => ({ name, siteId: sites.get(site) ?? '' }));
    const reading = value(
      await new ReadPermanence(there.space.db).read(there.manager, {
        words: written ?? published,
        partnerId: partner,
        from: '2026-01-01',
        sites: asked,
      }),
    );
    const rules = answered(
      reading,
      lines.map((line) => ({ ...line, roomId: null, workstationId: null, agentIds: [] })),
    );
    const names = new Map([...sites].map(([name, id]) => [id, name]));
    const dates = await there.preview(there.body(partner, rules, { onHoliday: reading.onHoliday ?? onHoliday }), {
      from: '2027-01-01',
      count,
    });
    return dates.map(({ start, end, siteId, state, mode }) =>
      [start.replace('T', ' '), end.slice(11), mode, names.get(siteId), ...(state === 'held' ? [] : [state])].join(' '),
    );
  }

  it('Parquet: Mondays in two ranges, and the 1st and 5th Wednesdays', async () => {
    expect(await datesOf('Correspondant du Parquet', 6)).toEqual([
      '2027-01-04 09:00 10:30 walk-in 3 rue du Béarn',
      '2027-01-04 13:30 17:30 walk-in 3 rue du Béarn',
      '2027-01-06 09:00 12:30 appointment 3 rue du Béarn',
      '2027-01-11 09:00 10:30 walk-in 3 rue du Béarn',
      '2027-01-11 13:30 17:30 walk-in 3 rue du Béarn',
      '2027-01-18 09:00 10:30 walk-in 3 rue du Béarn',
    ]);
  });

  it('AEF 94 on Tuesday mornings, the Cramif on Thursday afternoons', async () => {
    expect(await datesOf('AEF 94 — premier rendez-vous', 2)).toEqual([
      '2027-01-05 09:00 12:00 appointment 3 rue du Béarn',
      '2027-01-12 09:00 12:00 appointment 3 rue du Béarn',
    ]);
    expect(await datesOf('Cramif — service social', 2)).toEqual([
      '2027-01-07 13:30 17:00 appointment 3 rue du Béarn',
      '2027-01-14 13:30 17:00 appointment 3 rue du Béarn',
    ]);
  });

  it('Nouvelles Voies: two sites in counter-phase', async () => {
    expect(await datesOf('Nouvelles Voies')).toEqual([
      '2027-01-07 14:00 17:00 appointment 3 rue du Béarn',
      '2027-01-14 14:00 17:00 appointment Maison pour tous',
      '2027-01-21 14:00 17:00 appointment 3 rue du Béarn',
      '2027-01-28 14:00 17:00 appointment Maison pour tous',
    ]);
  });

  it('EDF: the first Friday, not on New Year’s Day', async () => {
    expect(await datesOf('EDF Précarité')).toEqual([
      '2027-01-01 09:00 12:00 appointment 3 rue du Béarn skipped',
      '2027-02-05 09:00 12:00 appointment 3 rue du Béarn',
      '2027-03-05 09:00 12:00 appointment 3 rue du Béarn',
      '2027-04-02 09:00 12:00 appointment 3 rue du Béarn',
    ]);
  });

  it('Petite enfance: the second Tuesday at 17:00, a group', async () => {
    expect(await datesOf('Point d’information petite enfance')).toEqual(
      ['2027-01-12', '2027-02-09', '2027-03-09', '2027-04-13'].map(
        (day) => `${day} 17:00 18:30 group 4 place Nelson Mandela`,
      ),
    );
  });

  it('Pôle gérontologique: every six weeks, among colleagues', async () => {
    expect(await datesOf('Pôle gérontologique')).toEqual(
      ['2027-01-12', '2027-02-23', '2027-04-06', '2027-05-18'].map(
        (day) => `${day} 14:00 16:00 internal 3 rue du Béarn`,
      ),
    );
  });

  it('every other schedule is read whole as well', async () => {
    for (const { title, lines } of files.permanences) {
      expect((await datesOf(title, 1)).length).toBe(1);
      expect(lines.length).toBeGreaterThan(0);
    }
  });

  it('an answer to what the words already say is refused: the words decide', () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO', anchors: [], from: '2027-01-04', start: '09:00', end: '10:30' };
    const reading = { verdict: 'exact', rules: [{ ...rule, mode: 'walk-in', siteId: partner }] };
    const line = { roomId: null, workstationId: null, agentIds: [], seats: 1, assumption: '' };
    expect(() => answered(reading as never, [{ ...line, end: '11:00' }])).toThrow('ends');
    expect(answered(reading as never, [line])).toMatchObject([{ start: '09:00', end: '10:30', mode: 'walk-in' }]);
  });
});
