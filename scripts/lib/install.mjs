import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from './data-folder.mjs';
import { PROJECT } from './project.mjs';
import { Refusal } from './refusal.mjs';

/**
 * Installs the dependencies when they are missing or differ from package-lock.json.
 * @throws Refusal when they cannot be downloaded
 */
export function ensureDependencies(project = PROJECT) {
  if (dependenciesAreThere(project)) return;
  console.log('· Installation des dépendances… (installing dependencies)');
  // Offline, npm would try each package for minutes: ask once, then do with what its cache holds.
  const unreachable = whyUnreachable();
  const run = npm(project, [
    ...['install', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    ...(unreachable ? ['--offline'] : ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']),
  ]);
  if (run.signal) throw new Refusal('L’installation a été interrompue.', 'The installation was interrupted.');
  if (run.status !== 0) throw whyNotInstalled(unreachable ?? codeIn(run));
  if (!dependenciesAreThere(project)) {
    throw new Refusal(
      'npm a terminé sans installer toutes les dépendances : supprimez le dossier node_modules et recommencez.',
      'npm ended without installing every dependency: remove the node_modules folder and try again.',
    );
  }
}

/** Whether what npm installed is what package.json and package-lock.json ask for, on this machine. */
function dependenciesAreThere(project = PROJECT) {
  const wanted = readJson(path.join(project, 'package-lock.json'))?.packages;
  const manifest = readJson(path.join(project, 'package.json'));
  const installed = readJson(path.join(project, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !manifest || !installed) return false;
  const asked = ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    (kind) => JSON.stringify(sorted(manifest[kind])) === JSON.stringify(sorted(wanted['']?.[kind])),
  );
  return (
    asked &&
    Object.entries(wanted).every(([place, { version, optional, os }]) => {
      // Packages for other machines are optional; so is whatever npm could do without.
      if (place === '' || os) return true;
      const here = installed[place]?.version === version && fs.existsSync(path.join(project, place, 'package.json'));
      return here || (optional && !installed[place]);
    })
  );
}

/** npm itself: the one that runs us, else the one beside Node. */
function npmCommand() {
  const running = process.env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(running) && fs.existsSync(running)) return [process.execPath, running];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

const sorted = (object = {}) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

/** The code of a registry that does not answer at all, or `null`; one that answers anything may have the packages. */
function whyUnreachable() {
  const ping = npm(PROJECT, ['ping', '--fetch-retries=0', '--fetch-timeout=15000']);
  return ping.status !== 0 && UNREACHABLE.test(codeIn(ping)) ? codeIn(ping) : null;
}

function npm(project, words) {
  const [command, ...first] = npmCommand();
  return spawnSync(command, [...first, ...words], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

function codeIn({ error, stderr }) {
  if (error) return error.code ?? error.message;
  return /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1] ?? stderr.trim().split('\n').at(-1);
}

const UNREACHABLE =
  /^(E?AI_AGAIN|EAI_\w+|ENOTFOUND|ECONN\w+|ETIMEDOUT|ERR_SOCKET\w*|.*CERT.*|ENETUNREACH|EHOSTUNREACH|UND_ERR\w+)$/;
const REFUSED = /^(E\d{3}|EINTEGRITY|ENOTCACHED)$/;

function whyNotInstalled(code) {
  if (code === 'ENOSPC') {
    return new Refusal('Le disque est plein : npm n’a pas pu installer.', 'The disk is full: npm could not install.');
  }
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) {
    return new Refusal(
      `Le dossier du projet ne peut pas être écrit par cet utilisateur (${code}).`,
      `The project's folder cannot be written by this user (${code}).`,
    );
  }
  if (UNREACHABLE.test(code) || REFUSED.test(code)) {
    return new Refusal(
      `Le téléchargement des dépendances a été refusé (${code}) : vérifiez la connexion, le proxy ou le registre npm, puis relancez.`,
      `Downloading the dependencies was refused (${code}): check the connection, the proxy or the npm registry, then try again.`,
    );
  }
  return new Refusal(`« npm install » a échoué (${code}).`, `"npm install" failed (${code}).`);
}
