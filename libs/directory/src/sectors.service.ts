import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import { looksLikeNir, type Sector, type SectorBody, type SectorStreets } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { unlessNameTaken } from './name-taken';
import {
  type LineError,
  parseAddress,
  parseSectorLines,
  sayLine,
  sectorAt,
  type SectorLine,
  type Side,
} from './sector-lines';
import { sayLineErrors } from './wording';

/** Which social workers a street belongs to. */
@Injectable()
export class Sectors {
  constructor(private readonly database: Database) {}

  list(viewer: Viewer): Promise<Sector[]> {
    return this.database.within(contextOf(viewer), (tx) => readSectors(tx));
  }

  /** The sector of an address, which is read and forgotten; null when none is found. */
  find(viewer: Viewer, address: string): Promise<Sector | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const communes = await tx.query<{ key: string }>(
        'select distinct commune_key as key from sector_street where space_id = $1',
        [tx.context.spaceId],
      );
      const { communeKey, streetKey, number } = parseAddress(
        address,
        communes.map(({ key }) => key),
      );
      const lines = await tx.query<{ sectorId: string; side: Side; first: number; last: number }>(
        `select sector_id as "sectorId", side, first_number as first, last_number as last from sector_street
         where space_id = $1 and street_key = $2 and ($3::text is null or commune_key = $3)`,
        [tx.context.spaceId, streetKey, communeKey],
      );
      const id = sectorAt(lines, number);
      const [sector] = id ? await readSectors(tx, id) : [];
      return sector ?? null;
    });
  }

  create(viewer: Viewer, body: SectorBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return unlessNameTaken(viewer, 'sector', () =>
      this.database.once(contextOf(viewer), once, async (tx) => {
        const id = await addSector(tx, body.name);
        await setAgents(tx, id, body.agentIds);
        await tx.record({ kind: 'sector.changed', subjectId: id });
        return done({ id });
      }),
    );
  }

  update(viewer: Viewer, id: string, { name, agentIds }: SectorBody): Promise<Outcome<Sector>> {
    return unlessNameTaken(viewer, 'sector', () =>
      this.database.command(contextOf(viewer), async (tx) => {
        const renamed = await tx.query<{ id: string }>(
          'update sector set name = $3 where space_id = $1 and id = $2 returning id',
          [tx.context.spaceId, id, name],
        );
        if (!renamed.length) return refuse('not-found');
        await setAgents(tx, id, agentIds);
        await tx.record({ kind: 'sector.changed', subjectId: id });
        const [sector] = await readSectors(tx, id);
        return sector ? done(sector) : refuse('not-found');
      }),
    );
  }

  /** With its streets; whoever lived there is of no sector any more. */
  remove(viewer: Viewer, id: string): Promise<Outcome<null>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const gone = await tx.query('delete from sector where space_id = $1 and id = $2 returning id', [
        tx.context.spaceId,
        id,
      ]);
      if (!gone.length) return refuse('not-found');
      await tx.record({ kind: 'sector.changed', subjectId: id });
      return done(null);
    });
  }

  /** The whole list as it is written, a line a stretch of street. */
  streets(viewer: Viewer): Promise<SectorStreets> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const lines = await tx.query<Omit<SectorLine, 'line' | 'communeKey' | 'streetKey'>>(
        `select st.commune, st.street, st.side, st.first_number as first, st.last_number as last, s.name as sector
         from sector_street st join sector s on s.space_id = st.space_id and s.id = st.sector_id
         where st.space_id = $1 order by st.position`,
        [tx.context.spaceId],
      );
      return { commune: '', lines: lines.map(sayLine).join('\n') };
    });
  }

  /** Puts this list in place of the one there is; a sector it names for the first time is made. */
  setStreets(viewer: Viewer, { commune, lines: text }: SectorStreets): Promise<Outcome<Sector[]>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const { lines, errors } = parseSectorLines(text, commune);
      const wrong: LineError[] = [
        ...errors,
        ...lines.filter(({ sector }) => looksLikeNir(sector)).map(({ line }) => ({ line, why: 'nir' as const })),
      ];
      if (wrong.length)
        return refuse('invalid', { errors: [{ at: 'lines', message: sayLineErrors(wrong, viewer.language) }] });
      const { spaceId } = tx.context;
      const ids = new Map((await readSectors(tx)).map(({ id, name }) => [name.toLowerCase(), id]));
      for (const { sector } of lines)
        if (!ids.has(sector.toLowerCase())) ids.set(sector.toLowerCase(), await addSector(tx, sector));
      await tx.query('delete from sector_street where space_id = $1', [spaceId]);
      await tx.query(
        `insert into sector_street (space_id, sector_id, commune, street, commune_key, street_key, side, first_number, last_number, position)
         select $1, l.sector_id, l.commune, l.street, l.commune_key, l.street_key, l.side, l.first, l.last, l.line
         from jsonb_to_recordset($2) as l(sector_id uuid, commune text, street text, commune_key text, street_key text,
           side text, first int, last int, line int)`,
        [
          spaceId,
          JSON.stringify(
            lines.map(({ sector, communeKey, streetKey, ...line }) => ({
              ...line,
              commune_key: communeKey,
              street_key: streetKey,
              sector_id: ids.get(sector.toLowerCase()),
            })),
          ),
        ],
      );
      await tx.record({ kind: 'sector.changed' });
      return done(await readSectors(tx));
    });
  }
}

async function readSectors(tx: Transaction, id?: string): Promise<Sector[]> {
  return tx.query<Sector>(
    `select s.id, s.name,
       array(select sa.agent_id from sector_agent sa
             join agent a on a.space_id = sa.space_id and a.id = sa.agent_id and a.retired_at is null
             where sa.space_id = s.space_id and sa.sector_id = s.id order by a.name, a.id) as "agentIds",
       (select count(*)::int from sector_street st where st.space_id = s.space_id and st.sector_id = s.id) as streets
     from sector s where s.space_id = $1 and ($2::uuid is null or s.id = $2) order by lower(s.name), s.id`,
    [tx.context.spaceId, id ?? null],
  );
}

async function addSector(tx: Transaction, name: string): Promise<string> {
  const id = randomUUID();
  await tx.query('insert into sector (space_id, id, name) values ($1, $2, $3)', [tx.context.spaceId, id, name]);
  return id;
}

async function setAgents(tx: Transaction, id: string, agentIds: readonly string[]): Promise<void> {
  const { spaceId } = tx.context;
  await tx.query('delete from sector_agent where space_id = $1 and sector_id = $2', [spaceId, id]);
  await tx.query(
    'insert into sector_agent (space_id, sector_id, agent_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing',
    [spaceId, id, agentIds],
  );
}
