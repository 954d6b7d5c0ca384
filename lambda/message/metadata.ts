import type { TextRuleWire } from '../../lib/private/contracts/text-rule';
import { meets } from '../rules/text-rule';
import { own } from './event';

/** The part of ClientMetadata that templates may see. */
export interface Metadata {
  readonly values: Readonly<Record<string, string>>;
  /** The declared keys whose value breaks its rule, and so counts as absent. */
  readonly refused: readonly string[];
}

/** Looks up the declared keys alone: whoever calls may send any number of others. */
export function readMetadata(
  rules: Readonly<Record<string, TextRuleWire>>,
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
