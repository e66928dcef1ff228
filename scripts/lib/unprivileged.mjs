import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.mjs';

export const isRoot = () => process.getuid?.() === 0;

/**
 * Under whom PostgreSQL runs: it refuses root. `{}` is ourselves; as root, the owner of the existing cluster when it
 * has one, else `postgres` or `nobody` (initdb wants a user that /etc/passwd knows).
 */
export function serverUser(clusterFolder) {
  if (!isRoot()) return {};
  const owner = fs.statSync(clusterFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const passwd = fs.readFileSync('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const line = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd);
    if (line) return { uid: Number(line[1]), gid: Number(line[2]) };
  }
  throw new Refusal(
    'PostgreSQL ne tourne pas sous root, et cette machine n’a ni utilisateur « postgres » ni « nobody ».',
    'PostgreSQL does not run as root, and this machine has neither a "postgres" nor a "nobody" user.',
  );
}

/** Whether that user can pass through every folder on the way to `target` (and run it, when it is a program). */
export function canReach(user, target) {
  if (user.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', target], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

export function giveTo(user, target) {
  if (user.uid !== undefined) fs.chownSync(target, user.uid, user.gid);
}

/**
 * A folder of our own that every user of the machine may pass through: where root keeps what the server must reach when
 * the project lies under a home others cannot enter.
 */
export function commonFolder() {
  for (const candidate of ['/var/lib/palier', '/var/tmp/palier-root']) {
    try {
      fs.mkdirSync(candidate, { recursive: true, mode: 0o755 });
      const stat = fs.lstatSync(candidate);
      // In a folder anyone may write, someone could have put that name there before us.
      if (!stat.isDirectory() || stat.uid !== 0) continue;
      fs.chmodSync(candidate, 0o755);
      fs.accessSync(candidate, fs.constants.W_OK);
      return candidate;
    } catch {}
  }
  throw new Refusal(
    'Le projet est sous un dossier où PostgreSQL ne peut pas entrer, et ni /var/lib ni /var/tmp ne s’écrivent.',
    'The project lies under a folder PostgreSQL cannot enter, and neither /var/lib nor /var/tmp can be written.',
  );
}

/** A fresh temporary folder that `user` can reach. The caller removes it. */
export function temporaryFolder(user, prefix, roots) {
  for (const root of roots) {
    try {
      const folder = fs.realpathSync(fs.mkdtempSync(path.join(root, prefix)));
      fs.chmodSync(folder, user.uid === undefined ? 0o700 : 0o711);
      if (canReach(user, folder)) return folder;
      fs.rmSync(folder, { recursive: true });
    } catch {}
  }
  throw new Refusal(
    `Aucun dossier temporaire utilisable parmi ${roots.join(', ')}.`,
    `No usable temporary folder among ${roots.join(', ')}.`,
  );
}
