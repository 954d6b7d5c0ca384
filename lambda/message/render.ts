import mustache from 'mustache';
import {
  INVITATION_SOURCE,
  MESSAGE_LIMITS,
  type MessagePart,
  type MessageTemplateWire,
} from '../../lib/private/contracts/message';
import {
  CODE_LIKE,
  LINE_BREAKS,
  parseVariable,
  REFUSED_CHARACTERS,
  USERNAME_LIKE,
  valueInAddress,
  type Variable,
} from '../../lib/private/contracts/message-text';
import { type MessageFacts, own } from './event';
import { escapeValue, plainValue } from './value';

/** What the trigger answers: the parts of Cognito's response that it sets. */
export interface Message {
  readonly emailSubject?: string;
  readonly emailMessage?: string;
  readonly smsMessage?: string;
}

/** Why a part keeps Cognito's own words. Names only, never a value. */
export interface Refusal {
  readonly part: MessagePart;
  readonly reason:
    | 'not a template'
    | 'not a variable'
    | 'no value'
    | 'no placeholder'
    | 'a value is in an address'
    | 'wrong placeholders'
    | 'refused characters'
    | 'line break'
    | 'too short'
    | 'too long';
  readonly variable?: string;
}

export interface Rendering {
  readonly message: Message;
  readonly refusals: readonly Refusal[];
}

/**
 * Renders a template's parts, each by itself: where the e-mail breaks a rule, the SMS still goes out, and the other way
 * round. Cognito would refuse the caller's whole sign-up or update for a message that breaks one.
 */
export function renderMessage(template: MessageTemplateWire, facts: MessageFacts): Rendering {
  const refusals: Refusal[] = [];
  const render = (part: MessagePart): string | undefined => {
    const text = template[part];
    if (text === undefined) return undefined;
    const result = renderPart(part, text, facts);
    if (typeof result === 'string') return result;
    refusals.push(result);
    return undefined;
  };
  const [emailSubject, emailMessage, smsMessage] = [render('subject'), render('html'), render('sms')];
  const message = {
    // One in the template's words and one in Cognito's would not make one e-mail.
    ...(emailSubject !== undefined && emailMessage !== undefined && { emailSubject, emailMessage }),
    ...(smsMessage !== undefined && { smsMessage }),
  };
  return { message, refusals };
}

/** `{####}`, `{##…##}` or `{username}`, or what may come in their place: no markup. */
const PLACEHOLDER = /^\{[^{}<>&"']{1,64}\}$/;

interface Piece {
  readonly text: string;
  readonly kind: 'literal' | 'value' | 'code' | 'username';
}

function renderPart(part: MessagePart, template: string, facts: MessageFacts): string | Refusal {
  const pieces: Piece[] = [];
  for (const [type, value] of parse(template) ?? [['unparsable', '']]) {
    const piece = type === 'text' ? { kind: 'literal' as const, text: value } : fill(part, type, value, facts);
    if ('reason' in piece) return piece;
    pieces.push(piece);
  }
  if (valueInAddress(pieces.map(({ text, kind }) => ({ text, isValue: kind === 'value' })))) {
    return { part, reason: 'a value is in an address' };
  }
  const text = pieces.map((piece) => (piece.kind === 'value' ? escapeValue(part, piece.text) : piece.text)).join('');
  const reason = brokenRule(part, text, pieces, facts);
  return reason ? { part, reason } : text;
}

/** What mustache makes of a template; it keeps what it has parsed, so a warm function parses nothing. */
export function parse(template: string): readonly (readonly [type: string, value: string])[] | undefined {
  try {
    return mustache.parse(template) as unknown as [string, string][];
  } catch {
    return undefined;
  }
}

/**
 * Only plain `{{name}}` is filled, and by this function rather than by mustache's renderer: that one would also see
 * inherited properties, call functions, and leave `{{{raw}}}` unescaped.
 */
function fill(part: MessagePart, type: string, name: string, facts: MessageFacts): Piece | Refusal {
  if (type !== 'name') return { part, reason: 'not a template' };
  const variable = parseVariable(name);
  if (!variable) return { part, reason: 'not a variable', variable: name };
  const placeholder = placeholderOf(part, variable, facts);
  if (placeholder !== undefined) return { kind: variable.kind as 'code' | 'username', text: placeholder };
  const value = plainValue(valueOf(variable, facts));
  return value === undefined ? { part, reason: 'no value', variable: name } : { kind: 'value', text: value };
}

/** Cognito fills placeholders into bodies, not into subjects. */
function placeholderOf(part: MessagePart, variable: Variable, facts: MessageFacts): string | undefined {
  if (part === 'subject') return undefined;
  const invitation = facts.source === INVITATION_SOURCE;
  const parameters = {
    code: facts.codeParameter,
    // Elsewhere Cognito has no such placeholder, and the name is a value that its owner has chosen.
    username: invitation ? facts.usernameParameter : undefined,
  };
  const parameter = variable.kind in parameters ? parameters[variable.kind as 'code' | 'username'] : undefined;
  return typeof parameter === 'string' && PLACEHOLDER.test(parameter) ? parameter : undefined;
}

function valueOf(variable: Variable, facts: MessageFacts): unknown {
  switch (variable.kind) {
    case 'code':
      return undefined;
    case 'username':
      // An invitation must carry Cognito's own placeholder.
      return facts.source === INVITATION_SOURCE ? undefined : facts.userName;
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
): Refusal['reason'] | undefined {
  const placeholders = pieces.filter(({ kind }) => kind === 'code' || kind === 'username');
  if (part !== 'subject') {
    const kinds = placeholders.map(({ kind }) => kind);
    if (!kinds.includes('code')) return 'no placeholder';
    if (facts.source === INVITATION_SOURCE && !kinds.includes('username')) return 'no placeholder';
  }
  if (!holdsOnly(text, placeholders)) return 'wrong placeholders';
  if (text.search(REFUSED_CHARACTERS) >= 0) return 'refused characters';
  if (part === 'subject' && LINE_BREAKS.test(text)) return 'line break';
  if (text.length < MESSAGE_LIMITS[part].min) return 'too short';
  if (text.length > MESSAGE_LIMITS[part].max) return 'too long';
  return undefined;
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
