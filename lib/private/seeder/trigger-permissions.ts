import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';

/** What lets Cognito call the pool's triggers, as far as it stands in the pool's stack. */
export const triggerPermissions = (pool: CfnUserPool): CfnPermission[] => {
  const stack = Stack.of(pool);
  const arn = JSON.stringify(stack.resolve(pool.attrArn));
  return stack.node
    .findAll()
    .filter((node): node is CfnPermission => {
      return CfnResource.isCfnResource(node) && node.cfnResourceType === CfnPermission.CFN_RESOURCE_TYPE_NAME;
    })
    .filter(({ sourceArn }) => JSON.stringify(stack.resolve(sourceArn)) === arn);
};
