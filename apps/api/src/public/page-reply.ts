import type { FastifyReply } from 'fastify';

export function show(reply: FastifyReply, page: string, status = 200): void {
  reply.code(status).type('text/html; charset=utf-8').send(page);
}
