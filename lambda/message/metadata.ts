import type { MetadataRuleWire } from '../../lib/private/contracts/message';
import { own } from './event';

/** The part of ClientMetadata that templates may see. */
export interface Metadata {
  readonly values: Readonly<Record<string, string>>;
  /** The declared keys whose value breaks its rule, and so counts as absent. */
  readonly refused: readonly string[];
}

/** Looks up the declared keys alone: whoever calls may send any number of others. */
export function readMetadata(
  rules: Readonly<Record<string, MetadataRuleWire>>,
  clientMetadata: Readonly<Record<string, unknown>>,
): Metadata {
  const values: Record<string, string> = {};
  const refused: string[] = [];
  for (const [key, rule] of Object.entries(rules)) {
    const value = own(clientMetadata, key);
    if (value === undefined || value === null) continue;
    if (typeof value === 'string' && meets(rule, value)) values[key] = value;
    else refused.push(key);
  }
  return { values, refused };
}

/** Whether a value keeps to its key's rule. */
export function meets({ maxLength, values, pattern }: MetadataRuleWire, value: string): boolean {
  if (value.length > maxLength) return false;
  if (values && !values.includes(value)) return false;
  return pattern === undefined || matcher(pattern).test(value);
}

const matchers = new Map<string, RegExp>();

/** Compiled once; there are as many patterns as declared keys. */
function matcher(pattern: string): RegExp {
  const known = matchers.get(pattern);
  if (known) return known;
  const made = new RegExp(`^(?:${pattern})$`, 'u');
  matchers.set(pattern, made);
  return made;
}
