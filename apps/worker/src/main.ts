import { BadSettings, environment, LOG_LEVELS } from '@config';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module';

// A job under way is let finish; one that hangs is taken up again by the next start.
const PATIENCE_MS = 8_000;

async function work(): Promise<void> {
  const settings = environment();
  const logger = new ConsoleLogger('Palier', {
    json: process.env.NODE_ENV === 'production',
    colors: false,
    logLevels: LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(settings.logLevel) + 1),
  });
  const app = await NestFactory.createApplicationContext(WorkerModule.of(settings), { logger, abortOnError: false });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Our supervisor is gone: nobody would stop us later.
  process.on('disconnect', stop);
}

work().catch((error) => {
  if (error instanceof BadSettings) for (const { fr, en } of error.sentences) console.error(`${fr} / ${en}`);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
