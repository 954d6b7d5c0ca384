import { MAX_VALUE_LENGTH, type MessagePart } from '../../lib/private/contracts/message';
import { REFUSED_CHARACTERS } from '../../lib/private/contracts/message-text';

/**
 * A value as plain text on one line, of characters that Cognito accepts: a lone surrogate or a bidirectional override would
 * make it refuse the whole message, a line break would start a line of a stranger's own. Undefined where nothing is left,
 * or where there is more than a name or a campaign needs.
 */
export function plainValue(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_VALUE_LENGTH) return undefined;
  const text = value
    // Before the removal, which takes U+2028 and its like away; not `\s`, which holds the byte-order mark.
    .replace(/[\p{Z}\t\n\v\f\r\u0085]+/gu, ' ')
    .replace(REFUSED_CHARACTERS, '')
    // A mark would join what stands before the value: the bracket of a tag, with a long solidus.
    .replace(/^[\p{M}\s]+/u, '')
    .trim();
  return text === '' ? undefined : text;
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
  // After an ampersand of the template's own, it would make an entity.
  '#': '&#35;',
};

/** The value as it may stand in a part: no markup and, alone or beside its neighbours, no placeholder. */
export function escapeValue(part: MessagePart, value: string): string {
  if (part === 'html') return value.replace(/[&<>"'{}#]/g, (character) => ENTITIES[character]);
  // `=?` begins an encoded word, which a mail client decodes after all checks.
  return value.replaceAll('{', '(').replaceAll('}', ')').replaceAll('=?', '= ?');
}
