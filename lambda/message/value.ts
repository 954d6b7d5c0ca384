import { MAX_VALUE_LENGTH, type MessagePart } from '../../lib/private/contracts/message';
import { withoutAddresses } from '../../lib/private/contracts/message-addresses';
import { ENCODED_WORD, JOINERS, REFUSED_CHARACTERS } from '../../lib/private/contracts/message-text';

/**
 * A value as plain text on one line, of characters that Cognito accepts (and of joiners, which `escapeValue` writes in their
 * way): a lone surrogate or a bidirectional override would make it refuse the whole message, a line break would start a line
 * of a stranger's own. Blanks part what a mail client would link. Undefined where nothing is left, or where there is more
 * than a name or a campaign needs.
 */
export function plainValue(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_VALUE_LENGTH) return undefined;
  const text = value
    // Before the removal, which takes U+2028 and its like away; not `\s`, which holds the byte-order mark.
    .replace(/[\p{Z}\t\n\v\f\r\u0085]+/gu, ' ')
    .replace(REFUSED_CHARACTERS, (character, index: number, whole: string) =>
      joins(whole, character, index) ? character : '',
    )
    .trim();
  // A mark would join what stands before the value: the bracket of a tag, with a long solidus. So would a joiner.
  return withoutAddresses(text).replace(/^[\p{M}\p{Cf}\s]+/u, '') || undefined;
}

const BEFORE_JOINER = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
const AFTER_JOINER = /^[\p{L}\p{M}\p{Extended_Pictographic}]/u;

/** Whether it stands where writing needs a joiner: between two letters or emoji. */
function joins(text: string, character: string, index: number): boolean {
  return (
    character.search(JOINERS) === 0 &&
    BEFORE_JOINER.test(text.slice(Math.max(0, index - 2), index)) &&
    AFTER_JOINER.test(text.slice(index + 1, index + 3))
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Cognito looks for {####}, {##…##} and {username} in the text as it stands, before any entity is read.
  '{': '&#123;',
  '}': '&#125;',
  '#': '&#35;',
  // Cognito refuses format characters as such.
  '\u200C': '&#8204;',
  '\u200D': '&#8205;',
};

/** What the first letters of a value could turn into an entity or a tag. */
const OPEN_ENDED = /[&<]#?\w*$/;

/** Longer than the longest name of an entity. */
const OPEN_ENDED_LENGTH = 40;

/**
 * The value as it may stand in a part: no markup and, alone or beside its neighbours, no placeholder.
 *
 * @param before the part up to the value
 */
export function escapeValue(part: MessagePart, value: string, before: string): string {
  if (part !== 'html') {
    return value.replace(JOINERS, '').replaceAll('{', '(').replaceAll('}', ')').replaceAll(ENCODED_WORD, '= ?');
  }
  const escape = (text: string): string => text.replace(/[&<>"'{}#\u200C\u200D]/g, (character) => ENTITIES[character]);
  if (!OPEN_ENDED.test(before.slice(-OPEN_ENDED_LENGTH))) return escape(value);
  const [first] = value;
  return `&#${first.codePointAt(0)};${escape(value.slice(first.length))}`;
}
