const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request asks for a change. */
export function isWrite(method: string): boolean {
  return !READS.includes(method.toUpperCase());
}

/** What a browser says about the page a request comes from. */
export interface Provenance {
  'sec-fetch-site'?: string | string[] | undefined;
  origin?: string | string[] | undefined;
  host?: string | undefined;
}

/**
 * Whether a request was made by a page that is not ours. Browsers always say one or the other on a write; a program
 * that says neither carries no one's cookies unless it was given them.
 */
export function isCrossSite(headers: Provenance, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  if (origin === undefined) return false;
  if (typeof origin !== 'string' || !URL.canParse(origin)) return true;
  const from = new URL(origin);
  return from.origin !== new URL(publicUrl).origin && from.host !== headers.host;
}
