// `<!--`, a tag's name, or what a browser reads up to the next `>`: `<!doctype`, `<?xml`, `</…`. Any other `<` is text.
const MARKUP = /<(?:(?<comment>!--)|(?<close>\/?)(?<name>[a-z][^\s/>]*)|[!?/])/gi;

// An attribute's value after its `=`. A quote counts only where a value begins.
const VALUE = /\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*|(?=>))/y;

const END_OF_COMMENT = /--!?>/g;

// What stands in these is not read as ordinary text.
const RAW = ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext'];

/**
 * Where a piece of HTML leaves off: undefined in the text, where escaping `& < > " '` keeps a value a value, or in words the
 * place where it does not. It walks from one piece of markup to the next, as a browser's tokenizer would, and stops at the
 * first that is still open. HTML that browsers have to repair may count as markup for longer than they think it is.
 */
export function htmlPlace(html: string): string | undefined {
  let position = 0;
  for (;;) {
    const markup = find(MARKUP, html, position);
    if (!markup) return html.endsWith('<') ? 'a tag' : undefined;
    const { comment, close, name } = markup.groups ?? {};
    const start = markup.index + markup[0].length;
    if (comment) {
      // From the dashes that open it: `<!-->` is a whole comment.
      const end = find(END_OF_COMMENT, html, markup.index + 2);
      if (!end) return 'a comment';
      position = end.index + end[0].length;
      continue;
    }
    const end = name ? endOfTag(html, start) : html.indexOf('>', start) + 1;
    if (!end) return 'a tag';
    position = end;
    const element = name?.toLowerCase();
    if (element && !close && RAW.includes(element)) {
      const closing = find(new RegExp(`</${element}(?=[\\s/>]|$)`, 'gi'), html, position);
      if (!closing) return `<${element}>`;
      position = closing.index;
    }
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
