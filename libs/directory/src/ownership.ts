import { sightOf, type Viewer } from '@app/accounts';

/** A partner's own people write for that partner alone; the desk's side writes for everyone. */
export function mayWriteFor(viewer: Viewer, partnerId: string): boolean {
  return sightOf(viewer.role) !== 'partner' || viewer.partnerId === partnerId;
}
