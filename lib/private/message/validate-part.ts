import { isAttribute, STANDARD_NAMES } from '../attribute-names';
import { MESSAGE_LIMITS, type MessagePart } from '../contracts/message';
import {
  CODE_LIKE,
  LINE_BREAKS,
  REFUSED_CHARACTERS,
  USERNAME_LIKE,
  valueInAddress,
  type Variable,
} from '../contracts/message-text';
import { htmlPlace } from './html-place';
import { readSyntax, type SyntaxPiece } from './syntax';

/** What Cognito fills in after the function has answered, as it stands in the answer. */
const PLACEHOLDERS = { code: '{####}', username: '{username}' };

/** Attributes whose values are addresses, which a message never repeats. */
const ADDRESS_ATTRIBUTES = ['email', 'picture', 'profile', 'website'];

/**
 * All that is wrong with one text of a template.
 *
 * @param invitation whether it goes to a user whom an administrator creates, and so must carry the user name
 */
export function validateMessagePart(part: MessagePart, text: string, invitation: boolean): string[] {
  const { pieces, findings } = readSyntax(text);
  const literals = pieces.map((piece) => ('literal' in piece ? piece.literal : ' ')).join('');
  return [
    ...findings,
    ...(part === 'subject' ? validateSubject(pieces, literals, invitation) : missing(pieces, findings, invitation)),
    ...literalPlaceholders(literals),
    ...refusedCharacters(part, literals),
    // A length or a place is only known of a text that could be read.
    ...(findings.length === 0 ? [...length(part, pieces, invitation), ...addresses(pieces, invitation)] : []),
    ...(findings.length === 0 && part === 'html' ? places(pieces) : []),
    ...unknownAttributes(pieces),
  ];
}

function validateSubject(pieces: readonly SyntaxPiece[], literals: string, invitation: boolean): string[] {
  const unfilled = [...new Set(variables(pieces).map(({ kind }) => kind))].filter(
    (kind) => kind === 'code' || (invitation && kind === 'username'),
  );
  return [
    ...unfilled.map((kind) => `{{${kind}}} is not filled into subjects by Cognito: put it into html alone`),
    ...(LINE_BREAKS.test(literals) ? ['has a line break: write it on one line'] : []),
  ];
}

function missing(pieces: readonly SyntaxPiece[], findings: readonly string[], invitation: boolean): string[] {
  // What could not be read may hold what seems to be missing.
  if (findings.length > 0 && pieces.length === 0) return [];
  const kinds = variables(pieces).map(({ kind }) => kind);
  return [
    ...(kinds.includes('code')
      ? []
      : ['lacks {{code}}, which every message must hold: put it where the code shall stand']),
    ...(kinds.includes('username') || !invitation
      ? []
      : ['lacks {{username}}, which an invitation must hold beside the code: put it where the user name shall stand']),
  ];
}

function literalPlaceholders(literals: string): string[] {
  return [
    ...(CODE_LIKE.test(literals)
      ? ['holds a literal placeholder of Cognito ({####} or {##…##}), which may change: write {{code}}']
      : []),
    ...(USERNAME_LIKE.test(literals)
      ? ['holds the literal placeholder {username}, which may change: write {{username}}']
      : []),
  ];
}

function refusedCharacters(part: MessagePart, literals: string): string[] {
  const found = [...new Set(literals.match(REFUSED_CHARACTERS))];
  if (found.length === 0) return [];
  const names = found.slice(0, 5).map((character) => codePoint(character).toString(16).toUpperCase().padStart(4, '0'));
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  const remedy =
    part === 'html' ? `write them as HTML entities, such as &#x${names[0]};` : 'leave them out, or use a plain blank';
  return [`holds characters that Cognito refuses (${names.map((name) => `U+${name}`).join(', ')}${more}): ${remedy}`];
}

const codePoint = (character: string): number => character.codePointAt(0) as number;

/** By the shortest that it can become: a value has one character at least. */
function length(part: MessagePart, pieces: readonly SyntaxPiece[], invitation: boolean): string[] {
  const { min, max } = MESSAGE_LIMITS[part];
  const shortest = sample(pieces, invitation, 'x');
  const size = shortest.map(({ text }) => text.length).reduce((sum, next) => sum + next, 0);
  if (size > max) {
    return [`is ${size} characters long with its placeholders, and Cognito takes ${max} at most: shorten it`];
  }
  const filled = shortest.some(({ isValue }) => isValue);
  if (!filled && size < min) return [`is too short (${size}), and Cognito wants ${min} at least: write more`];
  if (!filled && shortest.every(({ text }) => text.trim() === ''))
    return ['is blank: write something, or leave it out'];
  return [];
}

function addresses(pieces: readonly SyntaxPiece[], invitation: boolean): string[] {
  const named = variables(pieces).flatMap((variable) =>
    variable.kind === 'userAttributes' && ADDRESS_ATTRIBUTES.includes(variable.key) ? [variable.key] : [],
  );
  return [
    ...[...new Set(named)].map(
      (name) =>
        `{{userAttributes.${name}}} is an address, which mail clients link and messages never repeat: leave it out`,
    ),
    // Two letters can be the end of a domain.
    ...(valueInAddress(sample(pieces, invitation, 'xx'))
      ? ['has a variable as part of a web or e-mail address, which mail clients link: part them by a blank']
      : []),
  ];
}

/** Cognito calls attributes by other names than aws-cdk-lib does. */
function unknownAttributes(pieces: readonly SyntaxPiece[]): string[] {
  const keys = variables(pieces).flatMap((variable) => (variable.kind === 'userAttributes' ? [variable.key] : []));
  return [...new Set(keys)]
    .filter((key) => key !== 'sub' && !key.includes(':') && !Object.values(STANDARD_NAMES).includes(key))
    .map((key) => {
      const name = isAttribute(key) ? STANDARD_NAMES[key] : `custom:${key}`;
      return `{{userAttributes.${key}}} is no attribute by Cognito's names: write {{userAttributes.${name}}}`;
    });
}

/** The text with something in the place of its variables. */
function sample(pieces: readonly SyntaxPiece[], invitation: boolean, value: string) {
  return pieces.map((piece) => {
    if ('literal' in piece) return { text: piece.literal, isValue: false };
    const { kind } = piece.variable;
    if (kind === 'code' || (kind === 'username' && invitation)) return { text: PLACEHOLDERS[kind], isValue: false };
    return { text: value, isValue: true };
  });
}

function places(pieces: readonly SyntaxPiece[]): string[] {
  const findings = new Set<string>();
  let before = '';
  for (const piece of pieces) {
    if ('literal' in piece) {
      before += piece.literal;
      continue;
    }
    const place = htmlPlace(before);
    if (place)
      findings.add(`{{${piece.name}}} stands inside ${place}, where escaping does not hold: put it into the text`);
    before += 'x';
  }
  return [...findings];
}

function variables(pieces: readonly SyntaxPiece[]): Variable[] {
  return pieces.flatMap((piece) => ('variable' in piece ? [piece.variable] : []));
}
