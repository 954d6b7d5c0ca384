/** A message's HTML as a tree: nothing here looks at markup with regular expressions. */
import { defaultTreeAdapter, type DefaultTreeAdapterMap, parse, serialize } from 'parse5';

export type Document = DefaultTreeAdapterMap['document'];
export type Element = DefaultTreeAdapterMap['element'];
export type Node = DefaultTreeAdapterMap['node'];
type Child = DefaultTreeAdapterMap['childNode'];
type Parent = DefaultTreeAdapterMap['parentNode'];

// Mail clients run no scripts, so what stands in a noscript element is there.
export const parseHtml = (html: string): Document => parse(html, { scriptingEnabled: false });
export const writeHtml = (document: Document): string => serialize(document, { scriptingEnabled: false });

/** All elements below a node in the order of the text, those of templates included. */
export function* elementsOf(node: Node): Generator<Element> {
  for (const child of childrenOf(node)) {
    if (defaultTreeAdapter.isElementNode(child)) yield child;
    yield* elementsOf(child);
  }
}

export function childrenOf(node: Node): readonly Child[] {
  if ('content' in node) return [...node.content.childNodes]; // a template's
  return 'childNodes' in node ? [...(node as Parent).childNodes] : [];
}

export const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((attr) => attr.name === name)?.value;

const INVISIBLE = ['head', 'style', 'script', 'template', 'title', 'textarea', 'iframe', 'noframes', 'noembed'];
const INLINE = [
  'a',
  'abbr',
  'b',
  'big',
  'code',
  'em',
  'font',
  'i',
  'kbd',
  'mark',
  'q',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'tt',
  'u',
  'var',
  'wbr',
];

/** What is there to read, on one line. */
export function readableText(document: Document): string {
  return textOf(document).replace(/\s+/g, ' ').trim();
}

function textOf(node: Node): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  if (defaultTreeAdapter.isElementNode(node) && INVISIBLE.includes(node.tagName)) return '';
  const text = childrenOf(node).map(textOf).join('');
  return defaultTreeAdapter.isElementNode(node) && !INLINE.includes(node.tagName) ? ` ${text} ` : text;
}

/** The text of the style sheets and of the style attributes. */
export function stylesOf(document: Document): string[] {
  return [...elementsOf(document)].flatMap((element) => {
    const style = attribute(element, 'style');
    const sheet = element.tagName === 'style' ? childrenOf(element).filter(defaultTreeAdapter.isTextNode) : [];
    return [...(style === undefined ? [] : [style]), ...sheet.map(({ value }) => value)];
  });
}
