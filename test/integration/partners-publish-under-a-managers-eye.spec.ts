import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GivenSeats } from '@app/booking';
import { CalendarLinks, ReadCalendar } from '@app/calendars';
import { CalendarBody } from '@app/contract';
import { Proposals, ReadPermanence } from '@app/permanences';
import { publicContext } from '@app/persistence';
import { PermanenceSpace, value } from '../support/permanences';

const MONDAYS = { rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '11:00' };

describe('partners publish under the eye of the person in charge', () => {
  let there: PermanenceSpace;
  let parquet: string;
  let clic: string;
  let proposals: Proposals;
  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    parquet = await there.space.partner('Correspondant du Parquet');
    clic = await there.space.partner('Clic6');
    proposals = new Proposals(there.space.db, there.publishing, there.writing);
  });
  afterEach(() => there?.close());

  const editor = (partnerId = parquet) => there.space.viewer('partner-editor', partnerId);
  const required = () => proposals.require(there.manager, { required: true });
  const asked = async (id: string) => (await there.read(id, editor())).proposal;

  it('a partner publishes at once as long as nobody wants to agree first', async () => {
    await there.publish(there.body(parquet, [MONDAYS]), editor());
    expect(await proposals.waiting(there.manager)).toEqual([]);
  });

  it('what a partner publishes waits, is shown with its consequences, and is then done exactly so', async () => {
    await required();
    const { id, proposed } = await there.publish(there.body(parquet, [MONDAYS]), editor());
    expect(proposed).toBe(true);
    expect(await there.read(id, editor())).toMatchObject({
      state: 'draft',
      proposal: { kind: 'publication', state: 'waiting' },
    });
    const [waiting] = await proposals.waiting(there.manager);
    const shown = value(await proposals.approve(there.manager, waiting?.id ?? '', { dryRun: true }));
    expect(shown.consequences?.added.slice(0, 2).map(({ start }) => start)).toEqual([
      '2027-01-04T09:00',
      '2027-01-11T09:00',
    ]);
    expect((await there.read(id)).state).toBe('draft');
    const seen = shown.consequences?.token;
    value(await proposals.approve(there.manager, waiting?.id ?? '', { dryRun: false, seen }));
    expect(await there.read(id)).toMatchObject({ state: 'published', proposal: null });
    expect(await proposals.waiting(there.manager)).toEqual([]);
    expect(await proposals.approve(there.manager, waiting?.id ?? '', { dryRun: false })).toMatchObject({
      why: 'already-settled',
    });
    const lines = await there.history.of(there.manager, id);
    expect(lines?.map(({ words }) => words)).toEqual([
      'Demande accordée',
      expect.stringContaining('Publiée'),
      'Publication demandée au responsable',
      'Brouillon écrit',
    ]);
  });

  it('a change and an end of what is published wait too; nobody approves what was not shown', async () => {
    const { id } = await there.publish(there.body(parquet, [MONDAYS]), editor());
    await required();
    const { rules, ...rest } = await there.read(id, editor());
    const body = { ...rest, rules: rules.map(({ words: _, ...rule }) => ({ ...rule, end: '10:30' })) };
    const change = { permanence: body, version: rest.version, dryRun: false };
    expect(value(await there.writing.change(editor(), id, change))).toMatchObject({ proposed: true, inserted: 0 });
    expect((await there.dates(id))[0]?.end).toBe('2027-01-04T11:00');
    const [waiting] = await proposals.waiting(there.manager);
    expect(waiting?.details.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      'Retiré : tous les lundis, 9 h – 11 h, 3 rue du Béarn',
      'Ajouté : tous les lundis, 9 h – 10 h 30, 3 rue du Béarn',
    ]);
    const wrong = { dryRun: false, seen: 'something else' };
    expect(await proposals.approve(there.manager, waiting?.id ?? '', wrong)).toMatchObject({ why: 'not-as-shown' });
    value(await proposals.approve(there.manager, waiting?.id ?? '', { dryRun: false }));
    expect((await there.dates(id))[0]?.end).toBe('2027-01-04T10:30');

    value(await there.publishing.stop(editor(), id, { from: '2027-03-01', dryRun: false }));
    expect((await there.read(id)).stopsOn).toBeNull();
    const [stop] = await proposals.waiting(there.manager);
    value(await proposals.approve(there.manager, stop?.id ?? '', { dryRun: false }));
    expect((await there.read(id)).stopsOn).toBe('2027-03-01');
  });

  it('a refusal says why, and the partner may ask again or think again', async () => {
    await required();
    const { id } = await there.publish(there.body(parquet, [MONDAYS]), editor());
    const [waiting] = await proposals.waiting(there.manager);
    value(await proposals.refuse(there.manager, waiting?.id ?? '', 'Le lundi est complet : plutôt le mardi.'));
    expect(await asked(id)).toMatchObject({ state: 'refused', reason: 'Le lundi est complet : plutôt le mardi.' });
    value(await there.publishing.publish(editor(), id, 1));
    const [again] = await proposals.waiting(editor());
    value(await proposals.withdraw(editor(), again?.id ?? ''));
    expect(await proposals.waiting(there.manager)).toEqual([]);
  });

  it('another partner neither sees nor answers what is asked; the desk’s side publishes without asking', async () => {
    await required();
    await there.publish(there.body(parquet, [MONDAYS]), editor());
    const [waiting] = await proposals.waiting(there.manager);
    expect(await proposals.waiting(editor(clic))).toEqual([]);
    expect(await proposals.withdraw(editor(clic), waiting?.id ?? '')).toMatchObject({ why: 'not-found' });
    const direct = await there.publish(there.body(parquet, [MONDAYS]));
    expect((await there.read(direct.id)).state).toBe('published');
  });
});

