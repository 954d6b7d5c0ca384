import { Stack, Token } from 'aws-cdk-lib';
import { type IRoleRef, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';

/** Undefined where there is no role, or something that is none. */
export const poolRoleArn = (role: IRoleRef | undefined): string | undefined => role?.roleRef?.roleArn;

/** What lets functions take on the role, and nothing where they ask as themselves. */
export const roleStatements = (role: IRoleRef | undefined): PolicyStatement[] => {
  const arn = poolRoleArn(role);
  return arn === undefined ? [] : [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [arn] })];
};

/** A role of the same stack has its policies before it is taken on, and until it is taken on no more. */
export const roleDependencies = (scope: Construct, role: IRoleRef | undefined): IDependable[] =>
  role !== undefined && poolRoleArn(role) !== undefined && Stack.of(role) === Stack.of(scope) ? [role] : [];

/** Whether two accounts or Regions are certain to be others. */
export const differ = (one: string, other: string): boolean =>
  !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
