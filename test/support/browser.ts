import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core';
import { findBrowser } from '../../scripts/lib/browser.mjs';

/** An installed Chromium, Chrome or Edge, without a window. @throws when there is none */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no browser on this machine: npm test says how to get one');
  // Root may not use the browser's sandbox; what the tests open is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A workstation of its own (its own cookies), of which it is known what it still waits for. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const size = { width: 1280, height: 720 };
  const context = await browser.newContext({ viewport: size, locale: 'fr-FR', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const asked = new Set<Request>();
  asking.set(page, asked);
  page.on('request', (request) => request.resourceType() !== 'eventsource' && asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  return page;
}

/** What each page still waits for. */
const asking = new WeakMap<Page, Set<Request>>();

/** Nothing is on its way any more and what fades in has: the stream of events, which never ends, is not waited for. */
export async function atRest(page: Page): Promise<void> {
  const asked = asking.get(page);
  if (!asked) throw new Error('only pages that openPage opened are known to rest');
  do {
    while (asked.size > 0) await page.waitForTimeout(20);
    await page.evaluate(ALL_FADED);
    // Typed, and not yet asked about: what is shown says that it is being changed.
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    // What was drawn may have asked for more.
  } while (asked.size > 0);
}

/** In the page: what was just done is drawn, and what moves for a while has come to rest. */
const ALL_FADED = `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => {
  const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined);
})`;
