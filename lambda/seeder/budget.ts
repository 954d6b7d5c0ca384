import type { Clock } from './pace';

/** CloudFormation has to get an answer, and the log its lines, after the last request. */
const FOR_THE_ANSWER = 5_000;

/** How much of an invocation's time is there for what. */
export interface Budget {
  /** The clock's time after which nothing new is changed: half of the time is kept for putting things back. */
  readonly changesUntil: number;
  readonly restoringUntil: number;
  /** In words, where so many requests cannot be sent before the end. */
  readonly tooMany: (requests: number) => string | undefined;
}

export const budgetOf = (remainingMilliseconds: number, requestsPerSecond: number, clock: Clock): Budget => {
  const start = clock.now();
  const restoringUntil = start + Math.max(0, remainingMilliseconds - FOR_THE_ANSWER);
  return {
    changesUntil: (start + restoringUntil) / 2,
    restoringUntil,
    tooMany: (requests) => {
      const needed = Math.ceil(requests / requestsPerSecond);
      const left = Math.floor((restoringUntil - clock.now()) / 1000);
      if (needed <= left) return undefined;
      return (
        `The plan may need ${requests} requests, putting things back after a failure included: at ${requestsPerSecond} ` +
        `a second that is ${needed} s, and ${left} s are left. Raise requestsPerSecond, or declare fewer users a seeder.`
      );
    },
  };
};
