import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { sayWhy } from './lib/refusal.mjs';

try {
  ensureDependencies();
  await ensureBuilt();
} catch (error) {
  sayWhy(error);
  process.exit(1);
}
