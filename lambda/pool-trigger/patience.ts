import { isDenial } from '../seeder/failure';
import type { Clock } from '../seeder/pace';

export interface PatienceOptions {
  readonly clock: Clock;
  /** The clock's time at which no further try begins. */
  readonly until: number;
}

/**
 * Tries again where that may help. What is tried looks at the pool first: the answer to the last try may have been lost, and
 * somebody else may have changed the pool.
 */
export type Patience = <T>(attempt: () => Promise<T>) => Promise<T>;

const RETRIED: readonly string[] = [
  'ConcurrentModificationException',
  'InternalErrorException',
  'InternalServerError',
  'LimitExceededException',
  'PoolRoleUnreachable',
  'ServiceUnavailable',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
];

/** How long a policy that was attached just now may take to reach every host. */
const DENIED_FOR = 45_000;

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5_000;

export const patience =
  ({ clock, until }: PatienceOptions): Patience =>
  async (attempt) => {
    const start = clock.now();
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries) * (0.5 + Math.random() / 2);
        const last = isDenial(error) ? Math.min(until, start + DENIED_FOR) : until;
        if (!(isWorthARetry(error) || isDenial(error)) || clock.now() + pause >= last) throw error;
        await clock.sleep(pause);
      }
    }
  };

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Throttled, changed by others at the same time, or without an answer. */
const isWorthARetry = (error: unknown): boolean => {
  const { name = '', code, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  const unanswered = status === undefined && (code !== undefined || name === 'TimeoutError');
  return RETRIED.includes(name) || status === 429 || (status ?? 0) >= 500 || unanswered;
};
