import type { OpenSession, Viewer } from '@app/accounts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A request the guard has let through: `session` is null on routes open to anyone. */
export type PalierRequest = FastifyRequest & { session?: OpenSession | null };

export function requestOf(context: ExecutionContext): PalierRequest {
  return context.switchToHttp().getRequest<PalierRequest>();
}

/** The open session. @throws Error on a route open to anyone, which has none: a mistake of ours. */
export function sessionOf(request: PalierRequest): OpenSession {
  if (!request.session) throw new Error('This route is open to anyone: it has no viewer.');
  return request.session;
}

/** `@CurrentViewer() viewer: Viewer` — whoever is signed in. */
export const CurrentViewer = createParamDecorator<unknown, Viewer>(
  (_: unknown, context) => sessionOf(requestOf(context)).viewer,
);

/** `@CurrentSession() session: OpenSession` — for the routes about the session itself. */
export const CurrentSession = createParamDecorator<unknown, OpenSession>((_: unknown, context) =>
  sessionOf(requestOf(context)),
);
