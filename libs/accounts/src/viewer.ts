import type { Role } from '@app/contract';
import type { Context, Sight } from '@app/persistence';

/** Whoever is signed in: what services are told about the person who asks. */
export interface Viewer {
  /** Empty for someone without an account, who acts by a public page or a short link. */
  accountId: string;
  name: string;
  role: Role;
  /** The partner this person works for; an agent or a partner editor always has one. */
  partnerId: string | null;
  agentId: string | null;
  language: 'fr' | 'en';
  space: { id: string; name: string; slug: string; zone: string };
}

/** How far a role sees: an agent or a partner editor sees one partner, everyone else the desk's side. */
export function sightOf(role: Role): Sight {
  return role === 'agent' || role === 'partner-editor' ? 'partner' : 'desk';
}

/** What the database is told about a viewer at the start of each transaction. */
export function contextOf(viewer: Viewer): Context {
  return {
    spaceId: viewer.space.id,
    sight: sightOf(viewer.role),
    partnerId: viewer.partnerId,
    accountId: viewer.accountId || null,
  };
}
