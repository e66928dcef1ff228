import { Accounts, FoundingService, OwnAccount, PasswordReset, SignInService, type Viewer } from '@app/accounts';
import { Agents, Directory, Motifs, Partners, Rooms, Sectors, Sites, Usagers } from '@app/directory';
import type { Outcome } from '@app/persistence';
import { PublishPermanence, ReadPermanence, SpaceCalendars, WritePermanence } from '@app/permanences';
import type { INestApplicationContext } from '@nestjs/common';
import { answered } from './answered';
import type { DemoAccount, DemoFiles } from './files';

/** What the loader made, by the names used in the files. */
export interface LoadedSpace {
  administrator: Viewer;
  sites: Map<string, string>;
  partners: Map<string, string>;
  agents: Map<string, string>;
  rooms: Map<string, LoadedRoom>;
  /** Motif ids by the key of the file. */
  motifs: Map<string, { id: string; partnerId: string; booked: string }>;
  usagers: string[];
  usagersOfStaff: string[];
}

/** Makes the space, its places, partners, people and permanences, through the services a person's requests go through. */
export async function loadSpace(
  app: INestApplicationContext,
  files: DemoFiles,
  password: string,
): Promise<LoadedSpace> {
  const administrator = await found(app, files, password);
  const places = await loadPlaces(app, files, administrator);
  const { territory, schoolZone } = files.space;
  must(await app.get(SpaceCalendars).set(administrator, { territory, schoolZone, sites: [], dryRun: false }));
  const { partners, agents, motifs } = await loadPartners(app, files, administrator);
  const rooms = await loadRooms(app, files, administrator, places, { partners, agents });
  await loadAccounts(app, files, administrator, { partners, agents, password });
  const loaded = {
    administrator,
    sites: places,
    partners,
    agents,
    rooms,
    motifs,
    usagers: [] as string[],
    usagersOfStaff: [] as string[],
  };
  await loadPermanences(app, files, loaded);
  const people = app.get(Usagers);
  for (const body of files.usagers) {
    const { id } = must(await people.create(administrator, body));
    loaded.usagers.push(id);
    const followed = files.referents.find(({ lastName, firstName }) => isNamed(body, lastName, firstName));
    if (!followed) continue;
    const partnerId = named(partners, followed.partner);
    must(await people.follow(administrator, id, { partnerId, agentId: named(agents, followed.agent) }));
  }
  await loadSectors(app, files, administrator, agents);
  const staff = partnerViewer(loaded, confidentialPartner(files));
  for (const body of files.usagersOfStaff) loaded.usagersOfStaff.push(must(await people.create(staff, body)).id);
  return loaded;
}

const isNamed = (body: { lastName: string; firstName: string }, lastName: string, firstName: string) =>
  body.lastName === lastName && body.firstName === firstName;

/** Which social workers a street belongs to. */
async function loadSectors(
  app: INestApplicationContext,
  { sectors: { commune, lines, agents } }: DemoFiles,
  viewer: Viewer,
  known: Map<string, string>,
): Promise<void> {
  const sectors = app.get(Sectors);
  for (const { id, name } of must(await sectors.setStreets(viewer, { commune, lines: lines.join('\n') })))
    must(
      await sectors.update(viewer, id, { name, agentIds: (agents[name] ?? []).map((agent) => named(known, agent)) }),
    );
}

/** Gives every account of the demonstration this password, with the link an administrator hands over. */
export async function setPasswords(
  app: INestApplicationContext,
  administrator: Viewer,
  accounts: readonly DemoAccount[],
  password: string,
): Promise<void> {
  const known = new Map((await app.get(Accounts).list(administrator)).map((account) => [account.email, account.id]));
  const links = app.get(PasswordReset);
  for (const { email } of accounts) {
    const id = known.get(email);
    const link = id && (await links.linkFor(administrator, id));
    if (!link) continue;
    must(await links.use(new URL(link.url).searchParams.get('token') ?? '', password, 'demonstration'));
  }
}

/** Who acts for a partner while its own people have not signed in yet. */
export function partnerViewer(
  { administrator, partners }: Pick<LoadedSpace, 'administrator' | 'partners'>,
  name: string,
): Viewer {
  return { ...administrator, role: 'partner-editor', partnerId: named(partners, name) };
}

export function confidentialPartner({ partners }: DemoFiles): string {
  const partner = partners.find(({ confidential }) => confidential);
  if (!partner) throw new Error('The demonstration has no confidential partner.');
  return partner.name;
}

