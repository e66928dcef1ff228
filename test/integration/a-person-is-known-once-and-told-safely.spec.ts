import { insertAccount, type Viewer } from '@app/accounts';
import { type Usager, UsagerBody, UsagerTyped } from '@app/contract';
import { DirectoryModule, MergeUsagers, Sectors, Usagers } from '@app/directory';
import { systemContext } from '@app/persistence';
import { DueReminders, PlanReminders, RemindersModule, SendReminder } from '@app/reminders';
import { HOME_ZONE } from '@app/time';
import { Messages, WaitingModule } from '@app/waiting';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSpace, granted, type TestSpace } from '../support/builders';
import { startServices, type TestServices } from '../support/services';
import { parisTime, SomeoneToTell } from '../support/someone-to-tell';

let services: TestServices;
let space: TestSpace;

beforeAll(async () => {
  services = await startServices(
    [DirectoryModule, RemindersModule, WaitingModule.forRoot({ publicUrl: 'https://palier.test' })],
    { now: '2027-03-08 10:00' },
  );
  space = await aSpace(services);
});
afterAll(() => services?.stop());

describe('a person being typed', () => {
  const soundOf = async (...names: string[]) =>
    services.database.within(systemContext(space.space.id), async (tx) =>
      (
        await tx.query<{ sound: string }>('select french_sound(name) as sound from unnest($1::text[]) as name', [names])
      ).map(({ sound }) => sound),
    );

  it.each([
    ['Dupont', 'Dupond'],
    ['Lefèvre', 'Lefebvre'],
    ['Benali', 'Ben Ali'],
    ['Cohen', 'Kohen'],
    ['Nguyen', 'N’Guyen'],
    ['Gauthier', 'Gautier'],
    ['Traoré', 'TRAORE'],
    ['Khadija', 'Kadija'],
    ['Cheikh', 'Sheik'],
    ['Philippe', 'Filipe'],
  ])('%s and %s sound alike', async (one, other) => {
    const [sound, same] = await soundOf(one, other);
    expect(sound).toBe(same);
  });

  it.each([
    ['Martin', 'Martine'],
    ['Denis', 'Denise'],
    ['Diallo', 'Diarra'],
    ['Traoré', 'Touré'],
    ['Jean', 'Jeanne'],
  ])('%s and %s do not', async (one, other) => {
    const [sound, another] = await soundOf(one, other);
    expect(sound).not.toBe(another);
  });

  const alike = async (typed: Partial<UsagerTyped>, who: Parameters<TestSpace['as']> = ['desk']) =>
    (await services.get(Usagers).alike(await space.as(...who), UsagerTyped.parse(typed))).map(
      ({ firstName, lastName, same }) => `${firstName} ${lastName}: ${same.join(', ')}`,
    );

  it('is suggested whoever she may already be, and why', async () => {
    await space.addUsager({ firstName: 'Aminata', lastName: 'Diallo', phone: '06 39 98 40 12', birthYear: 1984 });
    await space.addUsager({ firstName: 'Luc', lastName: 'Lefebvre', birthYear: 1951 });
    expect(await alike({ lastName: 'Dialo', firstName: 'Aminata' })).toEqual(['Aminata Diallo: name']);
    expect(await alike({ lastName: 'Diallo', firstName: 'Ami' })).toEqual(['Aminata Diallo: name']);
    expect(await alike({ lastName: 'Aminata', firstName: 'Diallo', birthYear: 1984 })).toEqual([
      'Aminata Diallo: name, birth-year',
    ]);
    expect(await alike({ lastName: 'Camara', phone: '06 39 98 40 12' })).toEqual(['Aminata Diallo: phone']);
    expect(await alike({ lastName: 'Lefèvre', firstName: 'Luc' })).toEqual(['Luc Lefebvre: name']);
  });

  it('is nobody else: another first name, another year', async () => {
    expect(await alike({ lastName: 'Diallo', firstName: 'Boubacar' })).toEqual([]);
    expect(await alike({ lastName: 'Diallo', firstName: 'Aminata', birthYear: 1990 })).toEqual([]);
    expect(await alike({ lastName: 'D' })).toEqual([]);
  });

  it('is never told to be someone the viewer may not see, not even by her number', async () => {
    const staff = await space.as('partner-editor', 'Personnel communal');
    await space.addUsager({ firstName: 'Odile', lastName: 'Ombreval', phone: '06 39 98 41 00' }, staff);
    const typed = { lastName: 'Ombreval', firstName: 'Odile', phone: '06 39 98 41 00' };
    expect(await alike(typed, ['partner-editor', 'Personnel communal'])).toHaveLength(1);
    expect(await alike(typed)).toEqual([]);
    expect(await alike(typed, ['partner-editor', 'Clic6'])).toEqual([]);
    expect(await alike({ lastName: 'Diallo', firstName: 'Aminata' }, ['partner-editor', 'Clic6'])).toEqual([]);
  });

  it('has no social security number, not even where a form would not have looked', async () => {
    const id = await space.addUsager({ lastName: 'Zola' });
    const forced = services.database.within(systemContext(space.space.id), (tx) =>
      tx.query(
        `update usager set contact_name = '1 85 05 78 006 084', contact_relation = 'parent' where space_id = $1 and id = $2`,
        [tx.context.spaceId, id],
      ),
    );
    await expect(forced).rejects.toThrow('no_social_security_number_of_a_contact');
  });
});

