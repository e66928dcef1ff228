import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { atRest } from './browser';

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
export async function judge(page: Page, options: { exclude?: string } = {}): Promise<Judged> {
  const light = await violations(page, options);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, { ...options, runOnly: OF_COLOURS });
  await page.emulateMedia({ colorScheme: 'light' });
  return { light, dark };
}

/** What axe holds against the screen as it is, once it has come to rest; `exclude` names what is not judged. */
export async function violations(
  page: Page,
  { exclude = '', ...options }: { exclude?: string; runOnly?: string[] } = {},
): Promise<string[]> {
  await atRest(page);
  // A page that was judged in one theme has axe already.
  await page.evaluate(`window.axe === undefined && (() => { ${axe} })()`);
  const judged = exclude ? JSON.stringify({ exclude: [exclude] }) : 'document';
  const asked = JSON.stringify({ resultTypes: ['violations'], ...options });
  const found = (await page.evaluate(`axe.run(${judged}, ${asked})`)) as {
    violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
  };
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  );
}
