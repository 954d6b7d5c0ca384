/** How long one function takes, by the same budget that it keeps. */
import { budgetOf } from '../../../lambda/seeder/budget';
import { LISTS_PER_SECOND } from '../../../lambda/seeder/pace';
import { longestOf, type Requests } from '../../../lambda/seeder/requests';

/** What the function has: its time-out, less than the framework's 15 minutes. */
const TIMEOUT = 14 * 60;

export interface FunctionRequests {
  /** Users for whom the step may change something. */
  readonly planned: number;
  /** What is read of single users and groups. */
  readonly reads: number;
  readonly writes: Requests;
  /** What putting everybody back would take, should one fail. */
  readonly toUndo: number;
}

export interface FunctionTime {
  readonly requests: number;
  readonly seconds: number;
  /** In words, where the function has not the time. */
  readonly refusal?: string;
}

export const functionTime = (
  pages: number,
  { planned, reads, writes, toUndo }: FunctionRequests,
  requestsPerSecond: number,
  isRemoval: boolean,
): FunctionTime => {
  const listing = pages / LISTS_PER_SECOND;
  const looking = reads / requestsPerSecond;
  // Each kind has a quota of its own, and all go on at the same time.
  const longest = longestOf(writes);
  let now = 0;
  const budget = budgetOf(TIMEOUT * 1000, requestsPerSecond, !isRemoval, {
    now: () => now,
    sleep: () => Promise.resolve(),
  });
  const after = (seconds: number, refuse: () => string | undefined): string | undefined => {
    now = seconds * 1000;
    return refuse();
  };
  return {
    requests: pages + reads + writes.updates + writes.creations + writes.passwords,
    seconds: listing + looking + longest / requestsPerSecond,
    refusal:
      // Whom there is no time to change, nobody looks at.
      after(listing, () => budget.tooManyToChange(planned)) ??
      after(listing + looking, () => budget.tooManyToChange(longest)) ??
      (isRemoval ? undefined : budget.tooManyToRestore(toUndo)),
  };
};
