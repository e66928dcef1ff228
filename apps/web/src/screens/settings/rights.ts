import type { Partner } from '@app/contract';
import { useNames } from '../../api/queries';
import { useMe } from '../../api/session';

export interface Rights {
  /** Sets the place: sites, rooms, every partner. */
  setsPlace: boolean;
  /** Writes for this partner. */
  writesFor(partnerId: string): boolean;
  /** Partners the viewer writes for, in use. */
  partners: Partner[];
}

export function useRights(): Rights {
  const { account } = useMe();
  const { partners } = useNames();
  const setsPlace = account.role === 'manager' || account.role === 'administrator';
  const writesFor = (partnerId: string) =>
    setsPlace || (account.role === 'partner-editor' && account.partnerId === partnerId);
  return { setsPlace, writesFor, partners: partners.filter(({ id, retired }) => !retired && writesFor(id)) };
}
