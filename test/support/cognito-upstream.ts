import type { JsonWebKey } from 'node:crypto';
import type { Schema } from './cognito-schema';
import { HttpClient } from './http';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface PoolDescription {
  readonly SchemaAttributes: Schema;
  readonly UsernameAttributes?: readonly string[];
}

/** An answer that Cognito would give and cognito-local does not. */
export class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export const CONTENT_TYPE = 'application/x-amz-json-1.1';
const TARGET = 'AWSCognitoIdentityProviderService';

export const errorAnswer = (type: string, message: string, status: number): Answer => ({
  status,
  body: JSON.stringify({ __type: type, message }),
});

export const errorTypeOf = ({ status, body }: Answer): string | undefined => {
  if (status < 400) return undefined;
  try {
    return (JSON.parse(body) as { __type?: string }).__type ?? 'InternalErrorException';
  } catch {
    return 'InternalErrorException';
  }
};

interface ClientDescription {
  readonly WriteAttributes?: readonly string[];
}

/** Cognito's own, which no app client may write. */
const NEVER = new Set(['sub', 'email_verified', 'phone_number_verified']);

/** Asks cognito-local, and remembers what does not change. */
export class Upstream {
  private readonly http = new HttpClient();
  private readonly pools = new Map<string, Promise<PoolDescription>>();
  private readonly clients = new Map<string, Promise<ClientDescription>>();
  private key?: Promise<JsonWebKey>;

  constructor(private readonly endpoint: string) {}

  stop(): void {
    this.http.stop();
  }

  async send(operation: string, body: string): Promise<Answer> {
    const headers = { 'content-type': CONTENT_TYPE, 'x-amz-target': `${TARGET}.${operation}` };
    return this.http.send(`${this.endpoint}/`, { headers, body });
  }

  pass(path: string, method: string, headers: Record<string, string>, body: string) {
    return this.http.send(`${this.endpoint}${path}`, { method, headers, body });
  }

  pool(UserPoolId: string): Promise<PoolDescription> {
    return remembered(this.pools, UserPoolId, async () => {
      type Described = { UserPool: PoolDescription };
      return (await this.describe<Described>('DescribeUserPool', { UserPoolId })).UserPool;
    });
  }

  async schema(userPoolId: string): Promise<Schema> {
    return (await this.pool(userPoolId)).SchemaAttributes;
  }

  forgetPool(userPoolId: string): void {
    this.pools.delete(userPoolId);
    this.clients.clear();
  }

  /** Without a list, an app client may write the standard attributes alone. */
  async mayWrite(userPoolId: string, clientId: string, names: readonly string[]): Promise<boolean> {
    const { WriteAttributes } = await remembered(this.clients, clientId, async () => {
      const request = { UserPoolId: userPoolId, ClientId: clientId };
      type Described = { UserPoolClient: ClientDescription };
      return (await this.describe<Described>('DescribeUserPoolClient', request)).UserPoolClient;
    });
    return names.every((name) => !NEVER.has(name) && (WriteAttributes?.includes(name) ?? !/^(custom|dev):/.test(name)));
  }

  /** Every pool of cognito-local signs with the same key. */
  signingKey(): Promise<JsonWebKey> {
    this.key ??= this.pass('/any/.well-known/jwks.json', 'GET', {}, '').then(
      ({ body }) => (JSON.parse(body) as { keys: JsonWebKey[] }).keys[0],
    );
    return this.key;
  }

  private async describe<T>(operation: string, request: Record<string, string>): Promise<T> {
    const answer = await this.send(operation, JSON.stringify(request));
    const type = errorTypeOf(answer);
    if (type === 'ResourceNotFoundException')
      throw new Refusal(type, `User pool ${request.UserPoolId} does not exist.`);
    if (type) throw new Refusal(type, `${operation} failed`, answer.status);
    return JSON.parse(answer.body) as T;
  }
}

/** What was asked for once; not what was refused. */
const remembered = <T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> => {
  const answer =
    known.get(key) ??
    ask().catch((error: unknown) => {
      known.delete(key);
      throw error;
    });
  known.set(key, answer);
  return answer;
};
