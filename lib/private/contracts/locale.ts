/**
 * How a text is found for a locale. Synth looks for partials in this way, the function for texts.
 */

/** The longest tag that is looked at: BCP 47 asks implementations for 35 characters. */
const MAX_TAG_LENGTH = 35;

/**
 * A locale and its parents, the best first, in lower case: de-AT, de. A script that goes without saying is looked for as well,
 * since people's profiles leave it out, and left out where they name it: zh-TW, zh-Hant-TW, zh-Hant, zh.
 *
 * @returns nothing for what is no language tag
 */
export function withParents(locale: unknown): string[] {
  if (typeof locale !== 'string' || locale.length > MAX_TAG_LENGTH) return [];
  try {
    const tag = new Intl.Locale(locale.trim().replaceAll('_', '-')); // de_AT, as POSIX and many a profile write it
    const tags = truncations(tag.toString());
    const { script } = tag.maximize();
    const scripted = truncations([tag.language, script, tag.region].filter(Boolean).join('-'));
    const bare = [tag.language, tag.region].filter(Boolean).join('-');
    const isObvious = new Intl.Locale(bare).maximize().script === script;
    return [
      ...new Set([
        tags[0],
        ...(isObvious && tag.region ? [bare.toLowerCase()] : []),
        ...tags.slice(1, -1),
        ...scripted.slice(0, -1),
        ...tags.slice(-1),
      ]),
    ];
  } catch {
    return [];
  }
}

/** As the lookup of RFC 4647, 3.4. */
function truncations(tag: string): string[] {
  const subtags = tag.toLowerCase().split('-');
  const tags: string[] = [];
  for (; subtags.length > 0; subtags.pop()) {
    // A single letter begins an extension and means nothing by itself.
    if (subtags[subtags.length - 1].length > 1) tags.push(subtags.join('-'));
  }
  return tags;
}
