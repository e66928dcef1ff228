import { timingSafeEqual } from 'node:crypto';
import { type OpenSession, Sessions } from '@app/accounts';
import type { Role } from '@app/contract';
import type { Environment } from '@config';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ENVIRONMENT } from '../environment.module';
import { ANYONE, ROLES } from './access';
import { RefusedError } from './answer';
import { SESSION_COOKIE } from './cookies';
import { isCrossSite, isWrite } from './cross-site';
import { type PalierRequest, requestOf } from './request';

const refused = (why: string) => new RefusedError({ ok: false, why });

/** Before every route: does the request come from our pages, who asks, and may that role ask for this? */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const writes = isWrite(request.method);
    // Signing in too: a foreign page must not sign a browser in under another account.
    if (writes && isCrossSite(request.headers, this.environment.publicUrl)) throw refused('cross-site');
    if (this.said<boolean>(ANYONE, context)) return true;

    const token = request.cookies[SESSION_COOKIE];
    request.session = token ? readIn(await this.sessions.find(token), request.headers['x-palier-language']) : null;
    if (!request.session) throw refused('signed-out');
    if (writes && !provesOurPage(request)) throw refused('csrf');
    const roles = this.said<Role[]>(ROLES, context);
    if (roles && !roles.includes(request.session.viewer.role)) throw refused('not-your-role');
    return true;
  }

  private said<T>(key: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

/** The workstation's language, where someone chose it, rather than the account's: a screen speaks one language. */
function readIn(session: OpenSession | null, language: unknown): OpenSession | null {
  if (!session || (language !== 'fr' && language !== 'en')) return session;
  return { ...session, viewer: { ...session.viewer, language } };
}

function provesOurPage(request: PalierRequest): boolean {
  const sent = Buffer.from(String(request.headers['x-palier-csrf'] ?? ''));
  const expected = Buffer.from(request.session?.csrf ?? '');
  return expected.length > 0 && sent.length === expected.length && timingSafeEqual(sent, expected);
}
