/**
 * The language of a message's text: which variables it may hold and what Cognito and mail clients make of it. Synth holds
 * the templates to it, the function holds what it has rendered to it.
 */

/** What stands between `{{` and `}}`. */
export type Variable =
  | { readonly kind: 'code' }
  | { readonly kind: 'username' }
  | { readonly kind: 'link' }
  | { readonly kind: 'clientMetadata'; readonly key: string }
  | { readonly kind: 'userAttributes'; readonly key: string };

// Letters, digits, `_`, `-` and the colon of `custom:`. No dot: the template language splits names at dots.
const CLIENT_METADATA = /^clientMetadata\.([\p{L}\p{M}\p{N}_:-]{1,128})$/u;
const USER_ATTRIBUTES = /^userAttributes\.([\p{L}\p{M}\p{N}_:-]{1,32})$/u;

export function parseVariable(name: string): Variable | undefined {
  if (name === 'code' || name === 'username' || name === 'link') return { kind: name };
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

/** The zero-width joiner and non-joiner: format characters that Persian, Hindi and many an emoji cannot do without. */
export const JOINERS = /[\u200C\u200D]/g;

/** Begins an encoded word, which a mail client decodes after all checks of a subject. */
export const ENCODED_WORD = '=?';

export const LINE_BREAKS = /[\n\v\f\r\u0085\u2028\u2029]/;

/** What Cognito reads as a placeholder: `{####}`, `{##Verify##}`, `{username}`; the first two by how they begin. */
export const CODE_LIKE = /\{##/;
export const USERNAME_LIKE = /\{\s*username\s*\}/i;
