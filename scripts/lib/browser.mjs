import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.mjs';
import { isRoot } from './unprivileged.mjs';

const NAMES = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  ...['microsoft-edge', 'microsoft-edge-stable', 'msedge'],
];
const USUAL_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((root) => [
    path.join(process.env[root] ?? '', 'Google/Chrome/Application/chrome.exe'),
    path.join(process.env[root] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
  ]),
};
const INSTALLERS = {
  'apt-get': [['update'], ['install', '-y', '--no-install-recommends', 'chromium']],
  dnf: [['install', '-y', 'chromium']],
  apk: [['add', 'chromium']],
};

/** The path of an installed Chromium, Chrome or Edge (`BROWSER_PATH` first), or `null`. */
export function findBrowser() {
  const { BROWSER_PATH } = process.env;
  if (BROWSER_PATH) return BROWSER_PATH;
  return onPath(NAMES) ?? USUAL_PLACES[process.platform]?.find((file) => fs.existsSync(file)) ?? null;
}

/**
 * A browser for the tests, installed by the system's package manager when there is none and we may.
 * @throws Refusal
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const manager = isRoot() ? Object.keys(INSTALLERS).find((name) => onPath([name])) : undefined;
  if (manager) {
    console.log(`· Installation de Chromium par ${manager}… (installing Chromium)`);
    for (const words of INSTALLERS[manager]) {
      spawnSync(manager, words, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    }
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Refusal(
    'Les tests dans un navigateur demandent Chromium, Chrome ou Edge : installez-en un, ou donnez son chemin (BROWSER_PATH).',
    'The browser tests need Chromium, Chrome or Edge: install one, or give its path (BROWSER_PATH).',
  );
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name + suffix);
      if (fs.existsSync(file)) return file;
    }
  }
  return null;
}