describe('a meeting of several partners', () => {
  let there: PermanenceSpace;
  let clic: string;
  let valophis: string;
  let parquet: string;
  let room: { id: string };
  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    clic = await there.space.partner('Clic6');
    valophis = await there.space.partner('Valophis');
    parquet = await there.space.partner('Correspondant du Parquet');
    room = await there.space.room('Salle commune');
  });
  afterEach(() => there?.close());

  const pole = (agentIds: string[], more: Record<string, unknown> = {}) =>
    there.body(
      clic,
      [
        {
          rrule: 'FREQ=WEEKLY;INTERVAL=6;BYDAY=TU',
          from: '2027-01-12',
          start: '14:00',
          end: '16:00',
          mode: 'internal',
          roomId: room.id,
          agentIds,
        },
      ],
      { title: 'Pôle gérontologique', visibility: 'internal', invitedPartnerIds: [valophis], ...more },
    );

  it('those invited see its title, dates and room; others and the public see nothing of it', async () => {
    const { id } = await there.publish(pole([]), there.space.viewer('partner-editor', clic));
    const guest = there.space.viewer('partner-editor', valophis);
    expect(await there.read(id, guest)).toMatchObject({ title: 'Pôle gérontologique', invitedPartnerIds: [valophis] });
    expect((await there.dates(id, { viewer: guest })).map(({ start }) => start.slice(0, 10))).toEqual([
      '2027-01-12',
      '2027-02-23',
      '2027-04-06',
      '2027-05-18',
    ]);
    expect(await there.list.one(there.space.viewer('partner-editor', parquet), id)).toBeNull();
    const seen = await there.space.db.within(publicContext(there.space.spaceId), (tx) =>
      tx.query('select from occurrence where space_id = $1 union all select from permanence where space_id = $1', [
        there.space.spaceId,
      ]),
    );
    expect(seen).toEqual([]);
  });

  it('the calendars of those invited hold it, the public’s does not', async () => {
    await there.publish(pole([]), there.space.viewer('partner-editor', clic));
    const links = new CalendarLinks(there.space.db);
    const { rows } = await there.space.owner.query<{ id: string }>('select id from account where email = $1', [
      await there.space.account('manager'),
    ]);
    const viewer = { ...there.manager, accountId: rows[0]?.id ?? '' };
    const told = async (body: Record<string, unknown>) => {
      const { id } = value(await links.create(viewer, CalendarBody.parse(body), null));
      const { secret } = value(await links.renew(viewer, id));
      return new ReadCalendar(there.space.db).read(secret, { language: 'fr', repeating: false });
    };
    expect(await told({ kind: 'partner', partnerId: valophis })).toContain('SUMMARY:Pôle gérontologique');
    expect(await told({ kind: 'partner', partnerId: parquet })).not.toContain('Pôle');
    expect(await told({ kind: 'space' })).not.toContain('Pôle');
  });

  it('those invited change nothing of it', async () => {
    const { id } = await there.publish(pole([]), there.space.viewer('partner-editor', clic));
    const guest = there.space.viewer('partner-editor', valophis);
    expect(await there.publishing.stop(guest, id, { from: '2027-02-01', dryRun: false })).toMatchObject({
      why: 'not-found',
    });
  });

  it('an agent of a partner invited may be named, and is held then', async () => {
    const agent = await there.space.agent(valophis, 'Gardien');
    const { id } = await there.publish(pole([agent]), there.space.viewer('partner-editor', clic));
    const own = there.body(valophis, [
      { rrule: 'FREQ=WEEKLY;BYDAY=TU', from: '2027-01-12', start: '15:00', end: '17:00', agentIds: [agent] },
    ]);
    const { conflicts } = await there.publish(own, there.space.viewer('partner-editor', valophis));
    expect(conflicts).toBeGreaterThan(0);
    expect((await there.dates(id))[0]?.agentIds).toEqual([agent]);
  });

  it('only a meeting invites, and nobody else’s agents come uninvited', async () => {
    const stranger = await there.space.agent(parquet, 'Magistrate');
    const clicEditor = there.space.viewer('partner-editor', clic);
    expect(await there.writing.draft(clicEditor, null, pole([], { visibility: 'public' }))).toMatchObject({
      why: 'invalid',
      errors: [{ at: 'invitedPartnerIds' }],
    });
    expect(await there.writing.draft(clicEditor, null, pole([stranger]))).toMatchObject({
      why: 'invalid',
      errors: [{ at: 'rules.0.agentIds.0' }],
    });
  });
});

