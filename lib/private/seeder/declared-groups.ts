import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnUserPoolGroup, type IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { Construct, IConstruct } from 'constructs';
import type { BoundSource } from './sources/bound-source';

/** The pool's groups in the seeder's stack that its users may be members of: they have to be there before, and go after. */
export const declaredGroups = (seeder: Construct, pool: IUserPoolRef, { users }: BoundSource): CfnUserPoolGroup[] => {
  const stack = Stack.of(seeder);
  const inTemplate = (value: unknown): string => JSON.stringify(stack.resolve(value));
  const names = users && new Set(users.flatMap(({ groups = [] }) => groups).map(inTemplate));
  if (names?.size === 0) return [];
  const userPoolId = inTemplate(pool.userPoolRef.userPoolId);
  return stack.node
    .findAll()
    .filter(isGroup)
    .filter((group) => Stack.of(group) === stack && inTemplate(group.userPoolId) === userPoolId)
    .filter(({ groupName }) => !names || names.has(inTemplate(groupName)));
};

/** By resource type, not by class: an app may hold two copies of aws-cdk-lib. */
export const isGroup = (node: IConstruct): node is CfnUserPoolGroup =>
  CfnResource.isCfnResource(node) && node.cfnResourceType === CfnUserPoolGroup.CFN_RESOURCE_TYPE_NAME;
