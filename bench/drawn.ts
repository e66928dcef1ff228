import { chromium } from 'playwright-core';
import { percentile } from './figures';
import { CREDENTIALS } from './place';
import type { Served } from './served';

const TIMES = 11;
const WAIT_MS = 30_000;

/**
 * From asking for the page to the board with all its appointments laid out, in a browser that has been there before:
 * the median, in milliseconds. Null without a browser.
 */
export async function drawnMs(served: Served, appointments: number): Promise<number | null> {
  const executablePath = process.env.BENCH_BROWSER;
  if (!executablePath) return null;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const signedIn = await context.request.post(`${served.origin}/api/session`, { data: CREDENTIALS });
    if (!signedIn.ok()) throw new Error(`Signing in answered ${signedIn.status()}`);
    const page = await context.newPage();
    await page.addInitScript(noteWhenDrawn(appointments));
    const durations: number[] = [];
    for (let time = 0; time <= TIMES; time += 1) {
      await page.goto(`${served.origin}/`, { waitUntil: 'commit' });
      const drawn = await page.waitForFunction(() => (globalThis as { drawnAt?: number }).drawnAt, undefined, {
        timeout: WAIT_MS,
      });
      // The first one fills the browser's cache.
      if (time > 0) durations.push((await drawn.jsonValue()) as number);
    }
    return percentile(durations, 0.5);
  } finally {
    await browser.close();
  }
}

/** By the page's own clock, which begins with the navigation: what the driver takes to hear of it does not count. */
function noteWhenDrawn(appointments: number): string {
  return `new MutationObserver((_, watching) => {
    if (document.querySelectorAll('.board .appt').length < ${appointments}) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
  }).observe(document, { childList: true, subtree: true })`;
}
