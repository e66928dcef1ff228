import { contextOf, type Viewer } from '@app/accounts';
import type { HistoryLine } from '@app/contract';
import { Database, type Transaction } from '@app/persistence';
import { type Instant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type Kept, type Names, tell } from './history';
import { readPermanences, readPlace } from './permanence.query';

/** Boards' own news, and the night's, are no one's doing. */
const SAID = [
  'permanence.drafted',
  'permanence.published',
  'permanence.changed',
  'permanence.stopped',
  'permanence.date-changed',
  'permanence.turns-swapped',
  'permanence.proposed',
  'permanence.approved',
  'permanence.refused',
  'permanence.withdrawn',
  'conflict.settled',
];
const MOST = 100;

/** Who changed what of a permanence, and when. */
@Injectable()
export class PermanenceHistory {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The latest first, a hundred at most; empty for those who see only its dates. Null when the viewer may not see it. */
  async of(viewer: Viewer, id: string): Promise<HistoryLine[] | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [permanence] = await readPermanences(tx, { id });
      if (!permanence) return null;
      const rows = await tx.query<Kept & { at: Instant; by: string | null }>(
        `select e.kind, e.at, e.day, e.detail, a.name as by
         from event e left join account a on a.space_id = e.space_id and a.id = e.account_id
         where e.space_id = $1 and e.subject_id = $2 and e.kind = any ($3)
         order by e.at desc, e.id desc limit $4`,
        [tx.context.spaceId, id, SAID, MOST],
      );
      const names = await namesFor(tx, [permanence.partnerId, ...permanence.invitedPartnerIds]);
      return rows.map((row) => ({
        at: toLocal(row.at, viewer.space.zone),
        by: row.by,
        ...tell(row, names, viewer.language),
      }));
    });
  }
}

/** The names of these partners' agents and motifs, and of all places, as of today: what was renamed since is found under its new name. */
export async function namesFor(tx: Transaction, partnerIds: readonly string[]): Promise<Names> {
  const { sites, rooms, workstations } = await readPlace(tx);
  const rows = await tx.query<{ id: string; name: string; kind: 'agents' | 'motifs' | 'partners' }>(
    `select id, name, 'agents' as kind from agent where space_id = $1 and partner_id = any ($2::uuid[])
     union all select id, label, 'motifs' from motif where space_id = $1 and partner_id = any ($2::uuid[])
     union all select id, short_name, 'partners' from partner where space_id = $1`,
    [tx.context.spaceId, partnerIds],
  );
  const named = (wanted: (typeof rows)[number]['kind']) =>
    new Map(rows.filter(({ kind }) => kind === wanted).map(({ id, name }) => [id, name]));
  return {
    agents: named('agents'),
    motifs: named('motifs'),
    partners: named('partners'),
    places: new Map([
      ...[...sites, ...rooms].map(([id, { name }]): [string, string] => [id, name]),
      ...[...workstations].map(([id, { label }]): [string, string] => [id, label]),
    ]),
  };
}
