/** How many line breaks stand before a position of a text. */
export function linesBefore(text: string): (position: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return (position) => {
    let [from, to] = [0, breaks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (breaks[middle] < position) from = middle + 1;
      else to = middle;
    }
    return from;
  };
}
