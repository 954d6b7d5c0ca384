import {
  AdminDeleteUserAttributesCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Attributes } from './attributes';
import { classify, isWorthARetry } from './failure';
import type { Clock, Pace } from './pace';
import type { LiveUser } from './settle';

/** The three calls that the seeder makes. The only code that touches the SDK. */
export interface Cognito {
  /** @returns undefined where the pool has no such user */
  read(username: string): Promise<LiveUser | undefined>;
  set(username: string, attributes: Attributes, clientMetadata: Readonly<Record<string, string>>): Promise<void>;
  delete(username: string, names: readonly string[]): Promise<void>;
}

export interface CognitoOptions {
  readonly client: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly userPoolId: string;
  /** Every request waits for its turn, retries included. */
  readonly pace: Pace;
  readonly clock: Clock;
  /** The clock's time at which no further request is sent. */
  readonly deadline: number;
  readonly onThrottle: () => void;
}

/** What a request fails with that could not be sent, or sent again, in time. */
export class OutOfTime extends Error {
  readonly name = 'OutOfTime';
}

/** A trigger may take 5 seconds, three times, before Cognito answers; then the answer is lost. */
const REQUEST_TIMEOUT = 20_000;
const FIRST_BACKOFF = 200;
const LONGEST_BACKOFF = 4_000;
/** How often a request is sent that fails for another reason than a throttle. A throttle is waited out. */
const TRIES = 6;

export const createClient = (): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    // Every try has to wait for its turn, so the SDK must not add tries of its own.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000 },
  });

export const createCognito = (options: CognitoOptions): Cognito => {
  const { client, userPoolId, pace, clock, deadline, onThrottle } = options;

  const patiently = async <T>(send: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      await pace();
      const left = deadline - clock.now();
      if (left <= 0) throw new OutOfTime('no time was left to send a request');
      try {
        return await send(AbortSignal.timeout(Math.ceil(Math.min(REQUEST_TIMEOUT, left))));
      } catch (error) {
        const throttled = classify(error) === 'throttled';
        if (throttled) onThrottle();
        if (!isWorthARetry(error) || (attempt >= TRIES && !throttled)) throw error;
        const pause = jitter(Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempt - 1)));
        if (clock.now() + pause >= deadline) throw error;
        await clock.sleep(pause);
      }
    }
  };

  return {
    read: async (username) => {
      const command = new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username });
      try {
        const user = await patiently((abortSignal) => client.send(command, { abortSignal }));
        return {
          username: user.Username ?? username,
          attributes: Object.fromEntries((user.UserAttributes ?? []).map(({ Name, Value = '' }) => [Name, Value])),
        };
      } catch (error) {
        if (classify(error) === 'user-missing') return undefined;
        throw error;
      }
    },
    set: async (username, attributes, clientMetadata) => {
      const command = new AdminUpdateUserAttributesCommand({
        UserPoolId: userPoolId,
        Username: username,
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        ClientMetadata: clientMetadata,
      });
      await patiently((abortSignal) => client.send(command, { abortSignal }));
    },
    delete: async (username, names) => {
      const command = new AdminDeleteUserAttributesCommand({
        UserPoolId: userPoolId,
        Username: username,
        UserAttributeNames: [...names],
      });
      await patiently((abortSignal) => client.send(command, { abortSignal }));
    },
  };
};

/** Half of it certain, so that the wait grows; half of it random, so that waiting requests part. */
const jitter = (milliseconds: number): number => milliseconds * (0.5 + Math.random() / 2);
