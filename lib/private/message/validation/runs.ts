import { linesBefore } from '../lines';
import type { Literal, Piece, Place } from '../pieces';

/** Words of the author's own between two variables, as they will stand in the message: partials and comments leave no seam. */
export class Run {
  private readonly text: string;
  private readonly parts: {
    readonly start: number;
    readonly at: Place;
    readonly lines: (position: number) => number;
  }[] = [];

  public constructor(literals: readonly Literal[]) {
    let start = 0;
    for (const { text, at } of literals) {
      this.parts.push({ start, at, lines: linesBefore(text) });
      start += text.length;
    }
    this.text = literals.map(({ text }) => text).join('');
  }

  /** The lines on which a pattern is found. */
  public find(pattern: RegExp): Place[] {
    return this.byLine(pattern).map(({ at }) => at);
  }

  /** The lines on which a pattern is found, and the different finds of each. */
  public byLine(pattern: RegExp): { readonly at: Place; readonly found: readonly string[] }[] {
    const everywhere = new RegExp(pattern, [...new Set(`${pattern.flags}g`)].join(''));
    const lines = new Map<string, { readonly at: Place; readonly found: Set<string> }>();
    let part = 0;
    for (const { 0: text, index } of this.text.matchAll(everywhere)) {
      while (this.parts[part + 1]?.start <= index) part++;
      const { start, at, lines: before } = this.parts[part];
      const place = { ...at, line: at.line + before(index - start) };
      const key = `${place.line} ${place.file}`;
      const line = lines.get(key) ?? { at: place, found: new Set() };
      lines.set(key, line);
      line.found.add(text);
    }
    return [...lines.values()].map(({ at, found }) => ({ at, found: [...found] }));
  }
}

export function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = [];
  let literals: Literal[] = [];
  const end = (): void => {
    if (literals.length > 0) runs.push(new Run(literals));
    literals = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'literal') {
      literals.push(piece);
      continue;
    }
    end();
    if (piece.kind !== 'value') runs.push(...runsOf(piece.pieces));
  }
  end();
  return runs;
}
