import type { Viewer } from '@app/accounts';
import type { CalendarFeed } from '@app/contract';

/** Whose calendar it is, with what decides who may hand it out. */
export interface Owner {
  kind: CalendarFeed['kind'];
  /** The partner, or the agent's partner. */
  partnerId: string | null;
  agentId: string | null;
  /** Whether that partner hides what it does from the others. */
  confidential: boolean;
}

/** Whether this person may make, renew and revoke a link to this calendar: one's own, one's partner's, or the place's. */
export function mayHandOut(viewer: Pick<Viewer, 'role' | 'partnerId' | 'agentId'>, owner: Owner): boolean {
  if (owner.kind === 'agent' && owner.agentId === viewer.agentId) return true;
  const own = owner.partnerId !== null && owner.partnerId === viewer.partnerId;
  switch (viewer.role) {
    case 'manager':
    case 'administrator':
      return own || !owner.confidential;
    case 'partner-editor':
      return own;
    case 'agent':
    case 'desk':
      return false;
  }
}
