import { CfnResource, Reference, Tokenization } from 'aws-cdk-lib';
import { CfnUserPool, type IUserPoolRef } from 'aws-cdk-lib/aws-cognito';

/**
 * The pool's resource where this app declares it, and undefined where the pool is imported. Finds it for an L1, an L2 and
 * for a construct of one's own that passes the id of either on.
 *
 * By resource type, not by class: an app may hold two copies of aws-cdk-lib.
 */
export function ownedUserPool(pool: IUserPoolRef): CfnUserPool | undefined {
  return [pool, pool.node.defaultChild, referenced(pool.userPoolRef.userPoolId)].find(isCfnUserPool);
}

function isCfnUserPool(construct: unknown): construct is CfnUserPool {
  return (
    typeof construct === 'object' &&
    construct !== null &&
    CfnResource.isCfnResource(construct) &&
    construct.cfnResourceType === CfnUserPool.CFN_RESOURCE_TYPE_NAME
  );
}

/** The construct that an id refers to, if the id is a reference. */
export function referenced(id: string): unknown {
  const token = Tokenization.reverseString(id).firstToken;
  return Reference.isReference(token) ? token.target : undefined;
}