describe('who follows a person', () => {
  it('is an agent of the partner, said by the partner or the desk', async () => {
    const id = await space.addUsager({ lastName: 'Keita' });
    const usagers = services.get(Usagers);
    const desk = await space.as('desk');
    const nadia = { partnerId: space.id('Clic6'), agentId: space.id('Nadia Roche') };
    expect(granted(await usagers.follow(desk, id, nadia)).referents).toEqual([nadia]);
    const clic6 = await space.as('partner-editor', 'Clic6');
    expect((await usagers.read(clic6, id))?.referents).toEqual([nadia]);
    expect(await usagers.follow(clic6, id, { ...nadia, partnerId: space.id('Parquet') })).toMatchObject({
      why: 'not-yours',
    });
    expect(await usagers.follow(clic6, id, { ...nadia, agentId: space.id('Paul Vasseur') })).toMatchObject({
      why: 'agent-elsewhere',
    });
    const ofStaff = { partnerId: space.id('Personnel communal'), agentId: space.id('Anne Petit') };
    expect(await usagers.follow(desk, id, ofStaff)).toMatchObject({ why: 'not-yours' });
    expect(granted(await usagers.follow(clic6, id, { ...nadia, agentId: null })).referents).toEqual([]);
  });
});

describe('an address', () => {
  it('leads to its sector and its social workers, and is not kept', async () => {
    const sectors = services.get(Sectors);
    const manager = await space.as('manager');
    const lines = 'rue de Verdun;pairs;2-48;Secteur 2\nrue de Verdun;impairs;1-51;Secteur 1';
    const [, second] = granted(await sectors.setStreets(manager, { commune: 'Chevilly-Larue', lines }));
    expect(second).toMatchObject({ name: 'Secteur 2', streets: 1 });
    granted(
      await sectors.update(manager, second?.id ?? '', { name: 'Secteur Sud', agentIds: [space.id('Nadia Roche')] }),
    );
    const desk = await space.as('desk');
    const found = await sectors.find(desk, '12 r. de Verdun, 94550 Chevilly-Larue');
    expect(found).toMatchObject({ name: 'Secteur Sud', agentIds: [space.id('Nadia Roche')] });
    expect(await sectors.find(desk, 'Chevilly-Larue, 13 rue de Verdun')).toMatchObject({ name: 'Secteur 1' });
    expect(await sectors.find(desk, 'Thiais, 12 avenue de la République')).toBeNull();
    const id = await space.addUsager({ lastName: 'Sissoko', sectorId: found?.id ?? null });
    expect(await services.get(Usagers).read(desk, id)).toMatchObject({ sectorId: found?.id });
    expect(await sectors.streets(desk)).toMatchObject({
      lines: 'Chevilly-Larue;rue de Verdun;pairs;2-48;Secteur Sud\nChevilly-Larue;rue de Verdun;impairs;1-51;Secteur 1',
    });
    expect(
      await sectors.setStreets(manager, { commune: '', lines: `${lines}\nX;rue de Verdun;haut;tous;Y` }),
    ).toMatchObject({
      why: 'invalid',
      errors: [{ at: 'lines', message: expect.stringMatching(/Ligne 1.*commune.*Ligne 3.*côté/) }],
    });
    granted(await sectors.remove(manager, found?.id ?? ''));
    expect(await services.get(Usagers).read(desk, id)).toMatchObject({ sectorId: null });
  });
});

