import { Stack } from 'aws-cdk-lib';
import { type IRole, Policy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { digest } from './pool-identity';

/**
 * Lets functions do what a seeder needs for what it declares now. Other statements, and other roles, are another policy: an update
 * carries the former declaration back too, another engine's function removes the former resource, and CloudFormation changes a policy
 * before it updates a resource, but removes one afterwards.
 *
 * @returns none where there is nothing to be allowed
 */
export const ownPolicy = (
  seeder: Construct,
  name: string,
  roles: readonly IRole[],
  statements: readonly PolicyStatement[],
): Policy[] => {
  if (statements.length === 0) return [];
  const json = Stack.of(seeder).resolve([
    ...statements.map((statement) => statement.toStatementJson()),
    ...roles.map(({ roleArn }) => roleArn),
  ]);
  const id = `${name}${digest(JSON.stringify(json))}`;
  return [new Policy(seeder, id, { roles: [...roles], statements: [...statements] })];
};
