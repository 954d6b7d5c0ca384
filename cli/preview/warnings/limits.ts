/** How much room a text leaves to its values, whose owners may choose long ones. */
import {
  CHANNEL_PARTS,
  MAX_VALUE_LENGTH,
  MESSAGE_LIMITS,
  type MessageChannel,
  type MessageIndexWire,
  type MessagePart,
  type PieceWire,
  type TextWire,
} from '../../../lib/private/contracts/message';
import { parseVariable } from '../../../lib/private/contracts/message-text';
import { CODE_PLACEHOLDER, LINK_PLACEHOLDER, USERNAME_PLACEHOLDER } from '../events';
import { own } from '../json';
import { type Finding, list, note, warning } from './finding';

/** In HTML, a character of a value takes up to six: `&quot;`. */
const LONGEST_ENTITY = 6;

/** Less than this is less than some people's names; nobody's name is longer than that. */
const TIGHT = 40;
const AMPLE = 100;

export const limitFindings = (
  index: MessageIndexWire,
  isInvitation: boolean,
  channel: MessageChannel,
  text: TextWire,
): Finding[] => CHANNEL_PARTS[channel].flatMap((part) => limitFinding(index, isInvitation, part, text[part] ?? []));

function limitFinding(
  index: MessageIndexWire,
  isInvitation: boolean,
  part: MessagePart,
  pieces: readonly PieceWire[],
): Finding[] {
  const { max } = MESSAGE_LIMITS[part];
  const factor = part === 'html' ? LONGEST_ENTITY : 1;
  const extents = (['if', 'unless'] as const).map((sent) => {
    const { fixed, values } = extentOf(pieces, sent, isInvitation);
    return { fixed, values, worst: fixed + values.reduce((sum, name) => sum + factor * longestValue(index, name), 0) };
  });
  const { fixed, values, worst } = extents[0].worst >= extents[1].worst ? extents[0] : extents[1];
  if (worst <= max) return [];
  const room = Math.max(0, Math.floor((max - fixed) / factor));
  const isDeclared = values.some((name) => parseVariable(name)?.kind === 'clientMetadata');
  if (room >= AMPLE && !isDeclared) return [];
  const names = list([...new Set(values)].map((name) => `{{${name}}}`));
  const where = { subject: 'subject', html: 'body', sms: 'SMS' }[part];
  const finding = room < TIGHT ? warning : note;
  return [
    finding(
      'Room for values',
      `The ${where} leaves ${room} characters to ${names}: with longer values, Cognito sends its own words.`,
    ),
  ];
}

interface Extent {
  /** The length of what does not vary. */
  readonly fixed: number;
  readonly values: readonly string[];
}

/** Where all variables have values, or where those have none on which something depends. */
function extentOf(pieces: readonly PieceWire[], sent: 'if' | 'unless', isInvitation: boolean): Extent {
  const extents = pieces.map((piece): Extent => {
    if (typeof piece === 'string') return { fixed: piece.length, values: [] };
    const [kind, name, inner] = piece;
    if (kind !== 'value') return kind === sent ? extentOf(inner, sent, isInvitation) : { fixed: 0, values: [] };
    if (name === 'code') return { fixed: CODE_PLACEHOLDER.length, values: [] };
    if (name === 'link') return { fixed: LINK_PLACEHOLDER.length, values: [] };
    if (name === 'username' && isInvitation) return { fixed: USERNAME_PLACEHOLDER.length, values: [] };
    return { fixed: 0, values: [name] };
  });
  return {
    fixed: extents.reduce((sum, { fixed }) => sum + fixed, 0),
    values: extents.flatMap(({ values }) => values),
  };
}

function longestValue({ metadata }: MessageIndexWire, name: string): number {
  const variable = parseVariable(name);
  const rule = variable?.kind === 'clientMetadata' ? own(metadata, variable.key) : undefined;
  if (!rule) return MAX_VALUE_LENGTH;
  const longestAllowed = rule.values ? Math.max(0, ...rule.values.map(({ length }) => length)) : rule.maxLength;
  return Math.min(MAX_VALUE_LENGTH, longestAllowed);
}
