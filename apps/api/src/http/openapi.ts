import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DOCS_POLICY } from './content-policy';
import { SESSION_COOKIE } from './cookies';
import { fileAt, sendFile } from './files';

const UI_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];

const PAGE = `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Palier · API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** The api described: /api/openapi.json for programs, /api/docs for people. Made when first asked for. */
export async function describeApi(app: NestFastifyApplication): Promise<void> {
  const config = new DocumentBuilder()
    .setTitle('Palier')
    .setDescription(
      'Le planning partagé des lieux où plusieurs services reçoivent. Chaque écriture porte l’en-tête x-palier-csrf ' +
        '(sa valeur est dans GET /api/session) ; les refus sont des documents RFC 9457.',
    )
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE)
    .build();
  let document: OpenAPIObject | null = null;
  const server = app.getHttpAdapter().getInstance();
  server.get('/api/openapi.json', (_request, reply) => {
    document ??= SwaggerModule.createDocument(app, config);
    return reply.type('application/json; charset=utf-8').send(document);
  });

  const ui = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const text = (type: string, body: string) => (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('content-security-policy', DOCS_POLICY).type(`text/${type}; charset=utf-8`).send(body);
  server.get('/api/docs', text('html', PAGE));
  server.get('/api/docs/start.js', text('javascript', START));
  for (const name of UI_FILES) {
    const file = await fileAt(join(ui, name));
    server.get(`/api/docs/${name}`, (request, reply) => sendFile(request, reply, file, 'no-cache'));
  }
}
