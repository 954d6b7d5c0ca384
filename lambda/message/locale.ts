import { withParents } from '../../lib/private/contracts/locale';

/** The tag of the texts for everybody else. */
const ANY = '';

/**
 * The locales to look for, the best first, each followed by its parents; last, the texts for everybody else.
 *
 * @param wishes from the most to the least wanted; what is no language tag counts for nothing
 */
export function localeFallback(wishes: readonly unknown[]): string[] {
  return [...new Set([...wishes.flatMap(withParents), ANY])];
}
