import { randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  AttributeDataType,
  PasswordPolicyType,
  SchemaAttributeType,
  UserStatusType,
} from '@aws-sdk/client-cognito-identity-provider';
import { silentContext } from './cognito-local-internals';
import type { User } from './cognito-local-internals';
import { startCognitoLocal } from './cognito-local';
import type { Delivery, TriggerTarget } from './cognito-local-messages';
import { startCognitoProxy } from './cognito-proxy';
import type { CognitoProxy, CognitoProxyOptions } from './cognito-proxy';
import type { Contact } from './cognito-sign-in-name';
import { inProcess, startLambdaEndpoint } from './lambda-endpoint';
import type { Invocable } from './lambda-endpoint';

export type { CognitoCall, Fault, Faults } from './cognito-faults';
export type { Delivery, TriggerTarget } from './cognito-local-messages';
export type { Quota, QuotaCategory, Quotas } from './cognito-quota';
export type { Contact } from './cognito-sign-in-name';

export interface CustomAttribute {
  /** @default String */
  readonly type?: AttributeDataType;
  /** Shortest length of a string, lowest number. @default - none */
  readonly min?: number;
  /** Greatest length of a string, highest number. @default - none */
  readonly max?: number;
  /** @default true */
  readonly mutable?: boolean;
}

export interface PoolOptions {
  /** The id that another emulator has given the pool. @default - chosen by the emulator */
  readonly id?: string;
  /** By name, without `custom:`. @default {} */
  readonly customAttributes?: Readonly<Record<string, CustomAttribute>>;
  /** Standard attributes that every user must have. @default [] */
  readonly required?: readonly string[];
  /** Contacts that Cognito verifies with a code when they change. @default [] */
  readonly autoVerified?: readonly Contact[];
  /** Contacts whose old value stays until the code is confirmed; a subset of `autoVerified`. @default [] */
  readonly keepOriginal?: readonly Contact[];
  /** What people sign in with in place of a username, which then is a UUID. @default [] */
  readonly usernameAttributes?: readonly Contact[];
  /** What people may sign in with beside their username; contacts, once they are verified. @default [] */
  readonly aliases?: readonly (Contact | 'preferred_username')[];
  /** Whether `Alice` is another than `alice`. @default true */
  readonly caseSensitive?: boolean;
  /** What is left out is not asked for. @default - eight characters, of all four kinds */
  readonly passwordPolicy?: PasswordPolicyType;
  /** Whether users may have a second factor. @default false */
  readonly mfa?: boolean;
}

export interface AppClientOptions {
  /** The id that another emulator has given the client. @default - chosen by the emulator */
  readonly id?: string;
  /** @default - the standard attributes */
  readonly writeAttributes?: readonly string[];
  /** @default - the standard attributes */
  readonly readAttributes?: readonly string[];
}

export interface SeedUser {
  readonly username: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether signing in asks for a code sent by SMS. @default false */
  readonly smsMfa?: boolean;
  /** @default CONFIRMED */
  readonly status?: UserStatusType;
  /** @default true */
  readonly enabled?: boolean;
  /** @default - nobody knows */
  readonly password?: string;
}

export interface PoolUser {
  readonly username: string;
  readonly sub: string;
  readonly status: string;
  readonly enabled: boolean;
  /** Without `sub`. */
  readonly attributes: Record<string, string>;
}

/** What signing in led to. */
export type SignIn =
  { readonly accessToken: string; readonly idToken: string } | { readonly challenge: string; readonly session: string };

export interface LocalCognitoOptions extends CognitoProxyOptions {
  /** How long the emulator waits for the trigger, three times over. @default 5000 - as Cognito */
  readonly triggerTimeoutMs?: number;
}