describe('places that a partner gives by its own means', () => {
  let there: PermanenceSpace;
  let giving: GivenSeats;
  let parquet: string;
  let motif: string;
  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    giving = new GivenSeats(there.space.db);
    parquet = await there.space.partner('Correspondant du Parquet');
    motif = await there.space.motif(parquet, 'Plainte');
  });
  afterEach(() => there?.close());

  const editor = () => there.space.viewer('partner-editor', parquet);
  const freeOn = async (day: string) =>
    value(
      await there.space.slots.forMotif(there.space.viewer('desk'), {
        motif,
        from: `${day}T00:00`,
        days: 1,
        perDay: 50,
        limit: 50,
      } as never),
    ).slots.map(({ start }) => start.slice(11));
  const firstDate = async (id: string) => (await there.dates(id))[0]?.occurrenceId ?? '';
  const nine = () => ({ motifId: motif, start: '2027-01-04T09:00', agentId: null });

  it('hold what an appointment holds, and are free again when taken back', async () => {
    const { id } = await there.publish(there.body(parquet, [{ ...MONDAYS, end: '10:00' }], { motifIds: [motif] }));
    const occurrence = await firstDate(id);
    const given = value(await giving.give(editor(), occurrence, nine(), null));
    expect(await freeOn('2027-01-04')).toEqual(['09:30']);
    expect(await giving.give(editor(), occurrence, nine(), null)).toMatchObject({ why: 'slot-taken' });
    const usagerId = await there.space.usager('Yasmine', 'Martin', { partners: [parquet] });
    const wanted = { occurrenceId: occurrence, ...nine(), usagerId };
    expect(await there.space.booking.book(there.space.viewer('desk'), wanted as never, null)).toMatchObject({
      why: 'slot-taken',
    });
    value(await giving.takeBack(there.space.viewer('desk'), given.id));
    expect(await freeOn('2027-01-04')).toEqual(['09:00', '09:30']);
  });

  it('another partner gives and takes back none of them', async () => {
    const { id } = await there.publish(there.body(parquet, [MONDAYS], { motifIds: [motif] }));
    const given = value(await giving.give(editor(), await firstDate(id), nine(), null));
    const other = there.space.viewer('partner-editor', await there.space.partner('Clic6'));
    expect((await giving.give(other, await firstDate(id), { ...nine(), start: '2027-01-04T09:30' }, null)).ok).toBe(
      false,
    );
    expect(await giving.takeBack(other, given.id)).toMatchObject({ why: 'not-found' });
  });

  it('a cancelled date lets go of them, and says how many people only its partner can tell', async () => {
    const { id } = await there.publish(there.body(parquet, [MONDAYS], { motifIds: [motif] }));
    value(await giving.give(editor(), await firstDate(id), nine(), null));
    const cancelled = await there.changeDate(id, '2027-01-04T09:00', { kind: 'cancelled', cause: 'audience' });
    expect(cancelled.consequences).toMatchObject({ given: 1, told: { people: [], others: 0 } });
    const [date] = await there.dates(id);
    expect(date).toMatchObject({ start: '2027-01-04T09:00', state: 'cancelled' });
  });

  it('stay held when another line takes the date over from a day on', async () => {
    const { id } = await there.publish(there.body(parquet, [{ ...MONDAYS, end: '10:00' }], { motifIds: [motif] }));
    const [, second] = await there.dates(id);
    const wanted = { motifId: motif, start: '2027-01-11T09:00', agentId: null };
    value(await giving.give(editor(), second?.occurrenceId ?? '', wanted, null));
    const { rules, version, ...rest } = await there.read(id);
    const later = rules.map(({ words: _, ...rule }) => ({ ...rule, end: '10:30' }));
    const change = { permanence: { ...rest, rules: later }, version, from: '2027-01-11', dryRun: false };
    const changed = value(await there.writing.change(there.manager, id, change));
    expect(changed.consequences?.given).toBe(0);
    expect(await freeOn('2027-01-11')).toEqual(['09:30', '10:00']);
  });
});

