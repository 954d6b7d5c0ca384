import {
  INVITATION_SOURCE,
  LINK_SOURCES,
  MESSAGE_LIMITS,
  type MessagePart,
  type PieceWire,
  type Reason,
} from '../../lib/private/contracts/message';
import { type TextPiece, valueInAddress } from '../../lib/private/contracts/message-addresses';
import {
  CODE_LIKE,
  ENCODED_WORD,
  LINE_BREAKS,
  parseVariable,
  REFUSED_CHARACTERS,
  USERNAME_LIKE,
  type Variable,
} from '../../lib/private/contracts/message-text';
import { type MessageFacts, own } from './event';
import { escapeValue, plainValue } from './value';

/** Why a part keeps Cognito's own words. Names only, never a value. */
export interface Refusal {
  readonly part: MessagePart;
  readonly reason: Reason;
  readonly variable?: string;
}

/** `{####}` or `{username}`, or what may come in their place: no markup, on one line. */
const PLACEHOLDER = /^\{[^{}<>&"'\p{C}\p{Zl}\p{Zp}]{1,64}\}$/u;

/** `{##…##}` around whatever label the pool's owner has chosen. */
const LINK_PLACEHOLDER = /^\{##[^{}\p{C}\p{Zl}\p{Zp}]{0,256}##\}$/u;

interface Piece {
  readonly text: string;
  readonly kind: 'literal' | 'value' | 'code' | 'username' | 'link';
}

/**
 * The text that a part becomes, or why it cannot be sent: Cognito would refuse the caller's whole sign-up or update for a
 * message that breaks one of its rules.
 *
 * @param facts with declared metadata only
 */
export function renderPart(part: MessagePart, template: readonly PieceWire[], facts: MessageFacts): string | Refusal {
  const pieces: Piece[] = [];
  const refusal = fill(pieces, part, template, facts);
  if (refusal) return refusal;
  if (valueInAddress(pieces.map(seen))) return { part, reason: 'Address' };
  let text = '';
  for (const piece of pieces) {
    text += piece.kind === 'value' ? escapeValue(part, piece.text, text) : piece.text;
    if (text.length > MESSAGE_LIMITS[part].max) return { part, reason: 'Length' };
  }
  const reason = brokenRule(part, text, pieces, facts);
  return reason ? { part, reason } : text;
}

/** A temporary password or a link's words may end an address as well as begin one. */
const seen = ({ text, kind }: Piece): TextPiece => ({
  text: kind === 'literal' || kind === 'value' ? text : 'xx',
  isValue: kind === 'value',
});

function fill(
  pieces: Piece[],
  part: MessagePart,
  template: readonly PieceWire[],
  facts: MessageFacts,
): Refusal | undefined {
  for (const piece of template) {
    if (typeof piece === 'string') {
      pieces.push({ kind: 'literal', text: piece });
      continue;
    }
    const [kind, name, inner] = piece;
    const variable = parseVariable(name);
    // Synth has refused it.
    if (!variable) return { part, reason: 'Error', variable: name };
    if (kind === 'value') {
      const filled = fillVariable(part, variable, name, facts);
      if ('reason' in filled) return filled;
      pieces.push(filled);
      continue;
    }
    const isThere = plainValue(valueOf(variable, facts)) !== undefined;
    const refusal = isThere === (kind === 'if') ? fill(pieces, part, inner, facts) : undefined;
    if (refusal) return refusal;
  }
  return undefined;
}

function fillVariable(part: MessagePart, variable: Variable, name: string, facts: MessageFacts): Piece | Refusal {
  const { kind } = variable;
  if (isPlaceholder(variable, facts)) {
    const text = placeholderOf(part, kind as keyof typeof PARAMETERS, facts);
    return text === undefined ? { part, reason: 'NoPlaceholder', variable: name } : { kind: kind as 'code', text };
  }
  const value = plainValue(valueOf(variable, facts));
  return value === undefined ? { part, reason: 'NoValue', variable: name } : { kind: 'value', text: value };
}

const PARAMETERS = { code: 'codeParameter', username: 'usernameParameter', link: 'linkParameter' } as const;

/** An invitation must carry Cognito's own placeholder for the user name, which no other message has. */
const isPlaceholder = ({ kind }: Variable, { source }: MessageFacts): boolean =>
  kind === 'code' || kind === 'link' || (kind === 'username' && source === INVITATION_SOURCE);

/** Cognito fills placeholders into bodies, not into subjects, and a link into some e-mails alone. */
function placeholderOf(part: MessagePart, kind: keyof typeof PARAMETERS, facts: MessageFacts): string | undefined {
  if (part === 'subject') return undefined;
  if (kind === 'link' && (part === 'sms' || !LINK_SOURCES.includes(facts.source))) return undefined;
  const parameter = facts[PARAMETERS[kind]];
  const pattern = kind === 'link' ? LINK_PLACEHOLDER : PLACEHOLDER;
  return typeof parameter === 'string' && pattern.test(parameter) ? parameter : undefined;
}

function valueOf(variable: Variable, facts: MessageFacts): unknown {
  switch (variable.kind) {
    case 'code':
    case 'link':
      return undefined;
    case 'username':
      return facts.userName;
    default:
      return own(facts[variable.kind], variable.key);
  }
}

/** The last look at what would be sent: whatever got here, Cognito must be able to send it. */
function brokenRule(
  part: MessagePart,
  text: string,
  pieces: readonly Piece[],
  facts: MessageFacts,
): Reason | undefined {
  const placeholders = pieces.filter(({ kind }) => kind !== 'literal' && kind !== 'value');
  if (part !== 'subject') {
    const kinds = placeholders.map(({ kind }) => kind);
    if (!kinds.includes('code') && !kinds.includes('link')) return 'NoPlaceholder';
    if (facts.source === INVITATION_SOURCE && !kinds.includes('username')) return 'NoPlaceholder';
  }
  if (!holdsOnly(text, placeholders)) return 'NoPlaceholder';
  if (text.search(REFUSED_CHARACTERS) >= 0) return 'Characters';
  if (part === 'subject' && (LINE_BREAKS.test(text) || text.includes(ENCODED_WORD))) return 'Characters';
  const { min, max } = MESSAGE_LIMITS[part];
  return text.length < min || text.length > max ? 'Length' : undefined;
}

/** Whether Cognito will find the declared placeholders in the text, each as often as declared, and no other. */
function holdsOnly(text: string, placeholders: readonly Piece[]): boolean {
  let rest = text;
  for (const placeholder of new Set(placeholders.map((piece) => piece.text))) {
    const found = rest.split(placeholder);
    if (found.length - 1 !== placeholders.filter((piece) => piece.text === placeholder).length) return false;
    // Nothing may come together where one was taken out.
    rest = found.join('\0');
  }
  return !CODE_LIKE.test(rest) && !USERNAME_LIKE.test(rest);
}
