/** What people do on the page of the self-service example, in the words that they see there. */
import type { Locator, Page } from 'playwright-core';
import { PASSWORD } from '../../demo/self-service/local';

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** Waits until a text is there. */
export const says = (where: Page | Locator, text: string): Promise<void> => where.getByText(text).first().waitFor();

export const signIn = async (page: Page, username = 'alice', password = PASSWORD): Promise<void> => {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Sign in');
  if (password === PASSWORD) await page.locator('#profile').waitFor();
};

/** The code of the newest e-mail, as it is read in its frame. */
export const inboxCode = (page: Page): Promise<string> =>
  page.frameLocator('iframe >> nth=0').locator('.box').innerText();

export const wrongCode = (codes: readonly string[]): string =>
  ['000000', '111111'].find((code) => code !== codes.at(-1))!;
