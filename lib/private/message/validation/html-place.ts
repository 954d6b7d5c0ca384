// `<!--`, a tag's name, or what a browser reads up to the next `>`: `<!doctype`, `<?xml`, `</…`. Any other `<` is text.
const MARKUP = /<(?:(?<comment>!--)|(?<close>\/?)(?<name>[a-z][^\s/>]*)|[!?/])/gi;

// An attribute's value after its `=`. A quote counts only where a value begins.
const VALUE = /\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*|(?=>))/y;

const END_OF_COMMENT = /--!?>/g;

// What stands in these is not read as ordinary text.
const RAW = ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext'];

/** A stretch of HTML that is no text, by the first and the last position before which a reader is in it. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly place: string;
}

/**
 * Where in a piece of HTML a position is: undefined in the text, where escaping `& < > " '` keeps a value a value, or in words
 * the place where it does not.
 */
export function htmlPlaces(html: string): (position: number) => string | undefined {
  const spans = [...markup(html)];
  return (position) => {
    let [from, to] = [0, spans.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (spans[middle].from <= position) from = middle + 1;
      else to = middle;
    }
    const span = from > 0 ? spans[from - 1] : undefined;
    if (span && position <= span.to) return span.place;
    // What follows might make it one.
    return html[position - 1] === '<' ? 'a tag' : undefined;
  };
}

/** Where a piece of HTML leaves off. */
export const htmlPlace = (html: string): string | undefined => htmlPlaces(html)(html.length);

/** The markup that a piece of HTML never closes, and where it opens: a browser takes all that follows for a part of it. */
export function openMarkup(html: string): { readonly position: number; readonly place: string } | undefined {
  const last = [...markup(html)].pop();
  return last?.to === Infinity ? { position: last.from - 1, place: last.place } : undefined;
}

/**
 * Walks from one piece of markup to the next, as a browser's tokenizer would. HTML that browsers have to repair may count as
 * markup for longer than they think it is.
 */
function* markup(html: string): Generator<Span> {
  let position = 0;
  for (;;) {
    const found = find(MARKUP, html, position);
    if (!found) return;
    const { comment, close, name } = found.groups ?? {};
    const from = found.index + 1;
    const start = found.index + found[0].length;
    if (comment) {
      // From the dashes that open it: `<!-->` is a whole comment.
      const end = find(END_OF_COMMENT, html, found.index + 2);
      position = end ? end.index + end[0].length : Infinity;
    } else {
      position = (name ? endOfTag(html, start) : html.indexOf('>', start) + 1) || Infinity;
    }
    yield { from, to: position - 1, place: comment ? 'a comment' : 'a tag' };
    const element = name?.toLowerCase();
    if (element && !close && RAW.includes(element)) {
      const closing = find(new RegExp(`</${element}(?=[\\s/>]|$)`, 'gi'), html, position);
      yield { from: position, to: closing?.index ?? Infinity, place: `<${element}>` };
      position = closing?.index ?? Infinity;
    }
    if (position >= html.length) return;
  }
}

/** The position after a tag's `>`, which does not count inside a value; undefined where the tag is open. */
function endOfTag(html: string, from: number): number | undefined {
  let position = from;
  for (;;) {
    const mark = find(/[>=]/g, html, position);
    if (!mark) return undefined;
    position = mark.index + 1;
    if (mark[0] === '>') return position;
    const value = find(VALUE, html, position);
    if (!value) return undefined;
    position += value[0].length;
  }
}

function find(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}
