/** HTML that browsers have to repair, each in a way of its own. */
import { html as spec, parse } from 'parse5';
import { type Element, elementsOf } from '../html';
import { type Finding, list, warning } from './finding';

/** What nobody has to close. */
const END_IS_OPTIONAL = (
  'area base body br col colgroup dd dt embed head hr html img input li link meta optgroup option p param rp rt source tbody td ' +
  'tfoot th thead tr track wbr'
).split(' ');

/** A quote that is missing makes names of attributes out of what stands behind it. */
const QUOTES: readonly string[] = ['unexpected-character-in-attribute-name'];

export function markupFindings(html: string): Finding[] {
  let misquoted = 0;
  const document = parse(html, {
    scriptingEnabled: false,
    sourceCodeLocationInfo: true,
    onParseError: ({ code }) => void (misquoted += QUOTES.includes(code) ? 1 : 0),
  });
  const open = [...new Set([...elementsOf(document)].filter(isOpen).map(({ tagName }) => `<${tagName}>`))];
  return [
    ...(open.length > 0
      ? [
          warning(
            'Open element',
            `${list(open)} ${open.length === 1 ? 'is' : 'are'} not closed, or closed in the wrong place: clients end them where they like.`,
          ),
        ]
      : []),
    ...(misquoted > 0
      ? [warning('Broken tag', `A tag holds quotes where none belong (${misquoted}): one is missing before.`)]
      : []),
  ];
}

/** Elements that the parser has added itself have no tag at all. */
const isOpen = ({ tagName, namespaceURI, sourceCodeLocation: location }: Element): boolean =>
  namespaceURI === spec.NS.HTML &&
  location?.startTag !== undefined &&
  location.endTag === undefined &&
  !END_IS_OPTIONAL.includes(tagName);
