// Lets the screens open when the network is down: the page that draws them and the files it has loaded, nothing of anybody's.
const KEPT = 'palier-screens';
const PAGE = '/';
// Addresses that are not our screens (see the api's own list): they are never answered from here.
const NOT_A_SCREEN = /^\/(api|health|public|r|o|i|calendriers)(\/|$)|\.[a-z0-9]+$/i;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver() {
  await self.clients.claim();
  // The page that brought this script here was not given by it: kept as well, the network may go before the next one.
  const answer = await fetch(PAGE).catch(() => null);
  if (answer?.ok) await keepPage(await answer.text(), await kept());
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!NOT_A_SCREEN.test(url.pathname)) event.respondWith(page(request));
  } else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

/** The newest page when the server answers; else the last one it gave. */
async function page(request) {
  const before = kept();
  try {
    const answer = await fetch(request);
    if (answer.ok) await keepPage(await answer.clone().text(), await before);
    return answer;
  } catch (error) {
    const words = await before;
    if (words !== undefined) return asPage(words);
    throw error;
  }
}

const kept = async () => (await caches.match(PAGE))?.text();

/** A new version has files of its own: those of the one before are forgotten before its own are asked for. */
async function keepPage(words, before) {
  if (before === words) return;
  await caches.delete(KEPT);
  const cache = await caches.open(KEPT);
  await cache.put(PAGE, asPage(words));
}

const asPage = (words) => new Response(words, { headers: { 'content-type': 'text/html; charset=utf-8' } });

/** Named after their content: what is kept is right. */
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(KEPT);
    await cache.put(request, answer.clone());
  }
  return answer;
}
