/**
 * What people see, in headless Chromium. The preview: makes the galleries of the example app and of messages that mean harm, opens
 * them from disk and over http, and looks at what is there, what is asked for and what runs. Then the page of self-service.
 */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { asset, declareTrigger, removeFolders, synthesize } from '../cli/support/fixture';
import { HOSTILE_VALUE, hostileBody } from '../cli/support/hostile';
import { play, step } from '../support/steps';
import { listen } from './beacon';
import { startChromium } from './chromium';
import { DESK, PHONE } from './devices';
import { expectedIn } from './expected';
import { colorsIn, faintTexts, linksOf, overflowOf, widthsOf } from './in-page';
import { playSelfService } from './self-service';
import { serve } from './serve';
import { type Watch, watch } from './watch';

const ROOT = path.join(__dirname, '../..');
const COMMAND = path.join(ROOT, 'bin/cdk-cognito-messages.js');

const work = mkdtempSync(path.join(tmpdir(), 'preview-browser-'));
const shots = path.join(tmpdir(), 'gallery-screenshots');

const preview = (out: string, ...args: string[]): void => {
  execFileSync('node', [COMMAND, 'preview', '--out', out, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

const pagesIn = (gallery: string): string[] => readdirSync(gallery).filter((name) => name.endsWith('.html'));
const framesIn = (gallery: string): string[] => readdirSync(path.join(gallery, 'frames'));

const main = async (browser: Browser): Promise<void> => {
  const inContext = async (
    base: string,
    options: BrowserContextOptions,
    use: (page: Page, watching: Watch, context: BrowserContext) => Promise<void>,
  ): Promise<void> => {
    const context = await browser.newContext(options);
    const watching = watch(context, base);
    await use(await context.newPage(), watching, context);
    await context.close();
  };

  const assembly = path.join(work, 'cdk.out');
  const gallery = path.join(work, 'gallery');
  await step('the command makes a gallery of the example app', () => {
    execFileSync('npx', ['tsx', 'examples/tenants/app.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: '{"aws:cdk:enable-path-metadata":true}' },
    });
    preview(gallery, '--assembly', assembly);
  });

  const server = await serve(gallery);
  const fromDisk = `${pathToFileURL(gallery).href}/`;
  for (const [way, base] of [
    ['from disk', fromDisk],
    ['over http', server.url],
  ]) {
    await step(`${way}, its pages show every message of the index, and ask for nothing but the gallery`, async () => {
      const expected = expectedIn(assembly);
      await inContext(base, DESK, async (page, watching) => {
        for (const name of pagesIn(gallery)) {
          await page.goto(base + name);
          if (name === 'index.html') continue;
          const { emails, texts } = expected.get(await page.locator('header code').innerText())!;
          assert.equal(await page.locator('iframe').count(), 2 * emails, `${name}: frames`);
          assert.equal(await page.locator('.bubble').count(), texts, `${name}: SMS`);
          assert.equal(await page.locator('.message').count(), emails + texts, `${name}: messages`);
        }
        watching.check();
      });
    });
  }

  await step('the overview leads to every message, and every frame shows its code', async () => {
    await inContext(server.url, DESK, async (page, watching) => {
      await page.goto(server.url + 'index.html');
      const links = await linksOf(page.locator('.source td a'));
      const messages = [...expectedIn(assembly).values()].reduce((sum, { emails, texts }) => sum + emails + texts, 0);
      assert.equal(new Set(links).size, messages);
      await page.goto(links[links.length - 1]);
      assert.equal(await page.locator(':target').count(), 1);
      for (const name of framesIn(gallery)) {
        await page.goto(`${server.url}frames/${name}`);
        const text = await page.locator('body').innerText();
        assert.match(text, name.startsWith('admin-create-user') ? /aB3\$x&9<7q/ : /482913/, name);
      }
      watching.check();
    });
  });

  await step(
    'a phone’s frame is 375 pixels wide, a desk’s at least 640, and no page is wider than its window',
    async () => {
      for (const [device, options] of [
        ['desk', DESK],
        ['phone', PHONE],
      ] as const) {
        await inContext(fromDisk, options, async (page) => {
          for (const name of pagesIn(gallery)) {
            await page.goto(fromDisk + name);
            assert.ok((await widthsOf(page.locator('.phone iframe'))).every((width) => width === 375));
            assert.ok((await widthsOf(page.locator('.desk iframe'))).every((width) => width >= 640));
            const overflow = await overflowOf(page);
            assert.ok(overflow <= 0, `${name} on a ${device} is ${overflow} pixels too wide`);
          }
        });
      }
    },
  );

  await step(`light and dark, each text has enough contrast, and the pictures in ${shots} are not blank`, async () => {
    mkdirSync(shots, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [device, options] of [
        ['desk', DESK],
        ['phone', PHONE],
      ] as const) {
        await inContext(fromDisk, { ...options, colorScheme }, async (page, _, context) => {
          for (const name of ['index.html', 'admin-create-user.html']) {
            await page.goto(fromDisk + name);
            await page
              .locator('details')
              .evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
            assert.deepEqual(await faintTexts(page), [], `${name}, ${colorScheme}`);
            if (name !== 'index.html') await page.locator('.message').first().scrollIntoViewIfNeeded();
            const picture = await page.screenshot();
            writeFileSync(path.join(shots, `${path.parse(name).name}-${device}-${colorScheme}.png`), picture);
            assert.ok((await colorsIn(context, picture)) > 40, `${name}, ${device}, ${colorScheme} is blank`);
          }
        });
      }
    }
  });
  server.close();

  const beacon = await listen();
  const hostile = path.join(work, 'hostile');
  await step('messages, names and values that mean harm become a gallery', () => {
    const samples = path.join(work, 'samples.json');
    writeFileSync(
      samples,
      JSON.stringify({
        userName: HOSTILE_VALUE,
        userAttributes: { given_name: HOSTILE_VALUE },
        clientMetadata: { text: HOSTILE_VALUE },
      }),
    );
    const values = '{{userAttributes.given_name}} {{clientMetadata.text}}';
    const directory = asset({
      metadata: { text: { maxLength: 256 } },
      sources: {
        SignUp: [
          {
            name: HOSTILE_VALUE,
            email: {
              '': {
                subject: '</title><script>top.document.title="executed"</script>',
                html: hostileBody(beacon.origin),
              },
              de: { subject: 's', html: `<p title="x">${values} {{code}}</p></iframe>` },
            },
            sms: { '': '<script>document.title="executed"</script>{{code}}' },
          },
        ],
        // Cognito puts the user name in unescaped.
        AdminCreateUser: [{ email: { '': { subject: 's', html: '<p>{{username}} {{code}}</p>' } } }],
      },
    });
    const made = synthesize((app) => declareTrigger(new Stack(app, 'Shop'), 'Messages', directory));
    preview(hostile, '--assembly', made, '--samples', samples);
    assert.equal(framesIn(hostile).length, 3);
  });

  const hostileServer = await serve(hostile);
  for (const [way, base] of [
    ['from disk', `${pathToFileURL(hostile).href}/`],
    ['over http', hostileServer.url],
  ]) {
    await step(`${way}, nothing of them runs, loads or leads anywhere, in its frame or alone`, async () => {
      await inContext(base, DESK, async (page, watching) => {
        for (const name of pagesIn(hostile)) {
          await page.goto(base + name);
          const title = await page.title();
          const frames = page.locator('iframe');
          for (let number = 0; number < (await frames.count()); number++) {
            await frames.nth(number).scrollIntoViewIfNeeded();
            const frame = await (await frames.nth(number).elementHandle())!.contentFrame();
            await clickEverything(frame!);
          }
          assert.equal(await page.title(), title);
          assert.equal(page.url(), base + name);
        }
        for (const name of framesIn(hostile)) {
          await page.goto(`${base}frames/${name}`);
          await clickEverything(page.mainFrame());
          assert.notEqual(await page.title(), 'executed');
        }
        watching.check({ mayBlock: true });
        assert.equal(beacon.heard(), 0);
      });
    });
  }

  await step('(which they would, were the frames not made safe)', async () => {
    const unsafe = path.join(work, 'unsafe');
    mkdirSync(unsafe);
    writeFileSync(path.join(unsafe, 'index.html'), hostileBody(beacon.origin).replace('{{code}}', '482913'));
    const base = `${pathToFileURL(unsafe).href}/`;
    await inContext(base, DESK, async (page, watching) => {
      await page.goto(`${base}index.html`).catch(() => undefined);
      await page.waitForTimeout(500);
      assert.throws(() => watching.check({ mayBlock: true }));
      assert.ok(beacon.heard() > 0);
    });
  });
  hostileServer.close();
};

/** Whatever can be clicked, then a moment in which a refresh would have come. */
async function clickEverything(frame: Frame): Promise<void> {
  const url = frame.url();
  const targets = frame.locator('a, area, button, input, h1, svg a');
  for (let number = 0; number < (await targets.count()); number++) {
    await targets.nth(number).dispatchEvent('click');
    await targets
      .nth(number)
      .click({ force: true, timeout: 300, noWaitAfter: true })
      .catch(() => undefined);
  }
  await frame.waitForTimeout(300);
  assert.equal(frame.url().replace(/#.*$/, ''), url, 'the frame stays where it is');
}

void play(async () => {
  const browser = await startChromium();
  try {
    await main(browser);
    await playSelfService(browser);
  } finally {
    await browser.close();
  }
}).finally(() => {
  rmSync(work, { recursive: true, force: true });
  removeFolders();
});
