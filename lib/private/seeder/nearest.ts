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

/** Characters to insert, remove, replace or swap with their neighbours, to get from one to the other (Damerau-Levenshtein). */
const distance = (one: string, other: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, last[j] + 1, last[j - 1] + Number(one[i - 1] !== other[j - 1]));
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) next[j] = Math.min(next[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, next];
  }
  return last[other.length];
};
