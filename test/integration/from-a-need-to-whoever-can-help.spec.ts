import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@app/accounts';
import { OrientationQuery, VisitBody, VisitChange, type Need } from '@app/contract';
import { Decisions, FollowVisit, JoinQueue, Orient } from '@app/front-desk';
import type { LocalDateTime } from '@app/time';
import { PlannedSpace } from '../support/planned-space';

describe('from a need to whoever can help', () => {
  let space: PlannedSpace;
  let desk: Viewer;
  let orient: Orient;
  let joining: JoinQueue;
  let following: FollowVisit;
  let mpt: string;
  let parquet: string;
  let plainte: string;
  let papiers: string;
  let jeune: string;
  let morning: string;
  let monday: string[];
  let diallo: string;

  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    desk = space.viewer('desk');
    orient = new Orient(space.db, space.slots);
    joining = new JoinQueue(space.db);
    following = new FollowVisit(space.db);
    mpt = await space.site('Maison pour tous');
    parquet = await space.partner('Correspondant du Parquet');
    const voies = await space.partner('Nouvelles Voies');
    const locale = await space.partner('Mission locale');
    const edf = await space.partner('EDF Précarité');
    const staff = await space.partner('Personnel communal', { confidential: true });
    plainte = await space.motif(parquet, 'Victime, litige, suites d’une plainte', {
      synonyms: ['porter plainte', 'agression'],
      turn_minutes: 15,
    });
    papiers = await space.motif(voies, 'Papiers, courrier, droits', { synonyms: ['écrivain public'] });
    jeune = await space.motif(locale, 'Entretien jeune', { min_age: 16, max_age: 25, synonyms: ['formation'] });
    await space.motif(edf, 'Facture d’énergie', { synonyms: ['facture EDF'] });
    await space.motif(edf, 'Coupure de courant', { synonyms: ['facture impayée'], urgent: true });
    await space.motif(staff, 'Plainte au travail');
    monday = await space.permanence({
      partnerId: parquet,
      title: 'Parquet',
      motifIds: [plainte],
      mode: 'walk-in',
      dates: ['2027-01-04 09:00-10:30', '2027-01-04 13:30-17:30', '2027-01-11 09:00-10:30'],
    });
    morning = monday[0] ?? '';
    await space.permanence({ partnerId: parquet, motifIds: [plainte], dates: ['2027-01-06 09:00-12:30'] });
    await space.permanence({ partnerId: voies, motifIds: [papiers], dates: ['2027-01-07 14:00-17:00'] });
    await space.permanence({ partnerId: voies, motifIds: [papiers], siteId: mpt, dates: ['2027-01-14 14:00-17:00'] });
    await space.permanence({ partnerId: locale, motifIds: [jeune], dates: ['2027-01-05 09:00-12:00'] });
    diallo = await space.usager('Awa', 'Diallo');
  });
  afterAll(() => space?.close());

  const at = (time: string) => {
    space.clock.at = `2027-01-04T${time}` as LocalDateTime;
  };
  const asked = async (query: Record<string, unknown>, viewer = desk): Promise<Need[]> => {
    const answer = await orient.answer(viewer, OrientationQuery.parse({ site: space.siteId, ...query }));
    if (!answer.ok) throw new Error(answer.why);
    return answer.value.needs;
  };
  const comes = (more: Record<string, unknown> = {}) =>
    joining.join(
      desk,
      VisitBody.parse({ siteId: space.siteId, occurrenceId: morning, motifId: plainte, ...more }),
      null,
    );
  const becomes = (id: string, change: Record<string, unknown>) => following.pass(desk, id, VisitChange.parse(change));
  const inQueue = async (viewer = desk) => {
    const answer = await following.of(viewer, space.siteId, '2027-01-04', 'open');
    return answer.ok ? answer.value.visits : [];
  };
  const queued = async (more: Record<string, unknown> = {}): Promise<string> => {
    const joined = await comes(more);
    if (!joined.ok) throw new Error(joined.why);
    return joined.value.id;
  };

  it('accents, typos and word order are forgiven, and each answer says which words', async () => {
    expect((await asked({ q: 'plainet' })).map(({ motifId, because }) => [motifId, because])).toEqual([
      [plainte, ['plainte']],
    ]);
    expect((await asked({ q: 'public ecrivain' }))[0]).toMatchObject({
      motifId: papiers,
      because: ['public', 'écrivain'],
    });
    expect(await asked({ q: 'de la' })).toEqual([]);
  });

  it('an urgent need that answers comes first', async () => {
    const needs = await asked({ q: 'facture impayee' });
    expect(needs.map(({ urgent }) => urgent)).toEqual([true, false]);
    // The name of its service is not what makes a need urgent.
    expect((await asked({ q: 'EDF énergie' })).map(({ urgent }) => urgent)).toEqual([false, true]);
  });

  it('among motifs that answer as well, whichever can be had sooner is first; a better answer waits for nobody', async () => {
    const nounou = 'mode de garde';
    const [far, near] = [await space.partner('Crèche familiale'), await space.partner('Relais petite enfance')];
    const inFebruary = await space.motif(far, 'Place en crèche', { synonyms: [nounou], position: 1 });
    const tomorrow = await space.motif(near, 'Assistante maternelle', { synonyms: [nounou], position: 2 });
    await space.permanence({ partnerId: far, motifIds: [inFebruary], dates: ['2027-02-05 09:00-12:00'] });
    await space.permanence({ partnerId: near, motifIds: [tomorrow], dates: ['2027-01-05 09:00-12:00'] });
    const order = async (q: string) => (await asked({ q })).map(({ motifId }) => motifId);
    expect(await order('mode de garde')).toEqual([tomorrow, inFebruary]);
    expect((await order('garde en creche'))[0]).toBe(inFebruary);
  });

  it('a confidential service never answers the desk', async () => {
    expect((await asked({ q: 'plainte travail' })).map(({ motifId }) => motifId)).toEqual([plainte]);
  });

  it('Monday 9:40, one person waiting: the Parquet is here, walk-in, until 10:30', async () => {
    at('09:40');
    const id = await queued({ name: 'Mme A.' });
    const [need] = await asked({ q: 'plainte' });
    expect(need?.now).toEqual([
      expect.objectContaining({ siteId: space.siteId, end: '2027-01-04T10:30', waiting: 1, before: 1 }),
    ]);
    expect(await becomes(id, { from: 'waiting', to: 'left' })).toMatchObject({ ok: true });
  });

  it('9:45, four wait at a quarter of an hour each: 13:30, then Wednesday 9:00 by appointment, not "now"', async () => {
    at('09:45');
    const four: string[] = [];
    for (const name of ['A.', 'B.', 'C.', 'D.']) four.push(await queued({ name, anyway: true }));
    const [need] = await asked({ q: 'plainte' });
    expect(need?.now).toEqual([]);
    expect(need?.full).toEqual([expect.objectContaining({ why: 'queue', waiting: 4 })]);
    expect(need?.next?.start).toBe('2027-01-04T13:30');
    expect(need?.slots[0]?.start).toBe('2027-01-06T09:00');
    expect(await comes()).toMatchObject({ ok: false, why: 'queue-full' });
    const urgent = await comes({ urgent: true });
    expect(urgent).toMatchObject({ ok: true, value: { before: 0 } });
    expect((await inQueue()).map(({ urgent }) => urgent)).toEqual([true, false, false, false, false]);
    for (const visit of await inQueue()) await becomes(visit.id, { from: 'waiting', to: 'left' });
  });

  it('nobody leaves without a first answer, and what was said by mistake is taken back', async () => {
    at('09:50');
    const id = await queued({ usagerId: diallo });
    expect((await inQueue())[0]).toMatchObject({ who: 'A. D.', state: 'waiting', before: 0 });
    expect(await becomes(id, { from: 'waiting', to: 'received' })).toMatchObject({ ok: true });
    // Another desk still saw her waiting.
    expect(await becomes(id, { from: 'waiting', to: 'received' })).toMatchObject({ ok: false, why: 'visit-changed' });
    expect(VisitChange.safeParse({ from: 'received', to: 'done' }).success).toBe(false);
    expect(await becomes(id, { from: 'received', to: 'done', outcome: 'answered' })).toMatchObject({ ok: true });
    expect(await inQueue()).toEqual([]);
    expect(await becomes(id, { from: 'done', to: 'received' })).toMatchObject({ ok: true });
    expect(await becomes(id, { from: 'received', to: 'done', outcome: 'oriented' })).toMatchObject({ ok: true });
  });

  it('an arrival at 9:10 entered at 10:30 keeps 9:10 and sends nothing', async () => {
    at('10:30');
    const id = await queued({ usagerId: diallo, arrivedAt: '2027-01-04T09:10' });
    expect((await inQueue())[0]?.arrived).toBe('2027-01-04T09:10');
    expect(
      await becomes(id, { from: 'waiting', to: 'done', outcome: 'answered', at: '2027-01-04T09:30' }),
    ).toMatchObject({ ok: true });
    expect(await space.sql('select count(*)::int as n from reminder')).toEqual([{ n: 0 }]);
    expect(await comes({ arrivedAt: '2027-01-04T10:45' })).toMatchObject({ ok: false, why: 'not-yet' });
    expect(await comes()).toMatchObject({ ok: false, why: 'queue-over' });
  });

  it('whoever waits is shown with the hours of the date she waits for, so that nothing is said of it once it has closed', async () => {
    at('09:50');
    const id = await queued({ name: 'E.' });
    const hours = { start: '2027-01-04T09:00', end: '2027-01-04T10:30' };
    expect((await inQueue()).find((one) => one.id === id)?.receives).toEqual({ ...hours, isHeld: true });
    const known = await joining.join(desk, VisitBody.parse({ siteId: space.siteId, motifId: papiers }), null);
    const shown = (await inQueue()).find((one) => known.ok && one.id === known.value.id);
    expect(shown).toMatchObject({ occurrenceId: null, receives: null });
    for (const one of [id, ...(known.ok ? [known.value.id] : [])]) await becomes(one, { from: 'waiting', to: 'left' });
  });

  it('an arrival of another day fills no queue of today', async () => {
    at('09:50');
    const before = (await inQueue()).length;
    expect(await comes({ arrivedAt: '2027-01-03T09:10' })).toMatchObject({ ok: false, why: 'not-its-day' });
    expect(await comes({ arrivedAt: '2026-12-07T09:10' })).toMatchObject({ ok: false, why: 'not-its-day' });
    expect(await inQueue()).toHaveLength(before);
    const [{ n } = { n: 0 }] = await space.sql<{ n: number }>(
      `select count(*)::int as n from visit where day < '2027-01-04'`,
    );
    expect(n).toBe(0);
  });

  it('after the last entry nobody is sent to the queue', async () => {
    at('09:10');
    await following.endQueue(desk, morning, true);
    const [need] = await asked({ q: 'plainte' });
    expect(need).toMatchObject({ now: [], full: [{ why: 'last-entry' }] });
    expect(await comes()).toMatchObject({ ok: false, why: 'queue-closed' });
    await following.endQueue(desk, morning, false);
    expect((await asked({ q: 'plainte' }))[0]?.now).toHaveLength(1);
  });

  it('asked about 14 January, Nouvelles Voies is at the Maison pour tous', async () => {
    at('09:40');
    const [first] = await asked({ q: 'écrivain public' });
    expect(first?.slots[0]).toMatchObject({ start: '2027-01-07T14:00', siteId: space.siteId });
    const [then] = await asked({ q: 'écrivain public', from: '2027-01-14T00:00' });
    expect(then?.slots[0]).toMatchObject({ start: '2027-01-14T14:00', siteId: mpt });
  });

  it('at 27 the Mission locale is a warning, and the slots are there', async () => {
    const [need] = await asked({ motif: jeune, age: 27 });
    expect(need?.notes).toEqual([expect.objectContaining({ kind: 'age', warns: true })]);
    expect(need?.slots).toHaveLength(3);
  });

  it('a signed decision opens accompagnement, for that person and that service', async () => {
    const social = await space.motif(parquet, 'Accompagnement social', { step: 'accompagnement' });
    const before = await asked({ motif: social, usager: diallo });
    expect(before[0]).toMatchObject({ needsDecision: true, notes: [{ kind: 'step', warns: true }] });
    const signed = { usagerId: diallo, partnerId: parquet, signedBy: 'L. Petit', signedOn: '2027-01-04' };
    expect(await new Decisions(space.db).record(desk, signed, null)).toMatchObject({ ok: true });
    const after = await asked({ motif: social, usager: diallo });
    expect(after[0]?.needsDecision).toBe(false);
    expect(after[0]?.notes[0]?.text).toContain('L. Petit');
  });

  it('whoever is away is not said to be here', async () => {
    at('09:40');
    const service = await space.partner('Département');
    const agent = await space.agent(service, 'C. Morel');
    const motifIds = [await space.motif(service, 'Accueil social', { booked: 'walk-in' })];
    const dates = ['2027-01-04 08:30-12:30', '2027-01-05 08:30-12:30'];
    await space.permanence({ partnerId: service, motifIds, mode: 'walk-in', agentIds: [agent], dates });
    expect((await asked({ q: 'accueil social' }))[0]?.now).toHaveLength(1);
    await space.sql(
      `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, created_at)
       values ($1, $2, $3, false, '2027-01-04 08:00+01', '2027-01-04 18:00+01', '2027-01-03 08:00+01')`,
      [space.spaceId, agent, service],
    );
    const [need] = await asked({ q: 'accueil social' });
    expect(need?.now).toEqual([]);
    expect(need?.next?.start).toBe('2027-01-05T08:30');
  });

  it('another partner knows how many wait, and never who', async () => {
    at('09:20');
    const id = await queued({ usagerId: diallo });
    const other = space.viewer('partner-editor', await space.partner('AEF 94'));
    expect((await asked({ q: 'plainte' }, other))[0]?.now[0]?.waiting).toBe(1);
    expect(await inQueue(other)).toEqual([]);
    const change = VisitChange.parse({ from: 'waiting', to: 'left' });
    expect(await following.pass(other, id, change)).toMatchObject({ ok: false, why: 'not-found' });
    const theirs = VisitBody.parse({ siteId: space.siteId, occurrenceId: morning });
    expect(await joining.join(other, theirs, null)).toMatchObject({ ok: false, why: 'not-yours' });
  });
});
