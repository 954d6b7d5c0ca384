/** A tag that keeps a text from being read. */
export interface BrokenTag {
  readonly start: number;
  readonly finding: string;
}

/** Longer tags are most likely a `{{` whose end is missing. */
const SHOWN = 40;

/** A tag on one line, as far as an author needs it to find it. */
export function shownTag(tag: string): string {
  const line = tag.replace(/\s+/g, ' ').trim();
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}

export const OTHER_DELIMITERS = 'changes the delimiters, which messages do not do: keep {{ and }}';
export const RAW_FORM = 'is a raw form, and a value is always escaped: write two braces and no &';

const OPENING = /\{\{\s*([#^/>{&=!]?)\s*/y;

/**
 * The tag for which mustache gives up. Its own messages give the end of the text as the place of what is not closed, and an
 * author looks for the beginning.
 */
export function brokenTag(text: string): BrokenTag | undefined {
  const sections: { readonly start: number; readonly tag: string; readonly name: string }[] = [];
  const unclosed = (before: string): BrokenTag | undefined => {
    const section = sections.pop();
    return (
      section && {
        start: section.start,
        finding: `${section.tag} is not closed: write {{/${shownTag(section.name)}}} where the section ends${before}`,
      }
    );
  };
  for (let position = 0; ;) {
    const start = text.indexOf('{{', position);
    if (start < 0) return unclosed('');
    OPENING.lastIndex = start;
    const [opening, kind] = OPENING.exec(text)!;
    const end = text.indexOf(kind === '{' ? '}}}' : '}}', start + opening.length);
    position = end + (kind === '{' ? 3 : 2);
    const tag = shownTag(text.slice(start, end < 0 ? undefined : position));
    if (kind === '=') return { start, finding: `${tag} ${OTHER_DELIMITERS}` };
    if (end < 0) {
      return { start, finding: kind === '{' ? `${tag} ${RAW_FORM}` : `${tag} is not closed: write }} after the name` };
    }
    const name = text.slice(start + opening.length, end).trim();
    if (kind === '#' || kind === '^') sections.push({ start, tag, name });
    if (kind !== '/') continue;
    if (sections.length === 0) {
      return {
        start,
        finding: `${tag} closes no section: write {{#${shownTag(name)}}} where it begins, or leave it out`,
      };
    }
    if (sections[sections.length - 1].name !== name) return unclosed(`, before ${tag}`);
    sections.pop();
  }
}
