/** How long the seeder takes, by the same budget that the function keeps. */
import { budgetOf } from '../../../lambda/seeder/budget';
import { LISTS_PER_SECOND } from '../../../lambda/seeder/pace';
import type { Engine } from '../declaration/declaration';

/** What a run on one function has: its time-out, less than the framework's 15 minutes. */
const LAMBDA = 14 * 60;
/** How long CloudFormation waits for a run on Step Functions. */
const CLOUDFORMATION = 57 * 60;

export interface Requests {
  /** Pages of users that are listed. */
  readonly pages: number;
  /** Users who are read one by one. */
  readonly reads: number;
  readonly writes: number;
  /** What putting everybody back would take, should one fail. */
  readonly toUndo: number;
}

export interface Duration {
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly seconds: number;
  readonly fitsLambda: boolean;
  /** In words, where the declared engine has not the time. */
  readonly tooLong?: string;
}

export const durationOf = (
  requests: Requests,
  requestsPerSecond: number,
  engine: Engine | undefined,
  isRemoval: boolean,
): Duration => {
  const { pages, reads, writes, toUndo } = requests;
  const listing = pages / LISTS_PER_SECOND;
  const looking = reads / requestsPerSecond;
  const seconds = listing + looking + writes / requestsPerSecond;

  let now = 0;
  const budget = budgetOf(LAMBDA * 1000, requestsPerSecond, !isRemoval, {
    now: () => now,
    sleep: () => Promise.resolve(),
  });
  now = (listing + looking) * 1000;
  const refusal = budget.tooManyToChange(writes) ?? (isRemoval ? undefined : budget.tooManyToRestore(toUndo));
  return {
    requestsPerSecond,
    requests: pages + reads + writes,
    seconds,
    fitsLambda: refusal === undefined,
    tooLong: engine && (engine.kind === 'lambda' ? refusal : tooLongToWait(seconds, engine.waitForCompletion)),
  };
};

const tooLongToWait = (seconds: number, waits: boolean): string | undefined =>
  waits && seconds > CLOUDFORMATION
    ? 'CloudFormation waits for an hour at most. Declare waitForCompletion: false, raise requestsPerSecond, or declare fewer users a seeder.'
    : undefined;
