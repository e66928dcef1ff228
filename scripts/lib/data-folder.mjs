import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.mjs';
import { canReach, commonFolder, giveTo, isRoot } from './unprivileged.mjs';

const MARKER = 'palier.json';
const FORMAT = 1;

/**
 * Opens the folder that holds everything one installation keeps, creating it when missing.
 * Returns its real path. @throws Refusal when it holds something else, or cannot be written
 */
export function openDataFolder(wanted) {
  const folder = path.resolve(wanted);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  const marker = path.join(folder, MARKER);
  const content = names(folder);
  // A start killed between its first two writes leaves a lock file and nothing else.
  if (!content.includes(MARKER) && content.some((name) => !name.startsWith('palier.lock'))) {
    throw new Refusal(
      `Le dossier ${folder} contient autre chose que des données de Palier : choisissez-en un autre (PALIER_DATA).`,
      `The folder ${folder} holds something else than Palier's data: choose another one (PALIER_DATA).`,
    );
  }
  try {
    if (content.includes(MARKER)) {
      checkFormat(folder, fs.readFileSync(marker, 'utf8'));
      fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    } else {
      writeWhole(marker, JSON.stringify({ product: 'palier', format: FORMAT }), 0o644);
    }
    // Under root the server runs as another user, who must pass through; the files themselves stay closed.
    if (isRoot()) fs.chmodSync(folder, 0o711);
  } catch (error) {
    throw error instanceof Refusal ? error : cannotWrite(folder, error);
  }
  return fs.realpathSync(folder);
}

/**
 * Where the cluster of this data folder lies: inside it, or in a folder of its own when the server's user cannot enter
 * (a project under root's closed home). A copied data folder never shares the cluster of the one it was copied from.
 */
export function clusterHome(dataFolder, user) {
  if (canReach(user, dataFolder)) return dataFolder;
  const pointer = path.join(dataFolder, 'elsewhere.json');
  const known = readJson(pointer)?.folder;
  if (known && fs.existsSync(known) && belongsTo(known, dataFolder, pointer)) return known;
  const folder = path.join(commonFolder(), `data-${crypto.randomBytes(6).toString('hex')}`);
  fs.mkdirSync(folder, { mode: 0o711 });
  writeWhole(path.join(folder, 'belongs-to.json'), JSON.stringify({ dataFolder }), 0o644);
  writeWhole(pointer, JSON.stringify({ folder }), 0o644);
  return folder;
}

/** The passwords of this data folder, made once by `make`: name → password. Kept where only we can read. */
export function secrets(dataFolder, names, make = unreadable) {
  const file = path.join(dataFolder, 'secrets.json');
  const known = readJson(file) ?? {};
  const missing = names.filter((name) => !known[name]);
  if (missing.length > 0) {
    for (const name of missing) known[name] = make();
    writeWhole(file, JSON.stringify(known, null, 2), 0o600);
  }
  return known;
}

const unreadable = () => crypto.randomBytes(24).toString('base64url');

/** A password that people copy from a screen: `kmf2-8xqz-…`, 80 bits, without letters that look alike. */
export function readablePassword() {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const groups = Array.from({ length: 4 }, () =>
    Array.from(crypto.randomBytes(4), (byte) => letters[byte % letters.length]).join(''),
  );
  return groups.join('-');
}

/**
 * Writes under another name, then moves: the file is never seen half written. What root writes into the folder of an
 * ordinary user stays that user's.
 */
export function writeWhole(file, content, mode) {
  const draft = `${file}.${process.pid}.draft`;
  fs.writeFileSync(draft, content, { mode });
  if (isRoot()) giveTo(fs.statSync(path.dirname(file)), draft);
  fs.renameSync(draft, file);
}

export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function belongsTo(known, dataFolder, pointer) {
  const owner = readJson(path.join(known, 'belongs-to.json'))?.dataFolder;
  if (owner === dataFolder) return true;
  // The former owner is still there and still points to it: we are a copy. Otherwise the folder was moved.
  if (readJson(path.join(owner ?? '', path.basename(pointer)))?.folder === known) return false;
  writeWhole(path.join(known, 'belongs-to.json'), JSON.stringify({ dataFolder }), 0o644);
  return true;
}

function checkFormat(folder, text) {
  let marker = {};
  try {
    marker = JSON.parse(text);
  } catch {}
  if (marker.product === 'palier' && marker.format === FORMAT) return;
  throw new Refusal(
    `Le dossier ${folder} vient d’une autre version de Palier ou d’un autre produit : choisissez-en un autre (PALIER_DATA).`,
    `The folder ${folder} comes from another version of Palier or another product: choose another one (PALIER_DATA).`,
  );
}

function names(folder) {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function cannotWrite(folder, error) {
  return error.code === 'ENOTDIR' || error.code === 'EEXIST'
    ? new Refusal(`${folder} n’est pas un dossier (PALIER_DATA).`, `${folder} is not a folder (PALIER_DATA).`)
    : new Refusal(
        `Le dossier de données ${folder} ne peut pas être écrit par cet utilisateur (${error.code ?? error.message}) : changez ses droits ou choisissez-en un autre (PALIER_DATA).`,
        `The data folder ${folder} cannot be written by this user (${error.code ?? error.message}): change its rights or choose another one (PALIER_DATA).`,
      );
}