export function named<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`The demonstration's files name "${name}", which they do not define.`);
  return thing;
}

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`The demonstration was refused: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function found(app: INestApplicationContext, { space, accounts }: DemoFiles, password: string): Promise<Viewer> {
  const [first] = space.sites;
  const administrator = accounts.find(({ role }) => role === 'administrator');
  if (!first || !administrator) throw new Error('The demonstration needs a site and an administrator.');
  const { spaceId, accountId } = must(
    await app.get(FoundingService).found({
      spaceName: space.name,
      siteName: first.name,
      siteAddress: first.address,
      name: administrator.name,
      email: administrator.email,
      password,
    }),
  );
  return {
    accountId,
    name: administrator.name,
    role: 'administrator',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { id: spaceId, name: space.name, slug: space.slug, zone: space.zone },
  };
}

async function loadPlaces(
  app: INestApplicationContext,
  { space }: DemoFiles,
  viewer: Viewer,
): Promise<Map<string, string>> {
  const sites = app.get(Sites);
  const { days, opens, closes } = space.openings;
  const openings = days.map((weekday) => ({ weekday, opens, closes }));
  const ids = new Map<string, string>();
  const [founded] = (await app.get(Directory).read(viewer)).sites;
  for (const { name, address, phone } of space.sites) {
    const body = { name, address, phone, openings };
    if (founded?.name === name) {
      must(await sites.update(viewer, founded.id, body));
      ids.set(name, founded.id);
    } else ids.set(name, must(await sites.create(viewer, body)).id);
  }
  return ids;
}

async function loadPartners(app: INestApplicationContext, files: DemoFiles, viewer: Viewer) {
  const partners = new Map<string, string>();
  const agents = new Map<string, string>();
  const motifs: LoadedSpace['motifs'] = new Map();
  for (const { agents: people, motifs: reasons, ...body } of files.partners) {
    const partnerId = must(await app.get(Partners).create(viewer, body)).id;
    partners.set(body.name, partnerId);
    for (const agent of people)
      agents.set(agent.name, must(await app.get(Agents).create(viewer, { ...agent, partnerId })).id);
    for (const { key, ...motif } of reasons) {
      const { id } = must(await app.get(Motifs).create(viewer, { ...motif, partnerId }));
      motifs.set(key, { id, partnerId, booked: motif.booked });
    }
  }
  return { partners, agents, motifs };
}

export interface LoadedRoom {
  id: string;
  desks: Map<string, string>;
}

async function loadRooms(
  app: INestApplicationContext,
  { space, partners: described }: DemoFiles,
  viewer: Viewer,
  sites: Map<string, string>,
  { partners, agents }: { partners: Map<string, string>; agents: Map<string, string> },
): Promise<Map<string, LoadedRoom>> {
  const shortNames = new Map(described.map(({ shortName, name }) => [shortName, named(partners, name)]));
  for (const site of space.sites) {
    for (const { resident, seated, ...room } of site.rooms) {
      const residentPartnerId = resident ? named(shortNames, resident) : null;
      const residentAgentIds = seated.map((name) => named(agents, name));
      const placed = { ...room, siteId: named(sites, site.name), residentPartnerId, residentAgentIds };
      must(await app.get(Rooms).create(viewer, placed));
    }
  }
  const { rooms } = await app.get(Directory).read(viewer);
  return new Map(
    rooms.map(({ id, name, workstations }) => [
      name,
      { id, desks: new Map(workstations.map((desk) => [desk.label, desk.id])) },
    ]),
  );
}

async function loadAccounts(
  app: INestApplicationContext,
  { accounts }: DemoFiles,
  administrator: Viewer,
  known: { partners: Map<string, string>; agents: Map<string, string>; password: string },
): Promise<void> {
  for (const { email, name, role, partner, agent } of accounts) {
    if (role === 'administrator') continue;
    const partnerId = partner ? named(known.partners, partner) : null;
    const agentId = agent ? named(known.agents, agent) : null;
    must(
      await app.get(Accounts).create(administrator, { email, name, role, partnerId, agentId, language: 'fr' }, null),
    );
  }
  await setPasswords(app, administrator, accounts, known.password);
  for (const { email, code } of accounts) {
    if (!code) continue;
    const from = { address: 'demonstration', device: null };
    const { session } = must(await app.get(SignInService).signIn({ email, password: known.password }, from));
    must(await app.get(OwnAccount).setCode(session, { code, password: known.password }));
    await app.get(SignInService).signOut(session);
  }
}

/** No rule of the demonstration begins before this day. */
const SINCE = '2026-01-01';

/** Each in its own published words, read as the screen reads them, with what they leave open answered. */
async function loadPermanences(
  app: INestApplicationContext,
  { permanences }: DemoFiles,
  loaded: LoadedSpace,
): Promise<void> {
  const { rooms, agents } = loaded;
  for (const { partner, motifs, with: invited, published, written, sites, lines, ...body } of permanences) {
    const viewer = partnerViewer(loaded, partner);
    const partnerId = named(loaded.partners, partner);
    const reading = must(
      await app.get(ReadPermanence).read(viewer, {
        words: written ?? published,
        partnerId,
        from: SINCE,
        sites: Object.entries(sites).map(([name, site]) => ({ name, siteId: named(loaded.sites, site) })),
      }),
    );
    const { id } = must(
      await app.get(WritePermanence).draft(viewer, null, {
        ...body,
        onHoliday: reading.onHoliday ?? body.onHoliday,
        schoolHolidays: reading.schoolHolidays,
        partnerId,
        motifIds: motifs.map((key) => named(loaded.motifs, key).id),
        invitedPartnerIds: invited.map((name) => named(loaded.partners, name)),
        rules: answered(
          reading,
          lines.map(({ room, workstation, agents: people, ...line }) => ({
            ...line,
            roomId: named(rooms, room).id,
            workstationId: workstation ? named(named(rooms, room).desks, workstation) : null,
            agentIds: people.map((name) => named(agents, name)),
          })),
        ),
      }),
    );
    must(await app.get(PublishPermanence).publish(viewer, id, 1));
  }
}
