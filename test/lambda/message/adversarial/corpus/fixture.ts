/** One idea of how values could do harm. */
export interface Fixture {
  readonly name: string;
  /** For the variables of a text in turn, again from the first where there are more variables. */
  readonly values: readonly unknown[];
  /** What it is after, where the name does not say. */
  readonly note?: string;
}

/** By name: one value for every variable. */
export const each = (values: Readonly<Record<string, unknown>>, note?: string): Fixture[] =>
  Object.entries(values).map(([name, value]) => ({ name, values: [value], note }));

/** By name: values for the variables in turn. */
export const split = (values: Readonly<Record<string, readonly unknown[]>>, note?: string): Fixture[] =>
  Object.entries(values).map(([name, parts]) => ({ name, values: parts, note }));

/** The characters from one code point to another. */
export const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('');
