import {
  AdminDeleteUserAttributesCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Attributes } from './attributes';
import { type CognitoAccounts, createAccounts } from './cognito-accounts';
import { isVerificationFlag, mayMessage } from './contacts';
import { classify } from './failure';
import type { Paces } from './pace';
import { patience, type PatienceOptions } from './patience';
import type { Credentials } from './pool-role';
import type { LiveUser } from './settle';

/** The calls that the seeder makes for one user. With pool-reader.ts, the only code that asks Cognito. */
export interface Cognito extends CognitoAccounts {
  /** @returns undefined where the pool has no such user */
  read(username: string): Promise<LiveUser | undefined>;
  set(username: string, attributes: Attributes, clientMetadata: Readonly<Record<string, string>>): Promise<void>;
  delete(username: string, names: readonly string[]): Promise<void>;
}

export interface CognitoOptions extends PatienceOptions {
  readonly client: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly userPoolId: string;
  /** In which every request waits for its turn, repeated ones too. */
  readonly paces: Paces;
}

/** @param credentials other than the function's own */
export const createClient = (credentials?: Credentials): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    credentials,
    // Every try has to wait for its turn, so the SDK must not add tries of its own.
    maxAttempts: 1,
    // As many as there may be workers: the SDK's own 50 would hold back a fast pace where answers are slow.
    requestHandler: { connectionTimeout: 3_000, httpsAgent: { maxSockets: 100 }, httpAgent: { maxSockets: 100 } },
  });

export const createCognito = (options: CognitoOptions): Cognito => {
  const { client, userPoolId, paces } = options;
  const patiently = patience(options);

  const read = async (username: string): Promise<LiveUser | undefined> => {
    const command = new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username });
    try {
      const user = await patiently(paces.read, (abortSignal) => client.send(command, { abortSignal }));
      return {
        username: user.Username ?? username,
        attributes: Object.fromEntries((user.UserAttributes ?? []).map(({ Name, Value = '' }) => [Name, Value])),
        enabled: user.Enabled !== false,
        status: user.UserStatus,
        createdAt: user.UserCreateDate?.getTime(),
      };
    } catch (error) {
      if (classify(error) === 'user-missing') return undefined;
      throw error;
    }
  };

  return {
    ...createAccounts(options, read),
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
        paces.update,
        async (abortSignal) => void (await client.send(command, { abortSignal })),
        mayMessage(attributes) ? lookFirst : undefined,
      );
    },
    delete: async (username, names) => {
      const send = (some: readonly string[]) => {
        const command = new AdminDeleteUserAttributesCommand({
          UserPoolId: userPoolId,
          Username: username,
          UserAttributeNames: [...some],
        });
        return patiently(paces.update, (abortSignal) => client.send(command, { abortSignal }));
      };
      const addresses = names.filter((name) => !isVerificationFlag(name));
      await send(names).catch((error) => {
        // Whether a flag can go is not documented; without its address it vouches for nothing.
        const isAboutFlags = (error as Error).name === 'InvalidParameterException' && addresses.length < names.length;
        if (!isAboutFlags || addresses.length === 0) throw error;
        return send(addresses);
      });
    },
  };
};
