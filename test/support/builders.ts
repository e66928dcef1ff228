import { randomUUID } from 'node:crypto';
import { insertAccount, passwordHash, type Viewer } from '@app/accounts';
import { AgentBody, MotifBody, PartnerBody, type Role, RoomBody, SiteBody, UsagerBody } from '@app/contract';
import { Agents, Directory, Motifs, Partners, Rooms, Sites, Usagers } from '@app/directory';
import { type Outcome, systemContext } from '@app/persistence';
import { HOME_ZONE, instantToIso } from '@app/time';
import type { z } from 'zod';
import type { TestServices } from './services';

type Given<Schema extends z.ZodType> = Partial<z.input<Schema>>;

export interface SpaceWanted {
  name?: string;
  zone?: string;
  sites?: (Given<typeof SiteBody> & { name: string; rooms?: RoomWanted[] })[];
  partners?: (Given<typeof PartnerBody> & { name: string; agents?: string[]; motifs?: MotifWanted[] })[];
}
type RoomWanted = Omit<Given<typeof RoomBody>, 'siteId' | 'residentPartnerId'> & { name: string; resident?: string };
type MotifWanted = Omit<Given<typeof MotifBody>, 'partnerId'> & { label: string };

const OPEN = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:30', closes: '17:30' }));

/** What a space has when nothing else is said: two sites, an office for two, and three partners, one of them confidential. */
const RUE_DU_BEARN: Required<Pick<SpaceWanted, 'sites' | 'partners'>> = {
  sites: [
    {
      name: 'Rue du Béarn',
      rooms: [
        { name: 'Bureau 1', capacity: 3 },
        { name: 'Bureau 2', capacity: 4 },
        { name: 'Bureau partagé', capacity: 3, workstations: ['Poste A', 'Poste B'] },
        { name: 'Grande salle', capacity: 20 },
      ],
    },
    { name: 'Maison pour tous', rooms: [{ name: 'Salle bleue', capacity: 6 }] },
  ],
  partners: [
    { name: 'Clic6', agents: ['Nadia Roche'], motifs: [{ label: 'Perte d’autonomie', durationMinutes: 45 }] },
    { name: 'Petite enfance', agents: ['Line Morel'], motifs: [{ label: 'Mode de garde' }] },
    { name: 'Parquet', agents: ['Paul Vasseur'], motifs: [{ label: 'Plainte', booked: 'walk-in' }] },
    { name: 'Personnel communal', confidential: true, agents: ['Anne Petit'], motifs: [{ label: 'Entretien' }] },
  ],
};

/** A space of its own, made through the services by its administrator. Things are found again by their names. */
export async function aSpace(services: TestServices, wanted: SpaceWanted = {}): Promise<TestSpace> {
  const { name = 'Espace commun', zone = HOME_ZONE } = wanted;
  const id = randomUUID();
  const slug = `espace-${id.slice(0, 8)}`;
  await services.database.within(systemContext(id), (tx) =>
    tx.query('insert into space (id, slug, name, zone, created_at) values ($1, $2, $3, $4, $5)', [
      id,
      slug,
      name,
      zone,
      instantToIso(tx.now),
    ]),
  );
  const space = new TestSpace(services, { id, slug, name, zone });
  for (const partner of wanted.partners ?? RUE_DU_BEARN.partners) await space.addPartner(partner);
  for (const site of wanted.sites ?? RUE_DU_BEARN.sites) await space.addSite(site);
  return space;
}

export class TestSpace {
  private readonly ids = new Map<string, string>();
  private readonly viewers = new Map<string, Viewer>();

  constructor(
    readonly services: TestServices,
    readonly space: Viewer['space'],
  ) {}

  /** The id of what bears this name; a desk is named with its room: 'Bureau partagé/Poste A'. */
  id(name: string): string {
    const id = this.ids.get(name);
    if (!id) throw new Error(`Nothing here is named ${name}.`);
    return id;
  }

