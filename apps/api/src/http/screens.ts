import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { filesOf, sendFile } from './files';

// From dist/apps/api/src/http.
const BUILT = fileURLToPath(new URL('../../../../web', import.meta.url));
const A_YEAR_S = 365 * 24 * 3600;

/** Addresses that are never a screen: an unknown one is answered as such. */
const NOT_A_SCREEN = /^(api|health|public|r|o|i|calendriers)(\/|$)|\.[a-z0-9]+$/i;

/**
 * Serves the built screens: files as they are, and for any other address the page that draws it.
 * @param folder where they were built; without it there are no screens, only the api
 */
export async function serveScreens(app: NestFastifyApplication, folder: string = BUILT): Promise<void> {
  if (!existsSync(`${folder}/index.html`)) return;
  const files = await filesOf(folder);
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', (request, reply) => {
      const path = (request.url.split('?')[0] ?? '').slice(1);
      const file = files.get(path) ?? (NOT_A_SCREEN.test(path) ? undefined : files.get('index.html'));
      if (!file) return reply.callNotFound();
      // Vite names what it builds after its content.
      return sendFile(
        request,
        reply,
        file,
        path.startsWith('assets/') ? `public, max-age=${A_YEAR_S}, immutable` : 'no-cache',
      );
    });
}
