import { type Environment } from '@config';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { contentPolicy } from './http/content-policy';
import { describeApi } from './http/openapi';
import { serveScreens } from './http/screens';

// A booking is half a kilobyte; the longest permanence some twenty.
const BODY_LIMIT = 256 * 1024;
// A calendar file, a little beyond what is read: one that is too large is told so in words.
const CALENDAR_LIMIT = 4 * 1024 * 1024;

/** The whole api, ready to listen: `await app.listen(port, host)`. @throws BadSettings */
export async function createApp(
  environment: Environment,
  options: { logger?: LoggerService | false; screens?: string } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: environment.trustProxy,
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(environment), adapter, {
    ...(options.logger === undefined ? {} : { logger: options.logger }),
    abortOnError: false,
  });
  app.useBodyParser(['text/calendar', 'text/csv'], { bodyLimit: CALENDAR_LIMIT }, (_, body, done) => done(null, body));
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: contentPolicy(environment.publicUrl),
    hsts: environment.publicUrl.startsWith('https:'),
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(compress, { threshold: 1024 });
  app.setGlobalPrefix('api', {
    exclude: [
      'health/{*rest}',
      'public',
      'public/{*rest}',
      'r/{*rest}',
      'o/{*rest}',
      'i/{*rest}',
      'calendriers/{*rest}',
    ],
  });
  neverKept(adapter);
  await describeApi(app);
  await serveScreens(app, options.screens);
  return app;
}

/** Answers of the api are about persons: no cache keeps them unless a route says otherwise. */
function neverKept(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
