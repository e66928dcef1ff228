import { sightOf, type Viewer } from '@app/accounts';
import type { Agent, Directory, Motif, Partner, Room, Site } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { AgentEntity } from './agent.entity';
import { MotifEntity } from './motif.entity';
import { PartnerEntity } from './partner.entity';
import { RoomEntity, RoomResidentEntity, WorkstationEntity } from './room.entity';
import { SiteEntity, SiteOpeningEntity } from './site.entity';

/** Everything of the space that has a name, retired things too (the past names them), in its order. */
export async function readDirectory(tx: Transaction, viewer: Viewer): Promise<Directory> {
  const partners = await readPartners(tx);
  const motifs = await readMotifs(tx);
  const hush = new Set(partners.filter((partner) => partner.confidential).map((partner) => partner.id));
  return {
    sites: await readSites(tx),
    rooms: await readRooms(tx),
    partners,
    agents: await readAgents(tx),
    // What people come for at a confidential service is told to that service, and to those who set it up.
    motifs: motifs.filter(
      (motif) =>
        setsUp(viewer) || motif.partnerId === viewer.partnerId || !(motif.confidential || hush.has(motif.partnerId)),
    ),
  };
}

const setsUp = ({ role }: Viewer) => sightOf(role) === 'desk' && role !== 'desk';

const inOrder = { position: 'ASC', name: 'ASC' } as const;

export async function readSites(tx: Transaction, id?: string): Promise<Site[]> {
  const { spaceId } = tx.context;
  const sites = await tx.manager.find(SiteEntity, { where: { spaceId, ...(id && { id }) }, order: inOrder });
  const openings = await tx.manager.find(SiteOpeningEntity, {
    where: { spaceId, ...(id && { siteId: id }) },
    order: { weekday: 'ASC', opens: 'ASC' },
  });
  return sites.map((site) => ({
    id: site.id,
    name: site.name,
    address: site.address,
    phone: site.phone,
    openings: openings
      .filter((one) => one.siteId === site.id)
      .map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
    retired: site.retiredAt !== null,
  }));
}

export async function readRooms(tx: Transaction, id?: string): Promise<Room[]> {
  const { spaceId } = tx.context;
  const rooms = await tx.manager.find(RoomEntity, { where: { spaceId, ...(id && { id }) }, order: inOrder });
  const desks = await tx.manager.find(WorkstationEntity, {
    where: { spaceId, ...(id && { roomId: id }) },
    order: { position: 'ASC', label: 'ASC' },
  });
  const residents = await tx.manager.find(RoomResidentEntity, {
    where: { spaceId, ...(id && { roomId: id }) },
    order: { agentId: 'ASC' },
  });
  return rooms.map((room) => ({
    id: room.id,
    siteId: room.siteId,
    name: room.name,
    floor: room.floor,
    capacity: room.capacity,
    accessible: room.accessible,
    equipment: room.equipment,
    residentPartnerId: room.residentPartnerId,
    residentAgentIds: residents.flatMap(({ roomId, agentId }) => (roomId === room.id ? agentId : [])),
    workstations: desks
      .filter((desk) => desk.roomId === room.id && desk.retiredAt === null)
      .map((desk) => ({ id: desk.id, label: desk.label })),
    retired: room.retiredAt !== null,
  }));
}

export async function readPartners(tx: Transaction, id?: string): Promise<Partner[]> {
  const partners = await tx.manager.find(PartnerEntity, {
    where: { spaceId: tx.context.spaceId, ...(id && { id }) },
    order: inOrder,
  });
  return partners.map(({ spaceId: _, position: __, retiredAt, ...partner }) => ({
    ...partner,
    retired: retiredAt !== null,
  }));
}

export async function readAgents(tx: Transaction, id?: string): Promise<Agent[]> {
  const agents = await tx.manager.find(AgentEntity, {
    where: { spaceId: tx.context.spaceId, ...(id && { id }) },
    order: inOrder,
  });
  return agents.map(({ spaceId: _, position: __, retiredAt, ...agent }) => ({ ...agent, retired: retiredAt !== null }));
}

export async function readMotifs(tx: Transaction, id?: string): Promise<Motif[]> {
  const motifs = await tx.manager.find(MotifEntity, {
    where: { spaceId: tx.context.spaceId, ...(id && { id }) },
    order: { position: 'ASC', label: 'ASC' },
  });
  return motifs.map(({ spaceId: _, position: __, retiredAt, ...motif }) => ({ ...motif, retired: retiredAt !== null }));
}
