import pg from 'pg';

// Roles belong to the whole server: two databases prepared at once take turns.
const LOCK = `select pg_advisory_lock(hashtext('palier serving role'))`;

/**
 * Makes the role the application serves with, when it does not exist: a plain login, member of palier_app, with the
 * password its address holds. One that exists keeps its password. Grants it what it needs either way.
 * @returns its name, and whether it was made now
 */
export async function ensureServingRole(owner: pg.Client, appUrl: string): Promise<{ role: string; made: boolean }> {
  const address = new URL(appUrl);
  const role = decodeURIComponent(address.username);
  if (!role) throw new Error('DATABASE_APP_URL names no role.');
  const name = pg.escapeIdentifier(role);
  await owner.query(LOCK);
  try {
    const { rows } = await owner.query<{ found: boolean; member: boolean; connects: boolean }>(
      `select r.oid is not null as found,
              coalesce(pg_has_role(r.oid, 'palier_app', 'usage'), false) as member,
              coalesce(has_database_privilege(r.oid, current_database(), 'connect'), false) as connects
       from (select 1) as always left join pg_roles r on r.rolname = $1`,
      [role],
    );
    const before = rows[0];
    if (!before?.found) {
      const password = pg.escapeLiteral(decodeURIComponent(address.password));
      await owner.query(
        `create role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole password ${password}`,
      );
    }
    if (!before?.member) await owner.query(`grant palier_app to ${name}`);
    if (!before?.connects) {
      const database = pg.escapeIdentifier(owner.database ?? '');
      await owner.query(`grant connect on database ${database} to ${name}`);
    }
    return { role, made: !before?.found };
  } finally {
    await owner.query(LOCK.replace('pg_advisory_lock', 'pg_advisory_unlock'));
  }
}
