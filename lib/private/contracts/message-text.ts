/**
 * The language of a message's text: which variables it may hold and what Cognito and mail clients make of it. Synth holds
 * the templates to it, the function holds what it has rendered to it.
 */

/** What stands between `{{` and `}}`. */
export type Variable =
  | { readonly kind: 'code' }
  | { readonly kind: 'username' }
  | { readonly kind: 'clientMetadata'; readonly key: string }
  | { readonly kind: 'userAttributes'; readonly key: string };

// Letters, digits, `_`, `-` and the colon of `custom:`. No dot: the template language splits names at dots.
const CLIENT_METADATA = /^clientMetadata\.([\p{L}\p{M}\p{N}_:-]{1,128})$/u;
const USER_ATTRIBUTES = /^userAttributes\.([\p{L}\p{M}\p{N}_:-]{1,32})$/u;

export function parseVariable(name: string): Variable | undefined {
  if (name === 'code' || name === 'username') return { kind: name };
  const metadata = CLIENT_METADATA.exec(name);
  if (metadata) return { kind: 'clientMetadata', key: metadata[1] };
  const attribute = USER_ATTRIBUTES.exec(name);
  if (attribute) return { kind: 'userAttributes', key: attribute[1] };
  return undefined;
}

/**
 * The characters that Cognito refuses in a trigger's answer: all outside [\p{L}\p{M}\p{S}\p{N}\p{P}\s]. Cognito's `\s` is
 * taken as ASCII's white space alone; JavaScript's would let the byte-order mark pass.
 */
export const REFUSED_CHARACTERS = /[^\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\v\f\r ]/gu;

export const LINE_BREAKS = /[\n\v\f\r\u0085\u2028\u2029]/;

/** What Cognito reads as a placeholder: `{####}`, `{##Verify##}`, `{username}`; the first two by how they begin. */
export const CODE_LIKE = /\{##/;
export const USERNAME_LIKE = /\{\s*username\s*\}/i;

/** A stretch of text, and whether it came out of a variable that somebody outside the stack fills in. */
export interface TextPiece {
  readonly text: string;
  readonly isValue: boolean;
}

/**
 * Whether a value is, holds or completes something that a mail client links: a web or e-mail address. The pieces are read
 * as one text, so an address that comes together over a seam (`evil.` and `com`) counts as well.
 */
export function valueInAddress(pieces: readonly TextPiece[]): boolean {
  const spans: { readonly start: number; readonly end: number }[] = [];
  let joined = '';
  for (const { text, isValue } of pieces) {
    const start = joined.length;
    // Markup parts words as a blank does: an address in a tag's attribute is the template's own.
    joined += isValue ? text : text.replace(/[<>]/g, ' ');
    if (isValue) spans.push({ start, end: joined.length });
  }
  let next = 0;
  for (const { 0: word, index } of joined.matchAll(/\S+/g)) {
    while (next < spans.length && spans[next].end <= index) next++;
    if (next === spans.length) return false;
    if (spans[next].start < index + word.length && isAddressLike(word)) return true;
  }
  return false;
}

// Each without nested repetition, so that time grows with the length of the text alone.
const ADDRESSES: readonly RegExp[] = [
  /:\/\//, // https://…
  /\bwww\./i,
  /\b(?:mailto|tel|sms):/i,
  /\S@\S/, // an e-mail address
  /[^\s.]\.[\p{L}\p{M}]{2}/u, // evil.com
  /[^\s。]。[a-z]{2}/i, // evil。com; between other letters it ends a sentence
  /[^\s.]\.\p{N}*[\p{L}\p{M}][\p{L}\p{M}\p{N}]*\//u, // a.b/c
  /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/, // 192.0.2.1
];

function isAddressLike(word: string): boolean {
  // Full-width letters, dots and slashes are the plain ones to whoever follows the link.
  const plain = word.normalize('NFKC');
  return ADDRESSES.some((address) => address.test(plain));
}
