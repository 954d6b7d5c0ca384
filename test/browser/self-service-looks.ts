/** How each state of the self-service page looks: light and dark, on a desk and on a phone, in English and German. */
import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD } from '../../demo/self-service/local';
import type { LocalPage } from '../../demo/self-service/page-server';
import { step } from '../support/steps';
import { DESK, PHONE } from './devices';
import { colorsIn, faintTexts, overflowOf } from './in-page';
import { inboxCode, press, says, signIn } from './self-service-page';

export type InContext = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) => Promise<void>;

const shots = path.join(tmpdir(), 'self-service-screenshots');
const LONG = 'a-rather-long-name-of-somebody-who-has-thought-of-everything@departments.of.a-company.example.com';

/** What leads from each state of the page to the next, by the next one's name. */
const STATES: readonly (readonly [name: string, lead: (page: Page, username: string) => Promise<unknown>])[] = [
  ['sign-in', (page) => page.getByLabel('User name').waitFor()],
  [
    'refused',
    async (page) => {
      await signIn(page, 'nobody', 'wrong');
      await says(page, 'User name or password is wrong.');
    },
  ],
  ['account', (page, username) => signIn(page, username)],
  [
    'wrong',
    async (page) => {
      await page.getByLabel('Nickname', { exact: true }).fill('<b>');
      await press(page, 'Save changes');
      await press(page, 'Add: Phone number');
      await page.getByLabel('New phone number').fill('0123');
      await press(page, 'Send code');
      await says(page, 'This does not look right.');
    },
  ],
  [
    'code',
    async (page) => {
      await press(page, 'Cancel');
      await press(page, 'Change: Email address');
      await page.getByLabel('New email address').fill(LONG);
      await press(page, 'Send code');
      await inboxCode(page);
      await page.getByLabel('Code', { exact: true }).fill('000000');
      await press(page, 'Confirm');
      await says(page, 'This code is wrong.');
    },
  ],
  ['message', (page) => page.locator('.inbox').scrollIntoViewIfNeeded()],
  [
    'saved',
    async (page) => {
      await page.getByLabel('Nickname', { exact: true }).fill('Caro');
      await press(page, 'Save changes');
      await says(page, 'Your changes are saved.');
    },
  ],
];

export const lookAtSelfService = async (inContext: InContext, { cognito, userPoolId }: LocalPage): Promise<void> => {
  mkdirSync(shots, { recursive: true });
  const user = async (username: string, attributes: Record<string, string> = {}): Promise<string> => {
    const all = { given_name: 'Carol', email: LONG.slice(2), 'custom:tenant': 'Blue & Sons', ...attributes };
    await cognito.seedUsers(userPoolId, [{ username, password: PASSWORD, attributes: all }]);
    return username;
  };
  const look = async (page: Page, name: string): Promise<void> => {
    assert.deepEqual(await faintTexts(page), [], `${name}: faint`);
    assert.ok((await overflowOf(page)) <= 0, `${name}: too wide`);
    const picture = await page.screenshot({ fullPage: name.startsWith('account') });
    writeFileSync(path.join(shots, `${name}.png`), picture);
    assert.ok((await colorsIn(page.context(), picture)) > 20, `${name}: blank`);
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [device, options] of Object.entries({ desk: DESK, phone: PHONE })) {
      await step(`${colorScheme}, on a ${device}, each state has enough contrast and room (${shots})`, async () => {
        cognito.clearDeliveries();
        const username = await user(`carol-${colorScheme}-${device}`);
        await inContext({ ...options, colorScheme }, async (page) => {
          for (const [name, lead] of STATES) {
            await lead(page, username);
            await look(page, `${name}-${device}-${colorScheme}`);
          }
        });
      });
    }
  }

  await step('in German, page and message are German, and dark where somebody wants it so', async () => {
    cognito.clearDeliveries();
    const username = await user('doris', { email: 'doris@example.com', 'custom:theme': 'dark', nickname: 'Dori' });
    await inContext({ ...PHONE, locale: 'de-AT', colorScheme: 'light' }, async (page) => {
      await page.goto(`${page.url()}?campaign=paperless`);
      await page.getByLabel('Benutzername').fill(username);
      await page.getByLabel('Passwort').fill(PASSWORD);
      await press(page, 'Anmelden');
      await says(page, 'Ohne Papier');
      await look(page, 'german-campaign-phone-dark');
      await press(page, 'Bestätigen: E-Mail-Adresse');
      await says(page, 'Wir haben einen Code an d***@e*** geschickt.');
      await says(page.locator('.inbox'), 'Bestätige deine E-Mail-Adresse');
      await inboxCode(page);
      assert.equal(await page.locator('html').getAttribute('lang'), 'de');
      await look(page, 'german-phone-dark');
      await page.locator('.inbox').scrollIntoViewIfNeeded();
      await look(page, 'german-message-phone-dark');
    });
  });
};
