import { Token } from 'aws-cdk-lib';
import { isSafePattern } from 'redos-detector';
import type { TextRuleWire } from './contracts/text-rule';

/** A rule as its factory keeps it: of a `MetadataKey`, or of a `WritableAttribute`. */
export interface TextRule {
  readonly _maxLength: number;
  readonly _pattern: string | undefined;
  readonly _values: readonly string[] | undefined;
}

export const ruleOnWire = ({ _maxLength, _values, _pattern }: TextRule): TextRuleWire => ({
  maxLength: _maxLength,
  ...(_values && { values: _values }),
  ...(_pattern !== undefined && { pattern: _pattern }),
});

/** The longest of a closed list, as its rule's maximum: whatever an author without our types has written. */
export const longestOf = (values: unknown): number =>
  Math.max(1, ...(Array.isArray(values) ? values.map((value) => String(value).length) : []));

/** All that is wrong with a rule. */
export const checkRule = (
  { _maxLength: maxLength, _pattern: pattern, _values: values }: TextRule,
  longest: number,
): string[] => [
  ...(Number.isInteger(maxLength) && maxLength >= 1 && maxLength <= longest
    ? []
    : [`values may have from 1 to ${longest} characters: correct maxLength, or shorten the values`]),
  ...(pattern === undefined ? [] : checkPattern(pattern)),
  ...(values === undefined ? [] : checkValues(values)),
];

function checkPattern(pattern: string): string[] {
  if (typeof pattern !== 'string') return ['the pattern is no text: write it as one'];
  try {
    new RegExp(pattern, 'u'); // by itself: `a)|(?:b` would be whole only between the anchors
  } catch {
    return ['the pattern is no regular expression (JavaScript, flag u): correct it'];
  }
  try {
    // It counts steps, not seconds: the answer is the same on every machine.
    if (isSafePattern(`^(?:${pattern})$`, { unicode: true }).safe) return [];
  } catch {
    return ['the pattern holds what cannot be checked, such as a named group: write (?:…)'];
  }
  const properties = /\\p\{/i.test(pattern) ? ', where \\p{…} counts as any character' : ''; // all that the detector knows of them
  return [
    `the pattern has more than one way to match${properties}, and a value could keep it busy for minutes: write it in one way, such as [a-z0-9]+(?:-[a-z0-9]+)*`,
  ];
}

function checkValues(values: readonly string[]): string[] {
  if (!Array.isArray(values) || values.length === 0) return ['has no values, so none can ever arrive: name them'];
  return values.every((value) => typeof value === 'string' && value !== '' && !Token.isUnresolved(value))
    ? []
    : ['a value is blank or no string known at synthesis: write it out'];
}