describe('what the public does not read, and where it is', () => {
  let there: PermanenceSpace;
  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
  });
  afterEach(() => there?.close());

  const publicly = () =>
    there.space.db.within(publicContext(there.space.spaceId), (tx) =>
      tx.query('select from permanence where space_id = $1 union all select from occurrence where space_id = $1', [
        there.space.spaceId,
      ]),
    );

  it('a restricted audience is known to the partners, and never to the public', async () => {
    const staff = await there.space.partner('Service social du personnel');
    const { id } = await there.publish(there.body(staff, [MONDAYS], { visibility: 'restricted' }));
    expect(await publicly()).toEqual([]);
    const other = there.space.viewer('partner-editor', await there.space.partner('Clic6'));
    expect((await there.dates(id, { viewer: other }))[0]?.start).toBe('2027-01-04T09:00');
  });

  it('the caravan stops where each of its dates says', async () => {
    const caravan = await there.space.partner('Caravane solidaire');
    const vanves = await there.space.site('Vanves');
    const clamart = await there.space.site('Clamart');
    const words =
      'La caravane s’arrête le 12 janvier à Vanves, le 19 janvier à Clamart, de 14h à 17h, sans rendez-vous';
    const reading = value(
      await new ReadPermanence(there.space.db).read(there.manager, { words, partnerId: caravan, sites: [] }),
    );
    expect(reading.verdict).toBe('exact');
    const rules = reading.rules.map(({ rrule, from, start, end, mode, siteId }) => ({
      ...{ rrule, from, start, end, mode, siteId },
    }));
    const { id } = await there.publish(there.body(caravan, rules));
    expect((await there.dates(id)).map(({ start, siteId }) => [start, siteId])).toEqual([
      ['2027-01-12T14:00', vanves],
      ['2027-01-19T14:00', clamart],
    ]);
  });
});
