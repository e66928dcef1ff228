import { MINUTE } from '@app/time';
import type { Browser, Page } from 'playwright-core';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { startApi, type TestApi } from './api';
import { atRest, openBrowser, openPage } from './browser';
import { PlannedSpace } from './planned-space';
import { PASSWORD } from './sign-in';

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
    const page = await openPage(this.browser);
    await page.goto(this.api.url);
    return page;
  }

  /**
   * A desk where someone has signed in, at an address of the product. Its screens are kept for when the network is down
   * only with `keepsScreens`: each page would load them twice.
   */
  async deskOf(email: string, path = '/', { keepsScreens = false } = {}): Promise<Page> {
    const { cookies } = await this.api.browser().signIn(email, PASSWORD);
    const page = await openPage(this.browser, { serviceWorkers: keepsScreens ? 'allow' : 'block' });
    const { url } = this.api;
    await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url, httpOnly: true })));
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await atRest(page);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
    await this.space.close();
  }
}
