const NOTHING = ["'none'"];
const OURS = ["'self'"];

/** What a page may load: our own files and nothing else; no script or style written inside the page. */
export function contentPolicy(publicUrl: string) {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: NOTHING,
      scriptSrc: OURS,
      styleSrc: OURS,
      imgSrc: ["'self'", 'data:'],
      fontSrc: OURS,
      connectSrc: OURS,
      manifestSrc: OURS,
      baseUri: NOTHING,
      formAction: OURS,
      frameAncestors: NOTHING,
      objectSrc: NOTHING,
      ...(publicUrl.startsWith('https:') ? { upgradeInsecureRequests: [] } : {}),
    },
  };
}

/** The readable page of the api writes its styles inline; it shows nothing of anybody's. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
