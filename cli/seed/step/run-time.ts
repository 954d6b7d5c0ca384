/** How long a run on Step Functions takes, and whether its plan would be refused. */
import { LISTS_PER_SECOND } from '../../../lambda/seeder/pace';

/** How long CloudFormation waits for a run: as seed-execution.ts has it. */
const CLOUDFORMATION = 55 * 60;
/** A run has begun a moment before it is planned, and whole minutes are what is left. */
const BEGINNING = 1;

export interface RunTime {
  readonly updates: number;
  readonly reads: number;
  readonly seconds: number;
  /** In words, where CloudFormation waits and does not wait that long. */
  readonly refusal?: string;
}

export const runTime = (
  pages: number,
  { reads, writes }: { readonly reads: number; readonly writes: number },
  requestsPerSecond: number,
  waits: boolean,
): RunTime => {
  const listing = pages / LISTS_PER_SECOND;
  return {
    updates: writes,
    reads,
    // Reads have a quota of their own, and are sent meanwhile.
    seconds: listing + Math.max(reads, writes) / requestsPerSecond,
    refusal: waits ? tooLong(writes, requestsPerSecond, CLOUDFORMATION - listing - BEGINNING) : undefined,
  };
};

/** As plan-run.ts decides, in its words. */
const tooLong = (writes: number, requestsPerSecond: number, secondsLeft: number): string | undefined => {
  const minutes = Math.ceil(writes / requestsPerSecond / 60);
  const left = Math.max(0, Math.floor(secondsLeft / 60));
  return minutes <= left
    ? undefined
    : `The plan needs ${writes} requests: at ${requestsPerSecond} a second that is ${minutes} min, and CloudFormation waits for ` +
        `${left} min more. Declare waitForCompletion: false, raise requestsPerSecond, or declare fewer users a seeder.`;
};