export interface LocalCognito extends CognitoProxy {
  /** cognito-local without the proxy: no checks, quotas, faults or records. */
  readonly directEndpoint: string;
  /** What people received, the code filled in. */
  readonly deliveries: Delivery[];
  clearDeliveries(): void;
  /** A client of the proxy, or of another endpoint; it retries nothing. Destroyed by `stop()`. */
  client(endpoint?: string): CognitoIdentityProviderClient;
  createPool(options?: PoolOptions): Promise<string>;
  /** An app client that may sign in with a password. @returns its id */
  createAppClient(userPoolId: string, options?: AppClientOptions): Promise<string>;
  /** @returns the username, which the pool chooses where people sign in with a contact */
  createUser(userPoolId: string, username: string, attributes?: Readonly<Record<string, string>>): Promise<string>;
  /** Writes to the store behind the pool: thousands of users in no time. */
  seedUsers(userPoolId: string, users: Iterable<SeedUser>): Promise<void>;
  /** A group of users who are there. */
  createGroup(userPoolId: string, group: string, usernames?: readonly string[]): Promise<void>;
  /** The groups a user is in, by name. */
  groupsOf(userPoolId: string, username: string): Promise<string[]>;
  /** The groups of a pool, each with the usernames of its members. */
  groups(userPoolId: string): Promise<Record<string, string[]>>;
  /** Signs a user in, under a password set for the purpose. @returns the access token */
  signIn(userPoolId: string, clientId: string, username: string): Promise<string>;
  /** Signs a user in with the password they have. Rejects as the SDK does where Cognito refuses. */
  authenticate(clientId: string, username: string, password: string): Promise<SignIn>;
  /** A user's attributes without `sub`; undefined where there is no such user. */
  attributes(userPoolId: string, username: string): Promise<Record<string, string> | undefined>;
  user(userPoolId: string, username: string): Promise<PoolUser | undefined>;
  users(userPoolId: string): Promise<PoolUser[]>;
  /** The CustomMessage trigger of all pools: a handler, a LambdaRunner, or a function elsewhere; none to remove it. */
  setCustomMessage(trigger?: Invocable | TriggerTarget | ((event: never) => unknown)): void;
}

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
// cognito-local fills a policy up with its defaults, which Cognito does not.
const LAX: PasswordPolicyType = {
  MinimumLength: 6,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
  RequireUppercase: false,
};
const FUNCTION_NAME = 'custom-message';

const optional = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));

const customSchema = ([Name, custom]: [string, CustomAttribute]): SchemaAttributeType => {
  const { type = 'String', min, max, mutable } = custom;
  return {
    Name,
    AttributeDataType: type,
    Mutable: mutable,
    ...(type === 'String' && {
      StringAttributeConstraints: { MinLength: optional(min), MaxLength: optional(max) },
    }),
    ...(type === 'Number' && { NumberAttributeConstraints: { MinValue: optional(min), MaxValue: optional(max) } }),
  };
};

const list = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

const poolUser = (user: User): PoolUser => {
  const { sub = '', ...attributes } = Object.fromEntries(user.Attributes.map(({ Name, Value = '' }) => [Name, Value]));
  return { username: user.Username, sub, status: user.UserStatus, enabled: user.Enabled, attributes };
};

