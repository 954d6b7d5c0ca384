import { CfnResource, Reference, Tokenization } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolClient, type IUserPoolClientRef, type IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { IConstruct } from 'constructs';

/**
 * The pool's resource where this app declares it, and undefined where the pool is imported. Finds it for an L1, an L2 and
 * for a construct of one's own that passes the id of either on.
 *
 * By resource type, not by class: an app may hold two copies of aws-cdk-lib.
 */
export const ownedUserPool = (pool: IUserPoolRef): CfnUserPool | undefined =>
  owned<CfnUserPool>(CfnUserPool.CFN_RESOURCE_TYPE_NAME, pool, pool.userPoolRef.userPoolId);

/** The app client's resource, in the same way. */
export const ownedUserPoolClient = (client: IUserPoolClientRef): CfnUserPoolClient | undefined =>
  owned<CfnUserPoolClient>(CfnUserPoolClient.CFN_RESOURCE_TYPE_NAME, client, client.userPoolClientRef.clientId);

/** The pool that an app client belongs to, where this app declares both. */
export const ownedPoolOf = (client: CfnUserPoolClient): CfnUserPool | undefined => {
  const pool = referenced(client.userPoolId);
  return isResource(pool, CfnUserPool.CFN_RESOURCE_TYPE_NAME) ? (pool as CfnUserPool) : undefined;
};

const owned = <T extends CfnResource>(type: string, construct: IConstruct, id: string): T | undefined =>
  [construct, construct.node.defaultChild, referenced(id)].find((candidate) => isResource(candidate, type)) as
    T | undefined;

const isResource = (construct: unknown, type: string): construct is CfnResource =>
  typeof construct === 'object' &&
  construct !== null &&
  CfnResource.isCfnResource(construct) &&
  construct.cfnResourceType === type;

/** The construct that an id refers to, if the id is a reference and nothing else. */
export function referenced(id: string): unknown {
  if (typeof id !== 'string') return undefined;
  const fragments = Tokenization.reverseString(id);
  const token = fragments.length === 1 ? fragments.firstToken : undefined;
  return Reference.isReference(token) ? token.target : undefined;
}
