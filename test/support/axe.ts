import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page, Request } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Says what axe holds against a screen, so that a failed test is enough to mend it. */
export interface Judged {
  light: string[];
  dark: string[];
}

export const NOTHING: Judged = { light: [], dark: [] };
/** The rules the dark theme may break alone: it changes colours and nothing else. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe holds against the screen as it is, in both themes. */
export async function judge(page: Page): Promise<Judged> {
  await settled(page);
  const light = await violations(page, { resultTypes: ['violations'] });
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  const dark = await violations(page, { resultTypes: ['violations'], runOnly: OF_COLOURS });
  await page.emulateMedia({ colorScheme: 'light' });
  return { light, dark };
}

async function violations(page: Page, options: object): Promise<string[]> {
  // A page that was judged in one theme has axe already.
  await page.evaluate(`window.axe === undefined && (() => { ${axe} })()`);
  const found = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as {
    violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
  };
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** In the page: what moves for a while has come to rest. */
const ALL_FADED = `new Promise(requestAnimationFrame).then(() => {
  const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined);
})`;

/** Nothing is on its way any more and what fades in has: the stream of events, which never ends, is not waited for. */
async function settled(page: Page): Promise<void> {
  const asked = asking.get(page);
  while (asked?.size) await page.waitForTimeout(20);
  await page.evaluate(ALL_FADED);
}

/** What each page still waits for. */
const asking = new Map<Page, Set<Request>>();

/** A page of its own, of which it is known what it still waits for. */
export async function watchedPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    colorScheme: 'light',
    locale: 'fr-FR',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const asked = new Set<Request>();
  asking.set(page, asked);
  page.on('request', (request) => request.resourceType() !== 'eventsource' && asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  return page;
}