/** A Cognito of one's own: cognito-local in this process, behind the proxy that makes it as strict as Cognito. */
export const startLocalCognito = async (options: LocalCognitoOptions = {}): Promise<LocalCognito> => {
  let trigger: TriggerTarget | undefined;
  const lambda = await startLambdaEndpoint();
  const emulator = await startCognitoLocal({
    customMessage: () => trigger,
    triggerTimeoutMs: options.triggerTimeoutMs,
  });
  const proxy = await startCognitoProxy(emulator.endpoint, options);

  const clients: CognitoIdentityProviderClient[] = [];
  const client = (endpoint = proxy.endpoint): CognitoIdentityProviderClient => {
    const created = new CognitoIdentityProviderClient({
      endpoint,
      region: 'us-east-1',
      credentials: CREDENTIALS,
      maxAttempts: 1,
    });
    clients.push(created);
    return created;
  };
  // What a test prepares is no part of what it observes.
  const direct = client(emulator.endpoint);

  const user = async (userPoolId: string, username: string): Promise<PoolUser | undefined> => {
    const found = await (await emulator.pool(userPoolId)).getUserByUsername(silentContext, username);
    return found ? poolUser(found) : undefined;
  };

  return {
    ...proxy,
    directEndpoint: emulator.endpoint,
    deliveries: emulator.deliveries,
    clearDeliveries: () => void emulator.deliveries.splice(0),
    client,
    createPool: async ({
      id,
      customAttributes = {},
      required = [],
      autoVerified,
      keepOriginal,
      usernameAttributes,
      aliases,
      caseSensitive,
      passwordPolicy,
      mfa = false,
    } = {}) => {
      const { UserPool } = await direct.send(
        new CreateUserPoolCommand({
          PoolName: 'local',
          MfaConfiguration: mfa ? 'OPTIONAL' : 'OFF',
          AutoVerifiedAttributes: autoVerified && [...autoVerified],
          UsernameAttributes: usernameAttributes && [...usernameAttributes],
          AliasAttributes: aliases && [...aliases],
          UsernameConfiguration: caseSensitive === undefined ? undefined : { CaseSensitive: caseSensitive },
          Policies: passwordPolicy && { PasswordPolicy: { ...LAX, ...passwordPolicy } },
          UserAttributeUpdateSettings: keepOriginal && {
            AttributesRequireVerificationBeforeUpdate: [...keepOriginal],
          },
          Schema: [
            ...required.map((Name) => ({ Name, Required: true })),
            ...Object.entries(customAttributes).map(customSchema),
          ],
        }),
      );
      if (id !== undefined) await emulator.adopt(UserPool!.Id!, id);
      return id ?? UserPool!.Id!;
    },
    createAppClient: async (UserPoolId, { id, writeAttributes, readAttributes } = {}) => {
      const { UserPoolClient } = await direct.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'local',
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
          WriteAttributes: writeAttributes && [...writeAttributes],
          ReadAttributes: readAttributes && [...readAttributes],
        }),
      );
      if (id !== undefined) await emulator.adoptClient(UserPoolId, UserPoolClient!.ClientId!, id);
      return id ?? UserPoolClient!.ClientId!;
    },
    createUser: async (UserPoolId, Username, attributes = {}) => {
      const { User: created } = await direct.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username,
          UserAttributes: list(attributes),
          MessageAction: 'SUPPRESS',
        }),
      );
      return created!.Username!;
    },
    seedUsers: async (userPoolId, users) => {
      const pool = await emulator.pool(userPoolId);
      const now = emulator.clock.get(); // a Date of the emulator's realm, which it tells from others
      for (const { username, attributes = {}, smsMfa = false, status = 'CONFIRMED', enabled = true, password } of users)
        await pool.saveUser(silentContext, {
          Username: username,
          Password: password ?? randomUUID(),
          Attributes: list({ sub: randomUUID(), ...attributes }),
          Enabled: enabled,
          UserStatus: status,
          UserCreateDate: now,
          UserLastModifiedDate: now,
          RefreshTokens: [],
          ...(smsMfa && { MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] }),
        });
    },
    createGroup: async (userPoolId, GroupName, members = []) => {
      const pool = await emulator.pool(userPoolId);
      const now = emulator.clock.get();
      await pool.saveGroup(silentContext, {
        GroupName,
        members: [...members],
        CreationDate: now,
        LastModifiedDate: now,
      });
    },
    groupsOf: async (userPoolId, username) => {
      const pool = await emulator.pool(userPoolId);
      const member = await pool.getUserByUsername(silentContext, username);
      return member ? [...(await pool.listUserGroupMembership(silentContext, member))] : [];
    },
    groups: async (userPoolId) => {
      const groups = await (await emulator.pool(userPoolId)).listGroups(silentContext);
      return Object.fromEntries(groups.map(({ GroupName, members = [] }) => [GroupName, [...members]]));
    },
    signIn: async (UserPoolId, ClientId, Username) => {
      const PASSWORD = `Aa1!${randomUUID()}`;
      await direct.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }));
      const { AuthenticationResult } = await direct.send(
        new InitiateAuthCommand({
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId,
          AuthParameters: { USERNAME: Username, PASSWORD },
        }),
      );
      return AuthenticationResult!.AccessToken!;
    },
    authenticate: async (ClientId, USERNAME, PASSWORD) => {
      const { AuthenticationResult, ChallengeName, Session } = await direct.send(
        new InitiateAuthCommand({
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId,
          AuthParameters: { USERNAME, PASSWORD },
        }),
      );
      return AuthenticationResult
        ? { accessToken: AuthenticationResult.AccessToken!, idToken: AuthenticationResult.IdToken! }
        : { challenge: ChallengeName!, session: Session! };
    },
    attributes: async (userPoolId, username) => (await user(userPoolId, username))?.attributes,
    user,
    users: async (userPoolId) => (await (await emulator.pool(userPoolId)).listUsers(silentContext)).map(poolUser),
    setCustomMessage: (target) => {
      if (target && 'functionName' in target) {
        trigger = target;
        return;
      }
      trigger = target && { endpoint: lambda.endpoint, functionName: FUNCTION_NAME };
      if (target) lambda.functions.set(FUNCTION_NAME, 'invoke' in target ? target : inProcess(target));
    },
    stop: async () => {
      for (const created of clients) created.destroy();
      await proxy.stop();
      await emulator.stop();
      await lambda.stop();
    },
  };
};
