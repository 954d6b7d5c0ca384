import type { Clock } from './pace';

/** CloudFormation has to get an answer, and the log its lines, after the last request. */
const FOR_THE_ANSWER = 5_000;

/** How much of an invocation's time is there for what. */
export interface Budget {
  /** The clock's time after which nothing new is changed. */
  readonly changesUntil: number;
  /** The clock's time after which nothing is sent at all. */
  readonly restoringUntil: number;
  /** How many requests can be sent before `changesUntil`. */
  readonly mostChanges: number;
  /** In words, where so many requests cannot be sent before `changesUntil`. */
  readonly tooManyToChange: (requests: number) => string | undefined;
  /** In words, where so many requests cannot be sent between the two, should a user fail. */
  readonly tooManyToRestore: (requests: number) => string | undefined;
}

/** @param restores whether half of the time is kept for putting users back, should one fail */
export const budgetOf = (
  remainingMilliseconds: number,
  requestsPerSecond: number,
  restores: boolean,
  clock: Clock,
): Budget => {
  const start = clock.now();
  const restoringUntil = start + Math.max(0, remainingMilliseconds - FOR_THE_ANSWER);
  const changesUntil = restores ? (start + restoringUntil) / 2 : restoringUntil;

  const tooMany = (purpose: string, requests: number, milliseconds: number): string | undefined => {
    const needed = Math.ceil(requests / requestsPerSecond);
    const left = Math.max(0, Math.floor(milliseconds / 1000));
    if (needed <= left) return undefined;
    return (
      `The plan needs ${requests} requests ${purpose}: at ${requestsPerSecond} a second that is ${needed} s, and there ` +
      `are ${left} s for it. Choose SeedEngine.stepFunctions(), raise requestsPerSecond, or declare fewer users a seeder.`
    );
  };
  return {
    changesUntil,
    restoringUntil,
    mostChanges: Math.ceil(((changesUntil - start) / 1000) * requestsPerSecond),
    tooManyToChange: (requests) => tooMany('to change users', requests, changesUntil - clock.now()),
    tooManyToRestore: (requests) =>
      tooMany('to put them back, should one fail', requests, restoringUntil - changesUntil),
  };
};
