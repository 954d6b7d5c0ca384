/** How long a run on Step Functions takes, and whether its plan would be refused. */
import { LISTS_PER_SECOND } from '../../../lambda/seeder/pace';
import { longestOf, type Requests } from '../../../lambda/seeder/requests';
import type { RunRequests } from './run-requests';

/** How long CloudFormation waits for a run: as seed-execution.ts has it. */
const CLOUDFORMATION = 55 * 60;
/** A run has begun a moment before it is planned, and whole minutes are what is left. */
const BEGINNING = 1;

export interface RunTime extends Requests {
  readonly reads: number;
  readonly seconds: number;
  /** In words, where CloudFormation waits and does not wait that long. */
  readonly refusal?: string;
}

export const runTime = (
  pages: number,
  { reads, writes, most }: Pick<RunRequests, 'reads' | 'writes' | 'most'>,
  requestsPerSecond: number,
  waits: boolean,
): RunTime => {
  const listing = pages / LISTS_PER_SECOND;
  // Each kind has a quota of its own, and all are sent meanwhile.
  const longest = (requests: Requests) => Math.max(reads, longestOf(requests));
  return {
    ...writes,
    reads,
    seconds: listing + longest(writes) / requestsPerSecond,
    refusal: waits ? tooLong(longest(most), requestsPerSecond, CLOUDFORMATION - listing - BEGINNING) : undefined,
  };
};

/** As plan-run.ts decides, in its words. */
const tooLong = (requests: number, requestsPerSecond: number, secondsLeft: number): string | undefined => {
  const minutes = Math.ceil(requests / requestsPerSecond / 60);
  const left = Math.max(0, Math.floor(secondsLeft / 60));
  return minutes <= left
    ? undefined
    : `The plan needs ${requests} requests: at ${requestsPerSecond} a second that is ${minutes} min, and CloudFormation waits for ` +
        `${left} min more. Declare waitForCompletion: false, raise requestsPerSecond, or declare fewer users a seeder.`;
};
