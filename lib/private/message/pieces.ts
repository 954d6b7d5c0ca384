import type { Variable } from '../contracts/message-text';

/** A text that somebody has written, in a file or in the app's own code. */
export interface SourceText {
  readonly text: string;
  readonly file?: string;
  /** Told by whoever found the file so: its text is not known. */
  readonly isUnreadable?: boolean;
}

/** Where in a text something stands. The file is that of the partial, if it comes from one. */
export interface Place {
  readonly file?: string;
  /** From 1. */
  readonly line: number;
}

export interface Finding {
  readonly at: Place;
  readonly text: string;
}

export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
  readonly at: Place;
}

export interface Value {
  readonly kind: 'value';
  readonly variable: Variable;
  /** What stands between the braces. */
  readonly name: string;
  readonly at: Place;
}

/** What is sent if a variable has a value, or unless it has one. */
export interface Section {
  readonly kind: 'if' | 'unless';
  readonly variable: Variable;
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly at: Place;
  /** Where it is closed. */
  readonly end: Place;
}

export type Piece = Literal | Value | Section;

/** Every value of a text, those of sections included. */
export const valuesIn = (pieces: readonly Piece[]): Value[] =>
  pieces.flatMap((piece) => {
    if (piece.kind === 'literal') return [];
    return piece.kind === 'value' ? [piece] : valuesIn(piece.pieces);
  });

/** Every section of a text. */
export const sectionsIn = (pieces: readonly Piece[]): Section[] =>
  pieces.flatMap((piece) => ('pieces' in piece ? [piece] : []));

/** The text as it is where all variables have values, or where none has. */
export const withSections = (pieces: readonly Piece[], taken: Section['kind']): (Literal | Value)[] =>
  pieces.flatMap((piece) => {
    if (!('pieces' in piece)) return [piece];
    return piece.kind === taken ? withSections(piece.pieces, taken) : [];
  });

/** The text with both sides of every section, and a letter for each value. */
export const htmlOf = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => {
      if (piece.kind === 'literal') return piece.text;
      return piece.kind === 'value' ? 'x' : htmlOf(piece.pieces);
    })
    .join('');