  /** Someone with an account: `as('desk')`, `as('partner-editor', 'Clic6')`; the same person each time. */
  async as(role: Role, partner: string | null = null): Promise<Viewer> {
    const key = `${role} ${partner}`;
    const known = this.viewers.get(key);
    if (known) return known;
    const viewer = await this.addAccount({ role, partner });
    this.viewers.set(key, viewer);
    return viewer;
  }

  /** An account; with a password when someone must sign in with it. */
  async addAccount(wanted: {
    role: Role;
    partner?: string | null;
    agent?: string | null;
    name?: string;
    email?: string;
    password?: string;
    language?: 'fr' | 'en';
  }): Promise<Viewer> {
    const { role, partner = null, agent = null, language = 'fr', password } = wanted;
    const name = wanted.name ?? [role, partner].filter(Boolean).join(' ');
    const email = wanted.email ?? `${randomUUID().slice(0, 8)}@palier.test`;
    const partnerId = partner && this.id(partner);
    const agentId = agent && this.id(agent);
    const hash = password ? await passwordHash(password) : null;
    const accountId = await this.services.database.within(systemContext(this.space.id), (tx) =>
      insertAccount(tx, { name, email, role, partnerId, agentId, language }, hash),
    );
    return { accountId, name, role, partnerId, agentId, language, space: this.space };
  }

  async addSite({ rooms = [], ...site }: NonNullable<SpaceWanted['sites']>[number]): Promise<string> {
    const body = SiteBody.parse({ openings: OPEN, ...site });
    const id = await this.made(body.name, this.services.get(Sites).create(await this.as('administrator'), body));
    for (const room of rooms) await this.addRoom(site.name, room);
    return id;
  }

  async addRoom(site: string, { resident, ...room }: RoomWanted): Promise<string> {
    const administrator = await this.as('administrator');
    const body = RoomBody.parse({
      siteId: this.id(site),
      capacity: 3,
      residentPartnerId: resident ? this.id(resident) : null,
      ...room,
    });
    const id = await this.made(body.name, this.services.get(Rooms).create(administrator, body));
    const { rooms } = await this.services.get(Directory).read(administrator);
    for (const desk of rooms.find((one) => one.id === id)?.workstations ?? [])
      this.ids.set(`${room.name}/${desk.label}`, desk.id);
    return id;
  }

  async addPartner({
    agents = [],
    motifs = [],
    ...partner
  }: NonNullable<SpaceWanted['partners']>[number]): Promise<string> {
    const administrator = await this.as('administrator');
    const body = PartnerBody.parse({
      shortName: partner.name.slice(0, 30),
      mark: partner.name.slice(0, 2).toUpperCase(),
      hue: 210,
      ...partner,
    });
    const partnerId = await this.made(body.name, this.services.get(Partners).create(administrator, body));
    for (const name of agents) {
      await this.made(name, this.services.get(Agents).create(administrator, AgentBody.parse({ partnerId, name })));
    }
    for (const motif of motifs) {
      const asked = MotifBody.parse({ partnerId, discreetLabel: 'Rendez-vous', durationMinutes: 30, ...motif });
      await this.made(motif.label, this.services.get(Motifs).create(administrator, asked));
    }
    return partnerId;
  }

  /** A person met by the desk, or by whom is said. */
  async addUsager(usager: Given<typeof UsagerBody> & { lastName: string }, metBy?: Viewer): Promise<string> {
    const viewer = metBy ?? (await this.as('desk'));
    return granted(await this.services.get(Usagers).create(viewer, UsagerBody.parse(usager))).id;
  }

  private async made(name: string, creating: Promise<Outcome<{ id: string }>>): Promise<string> {
    const { id } = granted(await creating);
    this.ids.set(name, id);
    return id;
  }
}

/** The value of an outcome that a test counts on. @throws with the refusal */
export function granted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome)}`);
  return outcome.value;
}
