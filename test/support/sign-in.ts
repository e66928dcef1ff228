import type { Page } from 'playwright-core';
import { hasFocus } from './until';

/** Every account of the tests has it. */
export const PASSWORD = 'une phrase assez longue';

/** Signs in as a person does, without the mouse: the first field has the focus. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await hasFocus(page.getByLabel('Adresse électronique'));
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  // A day when nobody receives has no grid.
  await page.getByRole('grid').or(page.getByText('Personne ne reçoit ce jour-là.')).waitFor();
}
