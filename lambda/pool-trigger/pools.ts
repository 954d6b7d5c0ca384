import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Credentials } from '../seeder/pool-role';
import type { Settings } from './settings';

/** The only code here that asks Cognito. */
export interface Pools {
  describe(userPoolId: string): Promise<Settings>;
  update(userPoolId: string, settings: Settings): Promise<void>;
}

/** @param credentials other than the function's own */
export const createClient = (credentials?: Credentials): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    credentials,
    // Before every further try the pool is looked at again.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  });

/**
 * The SDK finds the endpoint, signs and tells errors. It reads and writes only what it knew when it was released, and a
 * setting that came later would be lost on the way: so bodies pass by its serialisers, as JSON.
 */
export const createPools = (client: CognitoIdentityProviderClient): Pools => ({
  describe: async (UserPoolId) => {
    const command = new DescribeUserPoolCommand({ UserPoolId });
    let body = new Uint8Array();
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const response = result.response as { body?: unknown };
        body = await collect(response.body);
        response.body = body; // errors are the SDK's to read
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'rawAnswer' },
    );
    await client.send(command);
    return (JSON.parse(new TextDecoder().decode(body)) as { UserPool: Settings }).UserPool;
  },
  update: async (UserPoolId, settings) => {
    const command = new UpdateUserPoolCommand({ UserPoolId });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body?: unknown }).body = JSON.stringify({ ...settings, UserPoolId });
        return next(args);
      },
      { step: 'build', priority: 'high', name: 'rawRequest' }, // before its length is counted, and before it is signed
    );
    await client.send(command);
  },
});

const collect = async (body: unknown): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
};
