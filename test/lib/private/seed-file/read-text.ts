import { Readable } from 'node:stream';
import type { SeedRow } from '../../../../lib/private/contracts/seed-row';
import {
  readSeedFile,
  readSeedFileSync,
  type RowProblem,
  type SeedFileOptions,
} from '../../../../lib/private/seed-file';

export interface Outcome {
  readonly rows: SeedRow[];
  readonly problems: RowProblem[];
}

const CSV: SeedFileOptions = { format: 'csv', blankCells: 'LEAVE_ALONE', verification: 'MARK_VERIFIED' };

const collector = () => {
  const outcome: Outcome = { rows: [], problems: [] };
  const sink = {
    row: (row: SeedRow) => void outcome.rows.push(row),
    problem: (problem: RowProblem) => void outcome.problems.push(problem),
  };
  return { outcome, sink };
};

export const readText = (text: string | Buffer, options: Partial<SeedFileOptions> = {}): Outcome => {
  const { outcome, sink } = collector();
  readSeedFileSync(Buffer.from(text as string), { ...CSV, ...options }, sink);
  return outcome;
};

/** As it comes from a stream, in pieces that end anywhere. */
export const readPieces = async (
  pieces: readonly Buffer[],
  options: Partial<SeedFileOptions> = {},
): Promise<Outcome> => {
  const { outcome, sink } = collector();
  await readSeedFile(Readable.from(pieces), { ...CSV, ...options }, sink);
  return outcome;
};

/** Usernames and attributes, without lines. */
export const usersOf = ({ rows, problems }: Outcome): Record<string, Readonly<Record<string, string>>> => {
  expect(problems).toEqual([]);
  return Object.fromEntries(rows.map(({ user }) => [user.username, user.attributes]));
};
