/**
 * A message's HTML as a document that may lie in a gallery: it looks as it did, loads nothing, leads nowhere and runs
 * nothing. The frame around it is sandboxed and the policy within forbids all requests; what neither of them stops (a link
 * that is followed, a name that is looked up ahead, a refresh) is taken out of the tree.
 */
import { defaultTreeAdapter, html as names } from 'parse5';
import { attribute, childrenOf, type Document, type Element, elementsOf, parseHtml, writeHtml } from '../html';
import { escapeHtml } from './escape';

export const FRAME_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/** Writing a tree and reading it again may give another tree. Beyond this, somebody means it so. */
const MAX_ROUNDS = 8;

export function frameDocument(html: string): string {
  let text = html;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const document = parseHtml(text);
    disarm(document);
    const written = writeHtml(document);
    if (written === text) return written;
    text = written;
  }
  const shown = `<pre>${escapeHtml(html)}</pre>`;
  return `<!DOCTYPE html><html><head>${POLICY_TAGS}</head><body>${shown}</body></html>`;
}

const POLICY_TAGS = [
  `<meta http-equiv="Content-Security-Policy" content="${FRAME_POLICY}">`,
  '<meta charset="utf-8">',
  '<meta name="referrer" content="no-referrer">',
].join('');

function disarm(document: Document): void {
  // The list is made before the tree changes: what stands in a removed element no longer matters.
  for (const element of [...elementsOf(document)]) {
    if (isRemoved(element)) defaultTreeAdapter.detachNode(element);
    else if (element.tagName === 'noscript') unwrap(element);
    else disarmElement(element);
  }
  const head = [...elementsOf(document)].find(({ tagName }) => tagName === 'head')!;
  const first = childrenOf(head)[0];
  for (const tag of childrenOf(childrenOf(parseHtml(POLICY_TAGS))[0]).flatMap(childrenOf)) {
    if (first) defaultTreeAdapter.insertBefore(head, tag, first);
    else defaultTreeAdapter.appendChild(head, tag);
  }
}

const REMOVED = [
  ...[
    'script',
    'link',
    'base',
    'iframe',
    'frame',
    'frameset',
    'fencedframe',
    'portal',
    'object',
    'embed',
    'applet',
    'param',
  ],
  // They can put a link into an element's attribute, without any script.
  ...['set', 'animate', 'animatemotion', 'animatetransform', 'discard'],
];

function isRemoved(element: Element): boolean {
  const name = element.tagName.toLowerCase();
  if (name === 'meta') {
    const is = (...attributes: string[]) => attributes.some((key) => attribute(element, key) !== undefined);
    return is('http-equiv', 'charset') || attribute(element, 'name')?.toLowerCase() === 'referrer';
  }
  return REMOVED.includes(name);
}

function unwrap(element: Element): void {
  for (const child of childrenOf(element)) {
    defaultTreeAdapter.detachNode(child);
    defaultTreeAdapter.insertBefore(element.parentNode!, child, element);
  }
  defaultTreeAdapter.detachNode(element);
}

/** What sends something, opens something, takes the keyboard or loads something. */
const DROPPED = [
  ...['target', 'ping', 'download', 'action', 'formaction', 'autofocus', 'accesskey', 'attributionsrc', 'srcset'],
  ...['imagesrcset', 'poster', 'background', 'lowsrc', 'dynsrc', 'manifest', 'codebase', 'srcdoc', 'nonce'],
];

/** A picture that has not been loaded, as most mail clients show it: its frame and its alternative text. */
const NO_PICTURE = 'data:,';

/** Leads to no place: a link stays one, in its colours, and a click on it does nothing. */
const NOWHERE = '#_';

function disarmElement(element: Element): void {
  // Whatever follows it would be its text, and there is no way to write that down.
  if (element.tagName === 'plaintext') element.tagName = element.nodeName = 'pre';
  const where = linkOf(element);
  element.attrs = element.attrs.flatMap((attr) => {
    const name = attr.name.toLowerCase();
    if (name.startsWith('on') || DROPPED.includes(name)) return [];
    if (name === 'src') {
      if (isData(attr.value)) return [attr];
      return ['img', 'input'].includes(element.tagName) ? [{ ...attr, value: NO_PICTURE }] : [];
    }
    if (name === 'href' || name === 'xlink:href') {
      if (attr.value.startsWith('#')) return [attr];
      if (['image', 'feImage'].includes(element.tagName)) return isData(attr.value) ? [attr] : [];
      return [{ ...attr, value: NOWHERE }];
    }
    return [attr];
  });
  if (where !== undefined && attribute(element, 'title') === undefined) {
    element.attrs.push({ name: 'title', value: where });
  }
}

/** Where a link of the message's would lead: shown when somebody points at it. */
function linkOf(element: Element): string | undefined {
  if (element.tagName !== 'a' || element.namespaceURI !== names.NS.HTML) return undefined;
  const href = attribute(element, 'href');
  return href === undefined || href.startsWith('#') ? undefined : href;
}

const isData = (value: string): boolean => /^data:(image\/|,)/i.test(value.trim());
