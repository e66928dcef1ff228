import { DataSource, type DataSourceOptions } from 'typeorm';
import { palierTypes } from './pg-types';

/** Options of the application's connection. `url` names a role that cannot bypass row-level security. */
export function dataSourceOptions(url: string, options: { poolSize?: number; name?: string } = {}): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: options.name ?? 'palier',
    poolSize: options.poolSize ?? 16,
    // The schema is hand-written SQL; TypeORM only carries statements and rows.
    synchronize: false,
    migrationsRun: false,
    entities: [],
    // Statements leave as they are asked, answers come in order: a transaction takes fewer round trips.
    extra: { types: palierTypes, options: '-c timezone=UTC', pipeline: true },
  };
}

/** @throws when the role could read past row-level security: the product refuses to serve with it. */
export async function refuseRoleAboveTheLaw(source: DataSource): Promise<void> {
  const [role] = await source.query<{ name: string; above: boolean }[]>(
    `select current_user as name, r.rolsuper or r.rolbypassrls or exists (
       select from pg_class c where c.relname = 'claim' and c.relnamespace = 'public'::regnamespace
         and pg_has_role(current_user, c.relowner, 'usage')) as above
     from pg_roles r where r.rolname = current_user`,
  );
  if (role?.above) {
    throw new Error(
      `DATABASE_APP_URL: the role "${role.name}" owns the tables or bypasses row-level security; use a plain member of palier_app.`,
    );
  }
}

export async function openDataSource(
  url: string,
  options: { poolSize?: number; name?: string } = {},
): Promise<DataSource> {
  const source = new DataSource(dataSourceOptions(url, options));
  await source.initialize();
  return source;
}
