import { MalformedProperties } from '../../lib/private/contracts/fields';
import { describe, PoolRoleError } from '../seeder/failure';

/** What CloudFormation is told of a failure, in our own words. */
export class TriggerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TriggerError';
    // The Provider framework puts the stack into its answer, which may take 4,096 bytes in all.
    this.stack = `${this.name}: ${message}`;
  }
}

/** Another function is the pool's trigger, and nobody said that it may be displaced. */
export class Refusal extends TriggerError {}

/** Settings are no secrets of people's: what Cognito says of them may be repeated. */
const LONGEST_QUOTE = 400;

export const asTriggerError = (error: unknown, userPoolId: string | undefined): TriggerError => {
  if (error instanceof TriggerError) return error;
  if (error instanceof MalformedProperties) return new TriggerError(error.message);
  if (error instanceof PoolRoleError) {
    return new TriggerError(`The user pool ${userPoolId} is out of reach: ${describe(error, []).remedy}`);
  }
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if ($metadata === undefined) {
    console.error({ message: 'Unexpected', name, at: (error as Error).stack?.split('\n').slice(1) });
  }
  const pool = `The user pool ${userPoolId}`;
  if (name === 'ResourceNotFoundException') {
    return new TriggerError(`${pool} does not exist in this Region: correct the id of the imported pool.`);
  }
  const quote = message.slice(0, LONGEST_QUOTE);
  if (name === 'AccessDeniedException') {
    return new TriggerError(
      `${pool} was not changed, since a policy denies it to the function: look at its role, at poolRole where that is declared, and the account's SCPs; of a pool with a sender of one's own, attach the trigger in the app that declares the pool (${quote})`,
    );
  }
  return new TriggerError(`${pool} could not be changed: ${name}, ${quote}`);
};
