import type { FileProblem } from '../../../lambda/seeder/declared-rows';

/** A file by which nobody can be changed. */
export class FileMistakes extends Error {
  public constructor(
    public readonly file: string,
    public readonly problems: readonly FileProblem[],
    /** How many there are besides. */
    public readonly more: number,
  ) {
    super(`${file} has mistakes`);
  }
}
