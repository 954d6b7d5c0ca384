/** The longest tag that is looked at: BCP 47 asks implementations for 35 characters. */
const MAX_TAG_LENGTH = 35;

/** The tag of the texts for everybody else. */
const ANY = '';

/**
 * The locales to look for, the best first, each followed by its parents (de-AT, de), in lower case; last, the texts for
 * everybody else. As the lookup of RFC 4647, for each wish in turn.
 *
 * @param wishes from the most to the least wanted; what is no language tag counts for nothing
 */
export function localeFallback(wishes: readonly unknown[]): string[] {
  return [...new Set([...wishes.flatMap(withParents), ANY])];
}

/** de-at, de */
export function withParents(wish: unknown): string[] {
  if (typeof wish !== 'string' || wish.length > MAX_TAG_LENGTH) return [];
  const subtags = canonical(wish).split('-');
  if (!subtags.every((subtag) => /^[a-z\d]{1,8}$/.test(subtag))) return [];
  const tags: string[] = [];
  for (; subtags.length > 0; subtags.pop()) {
    // A single letter begins an extension and means nothing by itself.
    if (subtags[subtags.length - 1].length > 1) tags.push(subtags.join('-'));
  }
  return tags;
}

/** As synth has written the locales of the texts: `iw` is `he`. */
function canonical(tag: string): string {
  const hyphenated = tag.trim().replaceAll('_', '-'); // de_AT, as POSIX and many a profile write it
  try {
    return (Intl.getCanonicalLocales(hyphenated)[0] ?? '').toLowerCase();
  } catch {
    return ''; // no language tag
  }
}
