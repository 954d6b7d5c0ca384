import type { PlanAnswer } from '../../../lib/private/contracts/seed-run';
import type { ReportLine } from '../report';

/** What has been planned, as `plan.json`. */
export interface RunPlan extends PlanAnswer {
  /** Of `messages`, the chunks of each phase. */
  readonly phases: readonly (readonly number[])[];
  /** How many users each chunk has. */
  readonly sizes: readonly number[];
  /** Users whom the declaration names. */
  readonly users: number;
  readonly planned: number;
  /** Of the planned ones, those whom the pool lacks and who are to be created, as far as it has been read. */
  readonly creations: number;
  readonly unchanged: number;
  /** In words, where nothing is written. */
  readonly refusal?: string;
  /** Mistakes in the file, and declared users whom the pool does not have. */
  readonly lines: readonly ReportLine[];
  readonly previousLost: boolean;
  /** In how many parts stands what users had before; absent where nobody is to remember it. */
  readonly origins?: number;
}

export const NOTHING_TO_DO: RunPlan = {
  refused: false,
  chunks: [],
  messages: [],
  phases: [],
  sizes: [],
  concurrency: 1,
  users: 0,
  planned: 0,
  creations: 0,
  unchanged: 0,
  lines: [],
  previousLost: false,
};
