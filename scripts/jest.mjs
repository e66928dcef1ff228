// node scripts/jest.mjs [PATTERN] [jest options]: runs the tests whose path matches.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const at = (place) => fileURLToPath(new URL(place, import.meta.url));

const run = spawnSync(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    ...[at('../node_modules/jest/bin/jest.js'), '--config', at('../config/jest.config.mjs')],
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: at('..') },
);
process.exit(run.status ?? 1);
