import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DOCS_POLICY } from './content-policy';
import { fileAt, sendFile } from './files';
import { openApiDocument } from './openapi-document';

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
  let document: OpenAPIObject | null = null;
  const server = app.getHttpAdapter().getInstance();
  server.get('/api/openapi.json', (_request, reply) => {
    document ??= openApiDocument(app);
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
