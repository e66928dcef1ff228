import { BadSettings, environment } from '@config';
import { ConsoleLogger } from '@nestjs/common';
import { createApp } from './app';

async function serve(): Promise<void> {
  const settings = environment();
  const logger = new ConsoleLogger('Palier', {
    json: process.env.NODE_ENV === 'production',
    colors: false,
    logLevels: levelsFrom(settings.logLevel),
  });
  const app = await createApp(settings, { logger });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Our supervisor is gone: nobody would stop us later.
  process.on('disconnect', stop);
  await app.listen(settings.port, settings.host);
}

const LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;

function levelsFrom(least: (typeof LEVELS)[number]) {
  return LEVELS.slice(0, LEVELS.indexOf(least) + 1);
}

serve().catch((error) => {
  if (error instanceof BadSettings) for (const { fr, en } of error.sentences) console.error(`${fr} / ${en}`);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
