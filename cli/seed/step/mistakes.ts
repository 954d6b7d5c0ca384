/** Mistakes in a file, each kind once: one that hundreds of lines have is corrected in one place. */
import { createReadStream } from 'node:fs';
import type { ForeignObject } from '../../../lib/private/contracts/seed-source';
import { readSeedFile } from '../../../lib/private/seed-file';
import type { FileProblem } from '../../../lambda/seeder/declared-rows';

/** Kinds that are told. */
const TOLD = 100;

/** A mistake, at the first line that has it. */
export interface Mistake extends FileProblem {
  /** How many lines have it. */
  readonly count: number;
}

/** A file by which nobody can be changed. */
export class FileMistakes extends Error {
  public constructor(
    public readonly file: string,
    public readonly mistakes: readonly Mistake[],
    /** How many there are besides. */
    public readonly more: number,
    /** Whether the command alone says how the file is read, and no seeder. */
    public readonly isLoose: boolean,
  ) {
    super(`${file} has mistakes`);
  }
}

/**
 * @param told the first mistakes, also those that show in sorted rows alone
 * @param more how many mistakes there are besides
 */
export const mistakesIn = async (
  object: ForeignObject & { readonly creates: boolean },
  told: readonly FileProblem[],
  more: number,
  isLoose: boolean,
): Promise<FileMistakes> => {
  const kinds = new Map<string, Mistake>();
  const kindOf = ({ attribute, rule, remedy }: FileProblem) => JSON.stringify([attribute, rule, remedy]);
  const add = (problem: FileProblem) => {
    const kind = kindOf(problem);
    const known = kinds.get(kind);
    if (known || kinds.size < TOLD) kinds.set(kind, { ...(known ?? problem), count: (known?.count ?? 0) + 1 });
  };
  // Beyond those that have been told, nobody has kept which they are.
  await readSeedFile(createReadStream(object.bucket), object, { row: () => undefined, problem: add });
  const read = new Set(kinds.keys());
  for (const problem of told) if (!read.has(kindOf(problem))) add(problem);
  const mistakes = [...kinds.values()];
  const counted = mistakes.reduce((sum, { count }) => sum + count, 0);
  return new FileMistakes(object.key, mistakes, Math.max(0, told.length + more - counted), isLoose);
};
