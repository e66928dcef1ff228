import type { Opened } from '@app/accounts';
import type { FastifyReply } from 'fastify';
import { cookieOptions, DEVICE_COOKIE, SESSION_COOKIE } from './cookies';
import type { PalierRequest } from './request';

const SESSION_S = 12 * 3600;
// As long as browsers keep a cookie at all.
const DEVICE_S = 400 * 24 * 3600;

/** The workstation's token; null when it has none yet. */
export function deviceOf(request: PalierRequest): string | null {
  return request.cookies[DEVICE_COOKIE] || null;
}

/** Hands a session just opened to the browser, and tells its workstation apart from others. */
export function keepSession(reply: FastifyReply, { token, device }: Opened, publicUrl: string): void {
  reply.setCookie(SESSION_COOKIE, token, cookieOptions(publicUrl, SESSION_S));
  reply.setCookie(DEVICE_COOKIE, device, cookieOptions(publicUrl, DEVICE_S));
}

/** Takes the session's cookie back; the workstation keeps its own. */
export function dropSession(reply: FastifyReply, publicUrl: string): void {
  reply.setCookie(SESSION_COOKIE, '', cookieOptions(publicUrl, 0));
}
