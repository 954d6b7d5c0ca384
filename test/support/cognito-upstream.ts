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

/** Asks cognito-local, and remembers what does not change. */
export class Upstream {
  private readonly http = new HttpClient();
  private readonly pools = new Map<string, Promise<PoolDescription>>();
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

  pool(userPoolId: string): Promise<PoolDescription> {
    let pool = this.pools.get(userPoolId);
    if (!pool) {
      pool = this.describe<{ UserPool: PoolDescription }>('DescribeUserPool', { UserPoolId: userPoolId })
        .then(({ UserPool }) => UserPool)
        .catch((error: unknown) => {
          this.pools.delete(userPoolId);
          throw error;
        });
      this.pools.set(userPoolId, pool);
    }
    return pool;
  }

  async schema(userPoolId: string): Promise<Schema> {
    return (await this.pool(userPoolId)).SchemaAttributes;
  }

  forgetPool(userPoolId: string): void {
    this.pools.delete(userPoolId);
  }

  async writableAttributes(userPoolId: string, clientId: string): Promise<string[] | undefined> {
    const request = { UserPoolId: userPoolId, ClientId: clientId };
    type Description = { UserPoolClient: { WriteAttributes?: string[] } };
    return (await this.describe<Description>('DescribeUserPoolClient', request)).UserPoolClient.WriteAttributes;
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
