/** How long the seeder takes, on the engine that is declared, or on either of them. */
import type { Engine } from '../declaration/declaration';
import { type FunctionRequests, type FunctionTime, functionTime } from './function-time';
import type { RunRequests } from './run-requests';
import { type RunTime, runTime } from './run-time';

export interface Requests {
  /** Pages of users that are listed. */
  readonly pages: number;
  readonly onFunction: FunctionRequests;
  readonly onRun: Pick<RunRequests, 'reads' | 'writes' | 'most'>;
}

export interface Duration {
  readonly requestsPerSecond: number;
  /** Undefined where the other engine is declared. */
  readonly lambda?: FunctionTime;
  readonly stepFunctions?: RunTime;
  /** In words, where the declared engine has not the time. */
  readonly tooLong?: string;
}

export const durationOf = (
  { pages, onFunction, onRun }: Requests,
  requestsPerSecond: number,
  engine: Engine | undefined,
  isRemoval: boolean,
): Duration => {
  const lambda = functionTime(pages, onFunction, requestsPerSecond, isRemoval);
  // A run that nobody has declared yet is waited for: that is the default.
  const waits = engine?.kind !== 'step-functions' || engine.waitForCompletion;
  const stepFunctions = runTime(pages, onRun, requestsPerSecond, waits);
  if (!engine) return { requestsPerSecond, lambda, stepFunctions };
  return engine.kind === 'lambda'
    ? { requestsPerSecond, lambda, tooLong: lambda.refusal }
    : { requestsPerSecond, stepFunctions, tooLong: stepFunctions.refusal };
};
