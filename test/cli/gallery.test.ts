import { createHash } from 'node:crypto';
import { galleryOf } from '../../cli/preview/gallery/gallery';
import { attribute, childrenOf, type Element, elementsOf, parseHtml } from '../../cli/preview/html';
import type { RenderedTrigger } from '../../cli/preview/render';
import { removeFolders, type TriggerFixture } from './support/fixture';
import { HOSTILE_BODY, HOSTILE_VALUE } from './support/hostile';
import { rendered } from './support/rendered';

afterAll(removeFolders);

const gallery = (...triggers: readonly (readonly [title: string, fixture: TriggerFixture])[]) =>
  galleryOf(
    triggers.map(([title, fixture]): RenderedTrigger => {
      return { trigger: { titles: [title], directory: '/' }, messages: rendered(fixture) };
    }),
  );

const elementsIn = (html: string): Element[] => [...elementsOf(parseHtml(html))];
const named = (html: string, tag: string) => elementsIn(html).filter(({ tagName }) => tagName === tag);
const pagesOf = (files: Map<string, string>) => [...files].filter(([name]) => !name.startsWith('frames/'));

const mail = (subject = 's') => ({ subject, html: '<p lang="en">{{code}}</p>' });

const TWO_SOURCES: TriggerFixture = {
  metadata: { campaign: { maxLength: 9, values: ['a'] } },
  sources: {
    SignUp: [
      { name: 'a', when: { campaign: ['a'] }, email: { '': mail('Hello'), de: mail('Hallo') } },
      { email: { '': mail() }, sms: { '': 'Code {{code}}' } },
    ],
    ForgotPassword: [{ sms: { '': '{{code}} resets', ja: '{{code}} です' } }],
  },
};

test('there is an overview, a page for each source and a document for each e-mail', () => {
  expect([...gallery(['Shop/Messages', TWO_SOURCES]).keys()].sort()).toEqual([
    'forgot-password.html',
    'frames/sign-up-v1-all-email.html',
    'frames/sign-up-v1-de-email.html',
    'frames/sign-up-v2-all-email.html',
    'index.html',
    'sign-up.html',
  ]);
});

test('of several triggers, each has pages of its own', () => {
  const names = pagesOf(gallery(['Shop/Messages', TWO_SOURCES], ['Shop messages', TWO_SOURCES])).map(([name]) => name);
  expect(names).toEqual([
    'index.html',
    'shop-messages-sign-up.html',
    'shop-messages-forgot-password.html',
    'shop-messages-2-sign-up.html',
    'shop-messages-2-forgot-password.html',
  ]);
});

test('every link of the gallery leads to a file and an anchor that are there', () => {
  const files = gallery(['Shop/Messages', TWO_SOURCES], ['Other', TWO_SOURCES]);
  for (const [page, html] of pagesOf(files)) {
    for (const link of named(html, 'a')) {
      const [file, anchor] = attribute(link, 'href')!.split('#');
      const target = files.get(file || page);
      expect(target).toBeDefined();
      if (anchor) expect(elementsIn(target!).map((element) => attribute(element, 'id'))).toContain(anchor);
    }
    for (const frame of named(html, 'iframe')) expect(files.has(attribute(frame, 'src')!)).toBe(true);
  }
});

test('a page shows at most 30 e-mails, and the rest goes on to the next', () => {
  // Private tags, which no canonical form changes.
  const locales = ['qa', 'qb', 'qc']
    .flatMap((tag) => [...'abcdefghijklmnopqrstuvwxyz'].map((last) => tag + last))
    .slice(0, 70);
  const email = Object.fromEntries(locales.map((locale) => [locale, mail(locale)]));
  const pages = pagesOf(gallery(['Shop', { sources: { SignUp: [{ email }] } }]));
  expect(pages.map(([name, html]) => [name, named(html, 'iframe').length])).toEqual([
    ['index.html', 0],
    ['sign-up.html', 60],
    ['sign-up-2.html', 60],
    ['sign-up-3.html', 20],
  ]);
});

test('a page names its one style sheet by a hash, and has no script, no style attribute and no handler', () => {
  for (const [, html] of pagesOf(gallery(['Shop', TWO_SOURCES]))) {
    const elements = elementsIn(html);
    const [style] = elements.filter(({ tagName }) => tagName === 'style');
    const [text] = childrenOf(style) as unknown as readonly [{ readonly value: string }];
    const policy = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy')!;
    const hash = createHash('sha256').update(text.value).digest('base64');
    expect(attribute(policy, 'content')).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(elements.some(({ tagName }) => tagName === 'script')).toBe(false);
    expect(elements.flatMap(({ attrs }) => attrs).filter(({ name }) => /^(on|style$)/.test(name))).toEqual([]);
    for (const frame of elements.filter(({ tagName }) => tagName === 'iframe')) {
      expect(frame.attrs).toContainEqual({ name: 'sandbox', value: '' });
      expect(attribute(frame, 'title')).not.toBe('');
    }
  }
});

test('whatever stands in templates, names, values and titles is text in the gallery', () => {
  const subject = `${HOSTILE_VALUE.slice(0, 60)}`;
  const files = gallery([
    HOSTILE_VALUE,
    {
      metadata: { [HOSTILE_VALUE]: { maxLength: 200, values: [HOSTILE_VALUE] } },
      sources: {
        [`SignUp${HOSTILE_VALUE}`]: [{ sms: { '': '{{code}}' } }],
        SignUp: [
          {
            name: HOSTILE_VALUE,
            when: { [HOSTILE_VALUE]: [HOSTILE_VALUE] },
            email: { '': { subject, html: HOSTILE_BODY }, '"><script>': { subject, html: HOSTILE_BODY } },
            sms: { '': '<script>alert(1)</script> {{code}}' },
          },
        ],
      },
    },
  ]);
  expect([...files.keys()]).toContain('frames/sign-up-v1-all-email.html');
  const plain = gallery(['Shop', TWO_SOURCES]);
  const vocabulary = (pages: Map<string, string>) =>
    new Set(pagesOf(pages).flatMap(([, html]) => elementsIn(html).map(({ tagName }) => tagName)));
  const known = new Set([...vocabulary(plain), 'details', 'summary']);
  expect([...vocabulary(files)].filter((tag) => !known.has(tag))).toEqual([]);
  expect([...files.keys()].every((name) => /^(frames\/)?[a-z0-9-]+\.html$/.test(name))).toBe(true);
});
