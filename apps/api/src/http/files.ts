import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A built file, in memory: there are few, and only what was there at the start can ever be served. */
export interface ServedFile {
  body: Buffer;
  type: string;
  etag: string;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** The files of a folder by their path inside it, with '/' between. */
export async function filesOf(folder: string): Promise<Map<string, ServedFile>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [relative(folder, file).split(sep).join('/'), await fileAt(file)] as const),
    ),
  );
}

export async function fileAt(path: string): Promise<ServedFile> {
  const body = await readFile(path);
  return {
    body,
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  };
}

/** Sends a file, or 304 when the browser has it already. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: ServedFile, cacheControl: string) {
  reply.header('cache-control', cacheControl).header('etag', file.etag);
  // A proxy or our own compression may have made the tag a weak one.
  if (request.headers['if-none-match']?.replace(/^W\//, '') === file.etag) return reply.status(304).send();
  return reply.type(file.type).send(file.body);
}
