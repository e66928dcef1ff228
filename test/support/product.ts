import { MINUTE } from '@app/time';
import type { Browser, Page } from 'playwright-core';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { startApi, type TestApi } from './api';
import { openBrowser } from './browser';
import { PASSWORD, PlannedSpace } from './planned-space';

/** The product as a person meets it: its screens in a real browser, its api, a space whose dates are written down. */
export class Product {
  private constructor(
    readonly space: PlannedSpace,
    readonly api: TestApi,
    readonly browser: Browser,
  ) {}

  /** @param now what the product's clock says when a person sits down, such as '2027-01-04T09:40' */
  static async open(now: string): Promise<Product> {
    await ensureBuilt();
    const space = await PlannedSpace.open(now);
    const api = await startApi(
      // A test takes less than a minute: the clock does not run past what it is about.
      { PALIER_CLOCK_OFFSET_MS: String(space.clock.now() + MINUTE / 2 - Date.now()), PALIER_DEMO: 'no' },
      { database: space.database, screens: 'dist/web' },
    );
    return new Product(space, api, await openBrowser());
  }

  /** A desk of its own (its own cookies), on the sign-in page. */
  async desk(): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'fr-FR' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(this.api.url);
    return page;
  }

  /** A desk where someone has signed in, by keyboard, and sees the day. */
  async deskOf(email: string): Promise<Page> {
    const page = await this.desk();
    await signIn(page, email);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
    await this.space.close();
  }
}

/** Signs in as a person does, without the mouse: the first field has the focus. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Adresse électronique').waitFor();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  // A day when nobody receives has no grid.
  await page.getByRole('grid').or(page.getByText('Personne ne reçoit ce jour-là.')).waitFor();
}
