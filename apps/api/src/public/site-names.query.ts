import { type Database, publicContext } from '@app/persistence';
import type { SiteNames } from './online-pages';

export async function siteNames(database: Database, spaceId: string): Promise<SiteNames> {
  const rows = await database.within(publicContext(spaceId), (tx) =>
    tx.query<{ id: string; name: string; phone: string | null }>(
      'select id, name, phone from site where space_id = $1 and retired_at is null limit 200',
      [spaceId],
    ),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
