/**
 * The page of the self-service example as people use it, from signing in to a confirmed address: in headless Chromium, before the
 * API and the trigger as a deployment would take them.
 */
import { strict as assert } from 'node:assert';
import { AdminDeleteUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ALICE, PASSWORD } from '../../demo/self-service/local';
import { startLocalPage } from '../../demo/self-service/page-server';
import { step } from '../support/steps';
import { listen } from './beacon';
import { DESK } from './devices';
import { tryForbidden } from './in-page';
import { inboxCode, press, says, signIn, wrongCode } from './self-service-page';
import { lookAtSelfService } from './self-service-looks';
import { type Watch, watch } from './watch';

const OLD = ALICE.attributes!.email;
const NEW = 'alice@new.example.com';
const HOSTILE = '<img src=x onerror="document.title=\'executed\'"><b>Mal';

const another = (username: string, attributes: Record<string, string> = {}) => ({
  username,
  password: PASSWORD,
  attributes: { ...ALICE.attributes, ...attributes },
});

export const playSelfService = async (browser: Browser): Promise<void> => {
  const local = await startLocalPage([ALICE, another('bob'), another('mallory', { nickname: HOSTILE })]);
  const { cognito, config, userPoolId, url } = local;
  const alice = () => cognito.attributes(userPoolId, 'alice').then((attributes) => ({ ...attributes }));
  const codes = () => cognito.deliveries.map(({ code }) => code);

  const inContext = async (
    options: BrowserContextOptions,
    use: (page: Page, watching: Watch) => Promise<void>,
  ): Promise<void> => {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    const watching = watch(context, url, config.attributesUrl, config.cognitoEndpoint);
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    await page.goto(url);
    await use(page, watching);
    await context.close();
  };

  try {
    await inContext(DESK, async (page, watching) => {
      const profile = page.locator('#profile');
      const email = page.locator('#email');
      const phone = page.locator('#phone_number');

      await step('a wrong password is refused, and the right one shows what the pool knows', async () => {
        await signIn(page, 'alice', 'wrong');
        await says(page, 'User name or password is wrong.');
        await signIn(page);
        assert.equal(await page.getByLabel('Nickname', { exact: true }).inputValue(), 'Al');
        await says(profile, 'Blue & Sons');
        await says(email, 'Confirmed');
      });

      await step(
        'what breaks a rule is told at its field, by the page or by the API, and nothing changes',
        async () => {
          const before = await alice();
          const nickname = page.getByLabel('Nickname', { exact: true });
          await nickname.fill('<b>');
          await press(page, 'Save changes');
          await says(profile, 'Begin with a letter or digit');
          await nickname.fill('Al');
          await press(page, 'Change: Email address');
          await page.getByLabel('New email address').fill('nowhere');
          await press(page, 'Send code');
          await says(email, 'This does not look right.');
          assert.equal(await page.getByLabel('New email address').getAttribute('aria-invalid'), 'true');
          await press(page, 'Cancel');
          assert.deepEqual(await alice(), before);
        },
      );

      await step('what is saved is in the pool, and what is deleted is gone', async () => {
        await page.getByLabel('First name', { exact: true }).fill('Alicia');
        await page.getByRole('radio', { name: 'Dark' }).check();
        await press(page, 'Save changes');
        await says(page, 'Your changes are saved.');
        assert.equal(await page.locator(':root[data-theme=dark]').count(), 1);
        await press(page, 'Delete: Nickname');
        await says(page, 'Nickname deleted.');
        await says(page, 'Hello Alicia');
        const { nickname, ...rest } = ALICE.attributes!;
        assert.notEqual(nickname, undefined);
        assert.deepEqual(await alice(), { ...rest, given_name: 'Alicia', 'custom:theme': 'dark' });
      });

      await step(
        'a new e-mail address: the old one stays until the code out of the newest message is right',
        async () => {
          await press(page, 'Change: Email address');
          await page.getByLabel('New email address').fill(NEW);
          await press(page, 'Send code');
          await says(email, `We have sent a code to a***@n***. ${OLD} stays`);
          await press(page, 'Send a new code');
          await says(page, 'A new code is on its way.');
          assert.equal(await page.locator('iframe').count(), 2);
          assert.equal((await alice()).email, OLD);
          const code = await inboxCode(page);
          assert.equal(code, codes().at(-1));
          await page.getByLabel('Code', { exact: true }).fill(wrongCode(codes()));
          await press(page, 'Confirm');
          await says(email, 'This code is wrong.');
          assert.equal((await alice()).email, OLD);
          await page.getByLabel('Code', { exact: true }).fill(code);
          await press(page, 'Confirm');
          await says(page, `${NEW} is confirmed.`);
          await says(email, NEW);
          assert.deepEqual([(await alice()).email, (await alice()).email_verified], [NEW, 'true']);
        },
      );

      await step('a phone number, by SMS, in the language that the messages shall have', async () => {
        await page.getByRole('radio', { name: 'Deutsch' }).check();
        await press(page, 'Save changes');
        await says(page, 'Your changes are saved.');
        await press(page, 'Add: Phone number');
        await page.getByLabel('New phone number').fill('+44 7700 900123');
        await press(page, 'Send code');
        await says(phone, 'We have sent a code to');
        await says(page.locator('.bubble'), 'ist der Code für deine neue Telefonnummer');
        await page.getByLabel('Code', { exact: true }).fill(codes().at(-1)!);
        await press(page, 'Confirm');
        await says(phone, 'Confirmed');
        assert.equal((await alice()).phone_number, '+447700900123');
        await press(page, 'Delete: Phone number');
        await says(phone, 'None yet');
        assert.equal((await alice()).phone_number, undefined);
      });

      await step('signed out, nothing is kept: neither on the page nor in the browser', async () => {
        await press(page, 'Sign out');
        await says(page, 'You are signed out.');
        assert.equal(await page.getByText(NEW).count(), 0);
        assert.deepEqual(await page.context().storageState(), { cookies: [], origins: [] });
        watching.check({ mayRefuse: true });
      });
    });

    await step('whoever has been deleted meanwhile is asked to sign in again', () =>
      inContext(DESK, async (page) => {
        await signIn(page, 'bob');
        await cognito.client().send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: 'bob' }));
        await press(page, 'Delete: Nickname');
        await says(page, 'Your session has ended.');
      }),
    );

    await step('the keyboard is enough, and the words of the message are those of what people came for', () =>
      inContext(DESK, async (page, watching) => {
        const type = async (...keys: string[]) => {
          for (const key of keys)
            await (['Tab', 'Enter'].includes(key) ? page.keyboard.press(key) : page.keyboard.type(key));
        };
        await page.goto(`${url}?campaign=paperless`);
        await says(page, 'Sign in');
        await type('alice', 'Tab', PASSWORD, 'Enter');
        await says(page, 'Hello Alicia');
        await page.getByLabel('Nickname', { exact: true }).focus();
        await type('Lissy', 'Enter');
        await says(page, 'Hello Lissy');
        await page.getByRole('button', { name: 'Change: Email address' }).focus();
        await type('Enter', OLD, 'Enter');
        await page.getByLabel('Code', { exact: true }).waitFor();
        await says(page.locator('.inbox'), 'Bestätige, wohin deine Rechnungen gehen');
        await type(codes().at(-1)!, 'Enter');
        await says(page, `${OLD} is confirmed.`);
        assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Change: Email address');
        watching.check();
      }),
    );

    const beacon = await listen();
    await step('markup in a value is text, and the policy stops what a script of somebody else’s would do', () =>
      inContext(DESK, async (page, watching) => {
        await signIn(page, 'mallory');
        await says(page.locator('h1'), `Hello ${HOSTILE}`);
        assert.equal(await page.locator('#view img, #view b').count(), 0);
        assert.deepEqual(await tryForbidden(page, beacon.origin), []);
        assert.notEqual(await page.title(), 'executed');
        assert.equal(beacon.heard(), 0);
        watching.check({ mayBlock: true });
      }),
    );

    await lookAtSelfService(inContext, local);

    await step('and no line of log holds a value, a code or a token', () => {
      const lines = local.logs();
      assert.ok(lines.length > 20);
      const secrets = [OLD, NEW, PASSWORD, 'Alicia', 'Lissy', 'Blue & Sons', '+447700900123', 'eyJ', /\b\d{6}\b/];
      for (const secret of secrets)
        assert.ok(
          !lines.some((line) => (typeof secret === 'string' ? line.includes(secret) : secret.test(line))),
          String(secret),
        );
    });
  } finally {
    await local.stop();
  }
};
