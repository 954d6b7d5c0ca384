import type { CognitoIdentityProviderClientConfig } from '@aws-sdk/client-cognito-identity-provider';
import { classify, PoolRoleError } from './failure';

/** What a client signs with; the SDK asks again five minutes before they expire. */
export type Credentials = NonNullable<CognitoIdentityProviderClientConfig['credentials']>;

/** What is loaded only where a role is declared: the client of STS. */
export interface RolePart {
  takeOn(role: string): Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
    readonly expiration?: Date;
  }>;
}

/** A client for whoever asks: the function itself, or a role of the pool's account, whose credentials outlast an invocation. */
export const clientsOf = <C>(create: (credentials?: Credentials) => C, load: () => Promise<RolePart>) => {
  const own = create();
  const clients = new Map<string, C>();
  return (role: string | undefined): C => {
    if (role === undefined) return own;
    const client = clients.get(role) ?? create(() => takeOn(role, load));
    clients.set(role, client);
    return client;
  };
};

/** One try: the request that needs the credentials is sent again where that may help, and they are asked for again. */
const takeOn = async (role: string, load: () => Promise<RolePart>) => {
  const part = await load();
  return part.takeOn(role).catch((error) => {
    const unanswered = ['throttled', 'transient'].includes(classify(error));
    throw new PoolRoleError(unanswered ? 'PoolRoleUnreachable' : 'PoolRoleDenied', role, error);
  });
};
