import { ADDRESSES } from './addresses';
import { CHARACTERS } from './characters';
import type { Fixture } from './fixture';
import { HEADERS } from './headers';
import { MARKUP } from './markup';
import { PLACEHOLDERS } from './placeholders';
import { SHAPES, SOUND_VALUES } from './shapes';

export type { Fixture } from './fixture';

export const CORPUS: Readonly<Record<string, readonly Fixture[]>> = {
  markup: MARKUP,
  placeholders: PLACEHOLDERS,
  headers: HEADERS,
  characters: CHARACTERS,
  addresses: ADDRESSES,
  shapes: SHAPES,
};

export { SOUND_VALUES };

/** Short pieces of harm, for a generator to put together. */
export const FRAGMENTS: readonly string[] = [
  ...new Set(
    Object.values(CORPUS)
      .flat()
      .flatMap(({ values }) => values)
      .filter((value): value is string => typeof value === 'string' && value.length <= 64),
  ),
];
