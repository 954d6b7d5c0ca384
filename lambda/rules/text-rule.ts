import type { TextRuleWire } from '../../lib/private/contracts/text-rule';

/** Whether a text keeps to its rule. */
export const meets = (rule: TextRuleWire, text: string): boolean => broken(rule, text) === undefined;

/** The part of its rule that a text breaks. */
export function broken({ maxLength, values, pattern }: TextRuleWire, text: string): keyof TextRuleWire | undefined {
  if (text.length > maxLength) return 'maxLength';
  if (values && !values.includes(text)) return 'values';
  return pattern === undefined || matcher(pattern).test(text) ? undefined : 'pattern';
}

const matchers = new Map<string, RegExp>();

/** Compiled once; there are as many patterns as declared rules. */
function matcher(pattern: string): RegExp {
  const known = matchers.get(pattern);
  if (known) return known;
  const made = new RegExp(`^(?:${pattern})$`, 'u');
  matchers.set(pattern, made);
  return made;
}
