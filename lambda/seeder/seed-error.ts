import type { Logger } from '@aws-lambda-powertools/logger';
import { MalformedProperties } from '../../lib/private/contracts/fields';

/** What CloudFormation is told of a failure, in our own words: others may quote a value. */
export class SeedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SeedError';
    // The Provider framework puts the stack into its answer, which may take 4,096 bytes in all.
    this.stack = `${this.name}: ${message}`;
  }
}

/** Of an error that nobody expected, the log gets its name and its place. */
export const asSeedError = (error: unknown, logger: Logger): SeedError => {
  if (error instanceof SeedError) return error;
  if (error instanceof MalformedProperties) return new SeedError(error.message);
  const { name, stack = '' } = error as Error;
  logger.error('Unexpected', { name, at: stack.split('\n').filter((line) => line.startsWith('    at ')) });
  return new SeedError(`The function failed unexpectedly (${name}): see its log, and report it.`);
};
