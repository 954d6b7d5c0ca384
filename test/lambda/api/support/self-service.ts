import { MetadataKey, UserAttributesEndpoint, type UserAttributesApiProps, WritableAttribute } from '../../../../lib';
import { type LocalApi, type LocalApiOptions, startLocalApi } from '../../../support/api';
import { type LocalCognito, type PoolOptions, startLocalCognito } from '../../../support/local-cognito';

/** What the API answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

export interface Question {
  /** What is sent as `Authorization`, as it is. @default - the person's own */
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, a text or bytes as they are. */
  readonly body?: object | string | Uint8Array;
}

/** A signed-in user, who asks the API and nobody else. */
export interface Person {
  readonly username: string;
  readonly accessToken: string;
  ask(method: string, path?: string, question?: Question): Promise<Answer>;
  read(): Promise<Answer>;
  change(attributes: object, clientMetadata?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  sendCode(name: string, body?: object): Promise<Answer>;
  confirm(name: string, code: unknown): Promise<Answer>;
  remove(name: string): Promise<Answer>;
  /** What the pool holds of them. */
  attributes(): Promise<Record<string, string>>;
  /** The codes that were sent to them, the oldest first. */
  codes(): string[];
}

export interface SelfService {
  readonly cognito: LocalCognito;
  readonly api: LocalApi;
  readonly pool: string;
  readonly client: string;
  person(attributes?: Readonly<Record<string, string>>): Promise<Person>;
  /** The calls that reached Cognito since the last `forget`. */
  calls(): string[];
  /** Calls, messages, faults and triggers. */
  forget(): void;
  /** Fails where a value, token or code of anybody stands in a log. */
  expectSecrecy(): void;
  stop(): Promise<void>;
}

/** May be written by the app client, and some of it here. */
const CLIENT = [
  'given_name',
  'family_name',
  'nickname',
  'locale',
  'birthdate',
  'email',
  'phone_number',
  'custom:theme',
  'custom:bio',
  'custom:tenant',
];

export const POOL: PoolOptions = {
  customAttributes: { theme: {}, bio: {}, tenant: {} },
  autoVerified: ['email', 'phone_number'],
  keepOriginal: ['email', 'phone_number'],
};

export const ORIGIN = 'https://app.example.com';

type ApiProps = Omit<UserAttributesApiProps, 'userPool' | 'userPoolClients'>;

export const API: ApiProps = {
  writable: [
    WritableAttribute.of('givenName', { maxLength: 40 }),
    WritableAttribute.of('nickname', { pattern: '[a-z][a-z0-9-]*', maxLength: 20 }),
    WritableAttribute.of('locale'),
    WritableAttribute.of('birthdate'),
    WritableAttribute.of('email'),
    WritableAttribute.of('phoneNumber'),
    WritableAttribute.oneOf('custom:theme', ['light', 'dark-mode']),
    WritableAttribute.of('custom:bio'),
  ],
  metadata: [
    MetadataKey.oneOf('campaign', ['spring-sale', 'autumn-sale']),
    MetadataKey.of('referrer', { pattern: '[a-z]+', maxLength: 12 }),
  ],
  endpoint: UserAttributesEndpoint.create({ allowOrigins: [ORIGIN] }),
};

export interface SelfServiceOptions extends Pick<LocalApiOptions, 'declare' | 'throttled'> {
  readonly pool?: PoolOptions;
  readonly api?: Partial<ApiProps>;
}

/** The API as it is shipped, before a pool with one app client. */
export const startSelfService = async ({
  pool: over,
  api: props,
  ...options
}: SelfServiceOptions = {}): Promise<SelfService> => {
  const cognito = await startLocalCognito();
  const pool = await cognito.createPool({ ...POOL, ...over });
  const client = await cognito.createAppClient(pool, {
    writeAttributes: CLIENT,
    readAttributes: [...CLIENT, 'email_verified', 'phone_number_verified'],
  });
  const where = { userPoolId: pool, clientIds: [client], ...options };
  const api = await startLocalApi(cognito, where, { ...API, ...props }).catch(async (error: unknown) => {
    await cognito.stop(); // without this, jest does not exit
    throw error;
  });
  const secrets = new Set<string>();
  let people = 0;

  const personOf = (username: string, accessToken: string): Person => {
    const ask: Person['ask'] = async (method, path = '', { authorization, headers, body } = {}) => {
      const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
      for (const text of textsIn(body)) secrets.add(text);
      const answer = await fetch(api.url + path, {
        method,
        headers: {
          authorization: authorization ?? `Bearer ${accessToken}`,
          ...(isJson && { 'content-type': 'application/merge-patch+json' }),
          ...headers,
        },
        body: isJson ? JSON.stringify(body) : (body as string),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
    };
    const one = (name: string): string => `/${encodeURIComponent(name)}`;
    return {
      username,
      accessToken,
      ask,
      read: () => ask('GET'),
      change: (attributes, clientMetadata, headers) =>
        ask('PATCH', '', { body: { attributes, ...(clientMetadata && { clientMetadata }) }, headers }),
      sendCode: (name, body) => ask('POST', `${one(name)}/verification-code`, { body }),
      confirm: (name, code) => ask('POST', `${one(name)}/verification`, { body: { code } }),
      remove: (name) => ask('DELETE', one(name)),
      attributes: async () => (await cognito.attributes(pool, username))!,
      codes: () => cognito.deliveries.filter((sent) => sent.username === username).map(({ code }) => code),
    };
  };

  return {
    cognito,
    api,
    pool,
    client,
    person: async (attributes = {}) => {
      const username = `person-${++people}`;
      await cognito.createUser(pool, username, attributes);
      const accessToken = await cognito.signIn(pool, client, username);
      for (const text of [accessToken, ...textsIn(attributes)]) secrets.add(text);
      return personOf(username, accessToken);
    },
    calls: () => cognito.calls.map(({ operation }) => operation),
    forget: () => {
      for (const { code } of cognito.deliveries) secrets.add(code);
      cognito.clearCalls();
      cognito.clearDeliveries();
      cognito.setFaults();
      cognito.setCustomMessage();
    },
    expectSecrecy: () => {
      const told = [...api.runner.logs, ...api.accessLog];
      expect(told.join('\n')).toContain('UserAttributesApi');
      const words = new Set(told.flatMap((line) => line.split(/[^\w:@.+-]+/)));
      // A code is six digits, which stand in many a time stamp.
      const isTold = (secret: string) =>
        /^\d+$/.test(secret) ? words.has(secret) : told.some((line) => line.includes(secret));
      expect([...secrets].filter((secret) => secret.length > 3 && isTold(secret))).toEqual([]);
    },
    stop: async () => {
      await api.stop();
      await cognito.stop();
    },
  };
};

/** All texts in a value; of what is no JSON, the whole. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(textsIn);
};
