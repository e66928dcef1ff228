import type { Agent, Directory, Motif, Partner, Room, Site } from '@app/contract';

/** The directory, with its things found by id. Retired things are kept: past dates still name them. */
export interface Names extends Directory {
  site(id: string | null): Site | undefined;
  room(id: string | null): Room | undefined;
  partner(id: string | null): Partner | undefined;
  agent(id: string | null): Agent | undefined;
  motif(id: string | null): Motif | undefined;
}

const byId = <Thing extends { id: string }>(things: Thing[]) => {
  const found = new Map(things.map((thing) => [thing.id, thing]));
  return (id: string | null) => (id === null ? undefined : found.get(id));
};

export function namesOf(directory: Directory): Names {
  return {
    ...directory,
    site: byId(directory.sites),
    room: byId(directory.rooms),
    partner: byId(directory.partners),
    agent: byId(directory.agents),
    motif: byId(directory.motifs),
  };
}
