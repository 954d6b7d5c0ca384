/** What mail clients will make of an e-mail. */
import { attribute, childrenOf, type Document, type Element, elementsOf, parseHtml, stylesOf } from '../html';
import { localeNames } from '../locale-name';
import { count, type Finding, list, note, warning } from './finding';
import { markupFindings } from './markup';

/** A phone's inbox shows some forty characters of a subject, a desk's some sixty. */
const LONG_SUBJECT = 60;

export function subjectFindings(subject: string): Finding[] {
  const { length } = [...subject];
  if (length <= LONG_SUBJECT) return [];
  return [
    note(
      'Long subject',
      `The subject has ${length} characters; phones cut it after some 40, desks after some ${LONG_SUBJECT}.`,
    ),
  ];
}

export function bodyFindings(html: string, locale: string): Finding[] {
  const document = parseHtml(html);
  const elements = [...elementsOf(document)];
  return [
    ...languageFindings(document, locale),
    ...resourceFindings(document, elements),
    ...activeFindings(elements),
    ...pictureFindings(elements),
    ...linkFindings(elements),
    ...markupFindings(html),
  ];
}

/** The language that the whole message is declared to be in: by its root or by the one element around all of it. */
function languageFindings(document: Document, locale: string): Finding[] {
  const root = childrenOf(document).find((node): node is Element => 'tagName' in node);
  const body = root && childrenOf(root).find((node): node is Element => 'tagName' in node && node.tagName === 'body');
  const outer = body ? childrenOf(body).filter((node): node is Element => 'tagName' in node) : [];
  const lang = [root, body, ...outer.slice(0, 1)]
    .map((element) => element && attribute(element, 'lang'))
    .find((value) => value !== undefined);
  if (lang === undefined) {
    const example = locale === '' ? 'en' : locale;
    return [
      note(
        'No language',
        `Nothing says what language this is in, so screen readers guess: write it on the outermost element (lang="${example}").`,
      ),
    ];
  }
  if (locale === '' || lang.split('-')[0].toLowerCase() === locale.split('-')[0]) return [];
  return [
    warning(
      'Wrong language',
      `The e-mail says lang="${lang}", and is the text for ${localeNames(locale).english}: write lang="${localeNames(locale).tag}".`,
    ),
  ];
}

const SOURCES = ['src', 'background', 'poster', 'data'];

function resourceFindings(document: Document, elements: readonly Element[]): Finding[] {
  const named = elements.flatMap((element) => [
    ...SOURCES.map((name) => attribute(element, name) ?? ''),
    ...(attribute(element, 'srcset') ?? '').split(',').map((candidate) => candidate.trim().split(/\s/)[0]),
    ...(element.tagName === 'link' ? [attribute(element, 'href') ?? ''] : []),
  ]);
  const addresses = [...named, ...stylesOf(document).flatMap(addressesIn)].filter((address) => address.trim() !== '');
  const remote = addresses.map(hostOf).filter((host) => host !== undefined);
  const attached = addresses.filter((address) => /^cid:/i.test(address.trim()));
  return [
    ...(remote.length > 0
      ? [
          warning(
            'Remote content',
            `It loads ${count(remote.length, 'resource')} from ${list([...new Set(remote)])}: many clients show none until asked, and neither does this page.`,
          ),
        ]
      : []),
    ...(attached.length > 0
      ? [
          warning(
            'Attached content',
            'It shows an attachment (cid:), and what Cognito sends has none: use a data: or https: address.',
          ),
        ]
      : []),
  ];
}

/** What a style sheet loads; parse5 reads no CSS. */
const addressesIn = (css: string): string[] =>
  [...css.matchAll(/url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)/gi)].map(([, url, sheet]) => url ?? sheet);

/** The host of whatever is not in the message itself. */
function hostOf(address: string): string | undefined {
  try {
    const url = new URL(address.trim(), 'https://relative.invalid');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
    return url.hostname === 'relative.invalid' ? 'a relative address' : url.hostname;
  } catch {
    return undefined;
  }
}

const ACTIVE = [
  'script',
  'iframe',
  'frame',
  'object',
  'embed',
  'applet',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'video',
  'audio',
  'canvas',
  'base',
];

function activeFindings(elements: readonly Element[]): Finding[] {
  const tags = new Set(elements.map(({ tagName }) => tagName).filter((name) => ACTIVE.includes(name)));
  const isRefresh = (element: Element) => attribute(element, 'http-equiv')?.toLowerCase() === 'refresh';
  const handlers = new Set(
    elements.flatMap(({ attrs }) => attrs.map(({ name }) => name).filter((name) => /^on[a-z]+$/.test(name))),
  );
  const found = [
    ...[...tags].map((tag) => `<${tag}>`),
    ...(elements.some(isRefresh) ? ['<meta http-equiv="refresh">'] : []),
    ...[...handlers].map((name) => `${name}="…"`),
    ...(elements.some((element) => /^\s*javascript:/i.test(attribute(element, 'href') ?? ''))
      ? ['javascript: links']
      : []),
  ];
  if (found.length === 0) return [];
  return [
    warning(
      'Active content',
      `Mail clients take out or refuse ${list(found)}, and some hold such a message for harmful.`,
    ),
  ];
}

function pictureFindings(elements: readonly Element[]): Finding[] {
  const mute = elements.filter((element) => element.tagName === 'img' && attribute(element, 'alt') === undefined);
  if (mute.length === 0) return [];
  return [
    warning(
      'Image without alt',
      `${count(mute.length, 'image has', 'images have')} no alt text: where images are off, or read out, there is nothing (a mere ornament takes alt="").`,
    ),
  ];
}

function linkFindings(elements: readonly Element[]): Finding[] {
  const plain = elements
    .filter(({ tagName }) => tagName === 'a' || tagName === 'area')
    .filter((element) => /^\s*http:/i.test(attribute(element, 'href') ?? ''));
  if (plain.length === 0) return [];
  const hosts = new Set(
    plain.map((element) => hostOf(attribute(element, 'href')!) ?? 'an address that cannot be read'),
  );
  return [
    warning(
      'Unencrypted link',
      `${count(plain.length, 'link goes', 'links go')} to ${list([...hosts])} by http: make it https.`,
    ),
  ];
}
