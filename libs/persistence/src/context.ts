/** What a transaction may see: 'system' the worker, 'desk' reception and managers, 'partner' one partner's people, 'public' the page. */
export type Sight = 'system' | 'desk' | 'partner' | 'public';

/** Who is asking. Told to the database at the start of every transaction; its policies compare rows with it. */
export interface Context {
  spaceId: string;
  sight: Sight;
  /** The viewer's own partner: adds its confidential rows to what `sight` already shows. */
  partnerId: string | null;
  accountId: string | null;
}

export function systemContext(spaceId: string): Context {
  return { spaceId, sight: 'system', partnerId: null, accountId: null };
}

export function publicContext(spaceId: string): Context {
  return { spaceId, sight: 'public', partnerId: null, accountId: null };
}
