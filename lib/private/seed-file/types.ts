import type { BlankCells, FileFormat, Verification } from '../contracts/seed-source';
import type { SeedRow } from '../contracts/seed-row';
import type { AttributeProblem, Problem } from './rules/problem';

export interface SeedFileOptions {
  readonly format: FileFormat;
  /** What a blank cell of a CSV file means. */
  readonly blankCells: BlankCells;
  readonly verification?: Verification;
  /** Whether missing users are created, so that a name alone declares somebody. */
  readonly creates?: boolean;
  /**
   * What the pool says of an attribute: asked once of each name, without a value, then of each value that is fine so far.
   */
  readonly check?: (name: string, value: string | undefined) => Problem[];
}

/** A mistake in a file. Reading goes on behind it where it can. */
export interface RowProblem extends AttributeProblem {
  /** Where the row begins, from 1; 0 where the mistake is the whole file's. */
  readonly line: number;
}

export interface SeedFileSink {
  /** A user without a mistake. Whoever reads from a stream may answer with a promise, and reading waits for it. */
  row(row: SeedRow): void | Promise<void>;
  problem(problem: RowProblem): void;
}

/** Of a row, in bytes: what declares one user in full is far smaller. */
export const LONGEST_ROW = 262_144;

/** Ends the reading: nothing can be known of what follows. */
export class Unreadable extends Error {
  public constructor(public readonly problem: RowProblem) {
    super(problem.rule);
  }
}
