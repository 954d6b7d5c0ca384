import { Token } from 'aws-cdk-lib';
import type { CfnUserPoolClient, IUserPoolClientRef, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { SELF_SERVICE_SCOPE } from '../../contracts/api';
import type { Finding } from '../../finding';
import { ownedPoolOf, ownedUserPool, ownedUserPoolClient } from '../../owned-user-pool';
import { isStandard, STANDARD_ATTRIBUTES } from '../../schema-entries';
import { overridden } from '../../overrides';

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

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_CLIENTS = 50;

export const knownClients = (clients: readonly IUserPoolClientRef[]): KnownClient[] =>
  clients.flatMap((client, index) => {
    const resource = ownedUserPoolClient(client);
    if (!resource || firstOf(clients, client) !== index) return [];
    // Without a list, Cognito lets an app client read and write the standard attributes and no other.
    const writes = known(overridden(resource, 'WriteAttributes', resource.writeAttributes));
    const reads = known(overridden(resource, 'ReadAttributes', resource.readAttributes));
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

/** Where a client is listed first: one that is imported by the id of another is that other. */
const firstOf = (clients: readonly IUserPoolClientRef[], client: IUserPoolClientRef): number => {
  const identity = (one: IUserPoolClientRef) => ownedUserPoolClient(one) ?? one.userPoolClientRef.clientId;
  return clients.findIndex((other) => identity(other) === identity(client));
};

/** A list, as far as it is known at synth; what is none is for CDK to report. */
const known = (names: readonly string[] | undefined): readonly string[] | 'unknown' | undefined => {
  if (names === undefined || names === null) return undefined;
  return Token.isUnresolved(names) || !Array.isArray(names) || names.some((name) => Token.isUnresolved(name))
    ? 'unknown'
    : names;
};

/** All that is wrong with the app clients. */
export const checkClients = (
  clients: readonly IUserPoolClientRef[],
  userPool: IUserPoolRef,
  writable: readonly string[],
  readable: readonly string[],
): Finding[] => [
  ...(clients.length <= MOST_CLIENTS
    ? []
    : [
        {
          rule: `userPoolClients are ${clients.length}, and API Gateway takes ${MOST_CLIENTS}`,
          remedy: 'make a second UserAttributesApi for the others',
        },
      ]),
  ...clients
    .filter((client, index) => firstOf(clients, client) !== index)
    .map((client) => ({
      rule: `the app client ${clients[firstOf(clients, client)].node.path} is listed twice in userPoolClients`,
      remedy: 'keep one of the two',
    })),
  ...knownClients(clients).flatMap(({ path, resource, mayWrite, mayRead }) => {
    const other = otherPool(resource, userPool);
    if (other !== undefined) {
      return [
        { rule: `the app client ${path} belongs to another user pool, ${other}`, remedy: 'list clients of this pool' },
      ];
    }
    return [
      ...writable.filter((name) => !mayWrite(name)).map((attribute) => ({ attribute, ...missing(path, 'write') })),
      ...readable.filter((name) => !mayRead(name)).map((attribute) => ({ attribute, ...missing(path, 'read') })),
    ];
  }),
];

/** The pool that a client belongs to, if it is not this one; undefined also where pools cannot be told apart at synth. */
const otherPool = (client: CfnUserPoolClient, userPool: IUserPoolRef): string | undefined => {
  const its = ownedPoolOf(client) ?? literal(client.userPoolId);
  const wanted = ownedUserPool(userPool) ?? literal(userPool.userPoolRef.userPoolId);
  // A known id may be that of a pool of another stack of this app.
  if (its === undefined || wanted === undefined || typeof its !== typeof wanted || its === wanted) return undefined;
  return typeof its === 'string' ? its : its.node.path;
};

const literal = (id: string): string | undefined => (Token.isUnresolved(id) ? undefined : id);

const missing = (path: string, way: 'read' | 'write') => ({
  rule: `the app client ${path} may not ${way} it`,
  remedy: `add it to the client's ${way}Attributes, or leave it out of ${way === 'read' ? 'readable' : 'writable'}`,
});

/**
 * Whether tokens of a client lack the scope that the API asks for: who signs in through the hosted pages gets the client's scopes.
 * A client for which no flow of Cognito's own API is named goes for one of the hosted pages.
 */
export const lacksScope = ({ resource }: KnownClient): boolean => {
  const isOAuth = overridden(resource, 'AllowedOAuthFlowsUserPoolClient', resource.allowedOAuthFlowsUserPoolClient);
  const scopes = known(overridden(resource, 'AllowedOAuthScopes', resource.allowedOAuthScopes));
  const flows = known(overridden(resource, 'ExplicitAuthFlows', resource.explicitAuthFlows)) ?? [];
  if (isOAuth !== true || scopes === 'unknown' || flows === 'unknown') return false;
  const signsInDirectly = flows.some((flow) => /^(ALLOW_)?(USER|CUSTOM|ADMIN)_/.test(flow));
  return !signsInDirectly && !scopes?.includes(SELF_SERVICE_SCOPE);
};
