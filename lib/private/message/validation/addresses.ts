import { asRead, valueInAddress } from '../../contracts/message-addresses';
import { type Finding, type Literal, type Piece, type Value, valuesIn, withSections } from '../pieces';
import { isPlaceholder } from '../placeholders';

/** Attributes whose values are addresses, which a message never repeats. */
const ADDRESS_ATTRIBUTES = ['email', 'picture', 'profile', 'website'];

/** Values that mail clients would link, by themselves or with what stands around them. */
export function checkAddresses(pieces: readonly Piece[], source: string): Finding[] {
  const parts = (['if', 'unless'] as const).map((taken) => inAddresses(withSections(pieces, taken), source));
  return [
    ...valuesIn(pieces)
      .filter(({ variable }) => variable.kind === 'userAttributes' && ADDRESS_ATTRIBUTES.includes(variable.key))
      .map(({ at, name }) => ({
        at,
        text: `{{${name}}} is an address, which mail clients link and messages never repeat: leave it out`,
      })),
    ...valuesIn(pieces)
      .filter((value) => parts.some((values) => values.has(value)))
      .map(({ at, name }) => ({
        at,
        text: `{{${name}}} is part of a web or e-mail address, which mail clients link: part them by a blank`,
      })),
  ];
}

/** The values that make an address with what stands around them, each taken for two letters, as the end of a domain may be. */
function inAddresses(pieces: readonly (Literal | Value)[], source: string): Set<Value> {
  const values: { readonly value: Value; readonly start: number }[] = [];
  let joined = '';
  for (const piece of pieces) {
    if (piece.kind === 'literal') {
      joined += asRead(piece.text);
      continue;
    }
    // A code or a link's words may end an address as well.
    if (!isPlaceholder(piece, source)) values.push({ value: piece, start: joined.length });
    joined += 'xx';
  }
  const found = new Set<Value>();
  let next = 0;
  for (const { 0: word, index } of joined.matchAll(/\S+/g)) {
    const first = next;
    while (next < values.length && values[next].start < index + word.length) next++;
    if (next === first || !valueInAddress([{ text: word, isValue: true }])) continue;
    for (const { value } of values.slice(first, next)) found.add(value);
  }
  return found;
}
