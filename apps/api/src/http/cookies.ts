import type { CookieSerializeOptions } from '@fastify/cookie';

export const SESSION_COOKIE = 'palier_session';
/** Names the workstation, not a person: who signed in here today may come back with a short code. */
export const DEVICE_COOKIE = 'palier_device';
/** Names neither person nor workstation, for an hour: a form of the public page fetched again is the same browser's. */
export const FORM_COOKIE = 'palier_formulaire';

/** A cookie no script can read and no foreign page's form can use; over HTTPS only when the product is served so. */
export function cookieOptions(publicUrl: string, maxAgeSeconds: number): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), maxAge: maxAgeSeconds };
}
