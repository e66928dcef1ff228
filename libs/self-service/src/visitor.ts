import type { Viewer } from '@app/accounts';
import type { Language } from '@app/time';

export type PublicSpace = Viewer['space'];

const NOBODY = { accountId: '', name: '', agentId: null };

/** Someone who books on the public page: she reaches what the desk would give her there, under nobody's account. */
export function visitorOf(space: PublicSpace, language: Language): Viewer {
  return { ...NOBODY, role: 'desk', partnerId: null, language, space };
}

/** Someone who holds the link of an appointment: nothing beyond the service that receives her. */
export function holderOf(space: PublicSpace, language: Language, partnerId: string): Viewer {
  return { ...NOBODY, role: 'agent', partnerId, language, space };
}
