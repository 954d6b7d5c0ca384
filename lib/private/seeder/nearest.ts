/** The name that somebody who wrote another may have meant; undefined where none is near. */
export const nearest = (written: string, names: readonly string[]): string | undefined => {
  const most = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= least) continue;
    const found = distance(written.toLowerCase(), name.toLowerCase());
    if (found < least) [best, least] = [name, found];
  }
  return best;
};

/** Characters to insert, remove or replace, to get from one to the other (Levenshtein). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + Number(one[i - 1] !== other[j - 1]));
    }
    row = next;
  }
  return row[other.length];
};
