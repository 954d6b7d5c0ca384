import type { LambdaRunner } from '../test/support/lambda-runner';

/** What a contender is asked for. */
export interface Task {
  readonly users: number;
  readonly requestsPerSecond: number;
}

/** @throws what the function failed with */
export const invoke = async <T>(runner: LambdaRunner, event: unknown): Promise<T> => {
  const { payload, functionError } = await runner.invoke(event);
  if (functionError) throw new Error(`${functionError.errorType}: ${functionError.errorMessage}`);
  return payload as T;
};