describe('people who are told, or must not be', () => {
  let someone: SomeoneToTell;
  let desk: Viewer;

  beforeAll(async () => {
    someone = await SomeoneToTell.in(services.files);
    const account = {
      name: 'Léa',
      email: 'lea@palier.test',
      role: 'desk',
      partnerId: null,
      agentId: null,
      language: 'fr',
    };
    const accountId = await services.database.within(systemContext(someone.spaceId), (tx) =>
      insertAccount(tx, account as Parameters<typeof insertAccount>[1], null),
    );
    desk = {
      ...{ accountId, name: 'Léa', role: 'desk', partnerId: null, agentId: null, language: 'fr' },
      space: { id: someone.spaceId, name: 'Espace', slug: 's', zone: HOME_ZONE },
    } as Viewer;
  });
  afterAll(() => someone?.end());

  const now = parisTime('2027-03-08 10:00');
  /** Until everything that happened is read: an event waits for the oldest transaction of the whole server. */
  const plan = async () => {
    do await services.get(PlanReminders).round();
    while (await someone.hasUnreadEvents());
  };
  const usagerOf = async (appointmentId: string): Promise<Usager> => {
    const [row] = await someone.run<{ usager_id: string }>('select usager_id from appointment where id = $1', [
      appointmentId,
    ]);
    const usager = await services.get(Usagers).read(desk, row?.usager_id ?? '');
    if (!usager) throw new Error('nobody');
    return usager;
  };
  const changed = async (usager: Usager, change: Partial<UsagerBody>) =>
    granted(
      await services.get(Usagers).rectify(desk, usager.id, UsagerBody.parse({ ...usager, ...change }), usager.version),
    );

  it('Mrs B.’s appointment of Monday 15 March 2027 is cancelled: no SMS, no letter, a task for her référent', async () => {
    const [agent] = await someone.run<{ id: string }>(
      `insert into agent (space_id, partner_id, name) values ($1, $2, 'Claire') returning id`,
      [someone.spaceId, someone.partnerId],
    );
    const id = await someone.book(now, { at: '2027-03-15 09:00', safe: true });
    const mrsB = await usagerOf(id);
    granted(
      await services.get(Usagers).follow(desk, mrsB.id, { partnerId: someone.partnerId, agentId: agent?.id ?? '' }),
    );
    await plan();
    expect(await someone.told(id)).toEqual([]);
    await someone.become(now, id, 'cancelledByAgent');
    await plan();
    expect(await someone.told(id)).toEqual(['cancelled task todo 2027-03-08 10:00']);
    const { items } = await services.get(Messages).page(desk, { state: 'todo', limit: 10, offers: true });
    expect(items).toMatchObject([{ channel: 'task', forAgentId: agent?.id, recipient: null }]);
  });

  it('marked after the booking: what was to be sent never is', async () => {
    const id = await someone.book(now, { at: '2027-03-16 09:00', phone: '+33639980077' });
    await plan();
    expect(await someone.told(id)).toContain('before sms waiting 2027-03-13 18:00');
    await changed(await usagerOf(id), { safeContact: true });
    await plan();
    expect((await someone.told(id)).filter((told) => !told.includes(' dropped '))).toEqual([]);
    for (const { spaceId, id: due } of await services.get(DueReminders).find(100))
      await services.get(SendReminder).send(spaceId, due);
    expect((await someone.taken()).filter(({ recipient }) => recipient === '+33639980077')).toEqual([]);
  });

  it('a guardian is told in her ward’s place, and not which service it is', async () => {
    await someone.book(now, { at: '2027-03-17 09:00', contactPhone: '+33639980055', namesService: true });
    await plan();
    for (const { spaceId, id } of await services.get(DueReminders).find(100))
      await services.get(SendReminder).send(spaceId, id);
    expect((await someone.taken()).filter(({ recipient }) => recipient === '+33639980055')).toMatchObject([
      { text: expect.stringMatching(/^Rendez-vous de Yasmina le mercredi 17 mars à 9 h/) },
    ]);
  });

  it('two records become one: everything follows, and the old address answers with the kept one', async () => {
    const [first, second] = [
      await someone.book(now, { at: '2027-03-18 09:00', phone: null }),
      await someone.book(now, { at: '2027-03-19 09:00', phone: '+33639980066' }),
    ];
    await plan();
    for (const { spaceId, id } of await services.get(DueReminders).find(100))
      await services.get(SendReminder).send(spaceId, id);
    const kept = await changed(await usagerOf(first), { lastName: 'Martin-Roy', birthYear: 1984 });
    const other = await changed(await usagerOf(second), { note: 'fauteuil', safeContact: true });
    const merge = services.get(MergeUsagers);
    const body = { usagerId: other.id, take: [], version: kept.version, otherVersion: other.version, dryRun: true };
    const shown = granted(await merge.merge(desk, kept.id, body));
    expect(shown).toMatchObject({
      differ: ['lastName'],
      moves: { upcoming: 1, past: 0, messages: 1 },
      usager: { lastName: 'Martin-Roy', phone: '+33639980066', note: 'fauteuil', safeContact: true },
    });
    expect((await usagerOf(second)).id).toBe(other.id);
    expect(await merge.merge(desk, kept.id, { ...body, otherVersion: 9, dryRun: false })).toMatchObject({
      why: 'version',
    });
    granted(await merge.merge(desk, kept.id, { ...body, take: ['lastName'], dryRun: false }));
    expect(await usagerOf(second)).toMatchObject({
      id: kept.id,
      lastName: 'Martin',
      birthYear: 1984,
      safeContact: true,
    });
    expect(await services.get(Usagers).read(desk, other.id)).toMatchObject({ id: kept.id });
    expect(
      await someone.run('select 1 from message where usager_id = $1 union all select 1 from usager where id = $1', [
        other.id,
      ]),
    ).toEqual([]);
    // Merged again into a third: the first address still answers.
    const third = await usagerOf(await someone.book(now, { at: '2027-03-22 09:00' }));
    const again = await services.get(Usagers).read(desk, kept.id);
    granted(
      await merge.merge(desk, third.id, {
        ...body,
        usagerId: kept.id,
        version: third.version,
        otherVersion: again?.version ?? 0,
        dryRun: false,
      }),
    );
    expect(await services.get(Usagers).read(desk, other.id)).toMatchObject({ id: third.id });
  });

  it('whatever points at a person says so to the database, so that a merge finds it', async () => {
    expect(
      await someone.run(
        `select c.table_name from information_schema.columns c
         where c.table_schema = 'public' and c.column_name = 'usager_id' and not exists (
           select from pg_constraint k where k.contype = 'f' and k.confrelid = 'usager'::regclass
             and k.conrelid = format('public.%I', c.table_name)::regclass)`,
      ),
    ).toEqual([]);
  });
});

it('whom only a confidential service knows is not merged with anybody', async () => {
  const staff = await space.as('partner-editor', 'Personnel communal');
  const hidden = await space.addUsager({ lastName: 'Ombreval', firstName: 'Une' }, staff);
  const known = await space.addUsager({ lastName: 'Ombreval', firstName: 'Autre' });
  const body = { usagerId: hidden, take: [], version: 1, otherVersion: 1, dryRun: false };
  const merge = services.get(MergeUsagers);
  expect(await merge.merge(await space.as('desk'), known, body)).toMatchObject({ why: 'not-found' });
  const both = { ...(await space.as('manager')), partnerId: space.id('Personnel communal') };
  expect(await merge.merge(both, known, body)).toMatchObject({ why: 'confidential-only' });
});
