import { type Instant, instantToIso } from '@app/time';

/** How an instant is kept in a `timestamptz` and read back as epoch milliseconds. */
export const instantColumn = {
  // TypeORM also passes the operand of IS NULL through here: there is none.
  to: (at?: Instant | null): string | null => (at == null ? null : instantToIso(at)),
  from: (at: Instant | null): Instant | null => at,
};
