import {
  AdminDeleteUserAttributesCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Attributes } from './attributes';
import { mayMessage } from './contacts';
import { classify, isDenial, isLost, isWorthARetry } from './failure';
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
  readonly sendUntil: number;
  /** The clock's time until which an answer is waited for. */
  readonly waitUntil: number;
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
/** How often a request is sent that fails for another reason than a throttle, which is waited out. */
const TRIES = 6;
/** How often, where every request whose answer is lost may have sent somebody a code. */
const TRIES_THAT_MESSAGE = 2;
/** How long a policy may take to arrive. */
const DENIED_FOR = 45_000;

export const createClient = (): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    // Every try has to wait for its turn, so the SDK must not add tries of its own.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000 },
  });

export const createCognito = (options: CognitoOptions): Cognito => {
  const { client, userPoolId, pace, clock, sendUntil, waitUntil, onThrottle } = options;

  const patiently = async <T>(send: (abortSignal: AbortSignal) => Promise<T>, recover?: Recovery<T>): Promise<T> => {
    const start = clock.now();
    for (let attempt = 1; ; attempt++) {
      if (!(await pace(sendUntil))) throw new OutOfTime('no time was left to send a request');
      try {
        // A turn may come a little later than it was due.
        const patience = Math.max(1, Math.min(REQUEST_TIMEOUT, waitUntil - clock.now()));
        return await send(AbortSignal.timeout(Math.ceil(patience)));
      } catch (error) {
        const throttled = classify(error) === 'throttled';
        if (throttled) onThrottle();
        const tries = recover && isLost(error) ? TRIES_THAT_MESSAGE : TRIES;
        const patient = throttled || (isDenial(error) ? clock.now() - start < DENIED_FOR : attempt < tries);
        const recovered = isLost(error) ? await recover?.() : undefined;
        if (recovered) return recovered.value;
        if (!isWorthARetry(error) || !patient) throw error;
        const pause = jitter(Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempt - 1)));
        if (clock.now() + pause >= sendUntil) throw error;
        await clock.sleep(pause);
      }
    }
  };

  const read = async (username: string): Promise<LiveUser | undefined> => {
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
  };

  return {
    read,
    set: async (username, attributes, clientMetadata) => {
      const command = new AdminUpdateUserAttributesCommand({
        UserPoolId: userPoolId,
        Username: username,
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        ClientMetadata: clientMetadata,
      });
      // Sent again after a lost answer, it would send another code: so it is looked first whether that is needed. A pool
      // that keeps the original address shows the old one until the new one is confirmed.
      const lookFirst = async () => {
        const live = await read(username);
        const done = live && Object.entries(attributes).every(([name, value]) => live.attributes[name] === value);
        return done ? { value: undefined } : undefined;
      };
      await patiently(
        async (abortSignal) => void (await client.send(command, { abortSignal })),
        mayMessage(attributes) ? lookFirst : undefined,
      );
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

/** Asked after a lost answer whether the request has been carried out all the same. */
type Recovery<T> = () => Promise<{ readonly value: T } | undefined>;

/** Half of it certain, so that the wait grows; half of it random, so that waiting requests part. */
const jitter = (milliseconds: number): number => milliseconds * (0.5 + Math.random() / 2);
