import { MAX_VALUE_LENGTH, MESSAGE_LIMITS, type MessagePart } from '../../contracts/message';
import { isPlaceholder, PLACEHOLDERS } from '../placeholders';
import { type Finding, type Piece, type Place, sectionsIn, type Value, valuesIn } from '../pieces';

/** The longest value of an attribute whose limit nobody has declared, for the worst case: names are seldom longer. */
const LIKELY_LENGTH = 64;

/** `"` becomes `&quot;`. */
const ESCAPED_LENGTH = 6;

/** What is sure to be too long or too short, whatever the values are. */
export function checkLengths(part: MessagePart, pieces: readonly Piece[], source: string, at: Place): Finding[] {
  const { min, max } = MESSAGE_LIMITS[part];
  // A value has one character at least.
  const shortest = size(pieces, source, () => 1, Math.min);
  if (shortest > max) {
    return [
      {
        at,
        text: `is ${shortest} characters long with its placeholders, and Cognito takes ${max} at most: shorten it`,
      },
    ];
  }
  const values = valuesIn(pieces).filter((value) => !isPlaceholder(value, source));
  if (values.length > 0 || sectionsIn(pieces).length > 0) return [];
  if (shortest === 0) return [{ at, text: 'is blank: write something, or leave it out' }];
  if (shortest < min) {
    return [{ at, text: `is too short (${shortest}), and Cognito wants ${min} at least: write more` }];
  }
  return [];
}

/** How long values may be, by the names of their keys and attributes. */
export interface ValueLengths {
  readonly clientMetadata: Readonly<Record<string, number>>;
  readonly userAttributes: Readonly<Record<string, number>>;
}

/** The length with the longest values, where that is more than Cognito takes: such a message goes out in Cognito's words. */
export function excess(
  part: MessagePart,
  pieces: readonly Piece[],
  source: string,
  limits: ValueLengths,
): number | undefined {
  const longest = ({ variable }: Value): number => {
    const declared = 'key' in variable ? limits[variable.kind][variable.key] : undefined;
    return Math.min(declared ?? LIKELY_LENGTH, MAX_VALUE_LENGTH) * (part === 'html' ? ESCAPED_LENGTH : 1);
  };
  const worst = size(pieces, source, longest, Math.max);
  return worst > MESSAGE_LIMITS[part].max ? worst : undefined;
}

/** @param choose between what stands there where a variable has a value and what stands there where it has none */
function size(
  pieces: readonly Piece[],
  source: string,
  length: (value: Value) => number,
  choose: (one: number, other: number) => number,
): number {
  let sum = 0;
  const byVariable = new Map<string, { if: number; unless: number }>();
  for (const piece of pieces) {
    if (piece.kind === 'literal') sum += piece.text.length;
    else if (piece.kind === 'value') {
      sum += isPlaceholder(piece, source) ? PLACEHOLDERS[piece.variable.kind as 'code'].length : length(piece);
    } else {
      const sizes = byVariable.get(piece.name) ?? { if: 0, unless: 0 };
      sizes[piece.kind] += size(piece.pieces, source, length, choose);
      byVariable.set(piece.name, sizes);
    }
  }
  for (const sizes of byVariable.values()) sum += choose(sizes.if, sizes.unless);
  return sum;
}
