import { Token } from 'aws-cdk-lib';
import type { CfnUserPool, CfnUserPoolClient, IUserPoolClientRef } from 'aws-cdk-lib/aws-cognito';
import { SELF_SERVICE_SCOPE } from '../../contracts/api';
import type { Finding } from '../../finding';
import { ownedPoolOf, ownedUserPoolClient } from '../../owned-user-pool';
import { isStandard, STANDARD_ATTRIBUTES } from '../../schema-entries';

/** What an app client of this app may do with attributes, as far as it is known at synth. */
export interface KnownClient {
  readonly path: string;
  readonly resource: CfnUserPoolClient;
  mayWrite(name: string): boolean;
  mayRead(name: string): boolean;
  /** What it may write beyond `names`, and can be told. */
  writesMore(names: readonly string[]): string[];
}

/** Cognito's own, which nobody writes. */
const NEVER = ['sub', 'email_verified', 'phone_number_verified'];

export const knownClients = (clients: readonly IUserPoolClientRef[]): KnownClient[] =>
  clients.flatMap((client) => {
    const resource = ownedUserPoolClient(client);
    if (!resource) return [];
    // Without a list, Cognito lets an app client read and write the standard attributes and no other.
    const writes = list(resource.writeAttributes);
    const reads = list(resource.readAttributes);
    return [
      {
        path: client.node.path,
        resource,
        mayWrite: (name) => writes === 'unknown' || (writes?.includes(name) ?? isStandard(name)),
        mayRead: (name) => name === 'sub' || reads === 'unknown' || (reads?.includes(name) ?? isStandard(name)),
        writesMore: (names) =>
          (writes === 'unknown' ? [] : (writes ?? STANDARD_ATTRIBUTES)).filter(
            (name) => !names.includes(name) && !NEVER.includes(name),
          ),
      },
    ];
  });

const list = (names: readonly string[] | undefined): readonly string[] | 'unknown' | undefined =>
  Token.isUnresolved(names) || names?.some((name) => Token.isUnresolved(name)) ? 'unknown' : names;

/** All that is wrong with the app clients. */
export const checkClients = (
  clients: readonly IUserPoolClientRef[],
  pool: CfnUserPool | undefined,
  writable: readonly string[],
  readable: readonly string[],
): Finding[] => [
  ...(clients.length > 0
    ? []
    : [
        {
          rule: 'userPoolClients is empty, so nobody’s token is taken',
          remedy: 'list the app clients that people sign in with',
        },
      ]),
  ...knownClients(clients).flatMap(({ path, resource, mayWrite, mayRead }) => {
    const other = ownedPoolOf(resource);
    if (pool && other && other !== pool) {
      return [
        {
          rule: `the app client ${path} belongs to another user pool, ${other.node.path}`,
          remedy: 'list clients of this pool',
        },
      ];
    }
    return [
      ...writable.filter((name) => !mayWrite(name)).map((attribute) => ({ attribute, ...missing(path, 'write') })),
      ...readable.filter((name) => !mayRead(name)).map((attribute) => ({ attribute, ...missing(path, 'read') })),
    ];
  }),
];

const missing = (path: string, way: 'read' | 'write') => ({
  rule: `the app client ${path} may not ${way} it`,
  remedy: `add it to the client's ${way}Attributes, or leave it out of ${way === 'read' ? 'readable' : 'writable'}`,
});

/** Whether tokens of a client can have the scope that the API asks for: who signs in through the hosted pages gets the client's scopes. */
export const lacksScope = ({ resource }: KnownClient): boolean => {
  const { allowedOAuthScopes: scopes, allowedOAuthFlowsUserPoolClient: isOAuth, explicitAuthFlows: flows } = resource;
  if (isOAuth !== true || Token.isUnresolved(scopes) || Token.isUnresolved(flows)) return false;
  const signsInDirectly = (flows ?? ['ALLOW_USER_SRP_AUTH']).some((flow) => /^ALLOW_(USER|CUSTOM|ADMIN)_/.test(flow));
  return !signsInDirectly && !(scopes ?? []).includes(SELF_SERVICE_SCOPE);
};
