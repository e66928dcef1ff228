// npm run palier -- COMMAND: the command line of an installation, built when its sources changed.
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { sayWhy } from './lib/refusal.mjs';

// What the commands print is read by programs: preparing speaks on the error output.
console.log = console.error;
try {
  ensureDependencies();
  await ensureBuilt();
} catch (error) {
  sayWhy(error);
  process.exit(1);
}
await import('../dist/apps/api/src/cli/palier.js');
