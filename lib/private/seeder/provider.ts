import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { markWithDefaults } from '../resources/defaults';
import { framework } from '../resources/framework';
import { functionRole, nodeFunction } from '../resources/function';
import { newLogGroup } from '../resources/logs';
import { ownPolicy } from '../own-policy';
import { poolIdentity } from '../pool-identity';

const ID = 'CognitoUserAttributesProvider';

/** The one function, behind one Provider, that serves all seeders of a stack. */
export class SeederProvider extends Construct {
  public static of(scope: Construct): SeederProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as SeederProvider | undefined) ?? new SeederProvider(stack);
  }

  public readonly serviceToken: string;
  private readonly role: IRole;

  private constructor(stack: Stack) {
    super(stack, ID);
    markWithDefaults(this);
    const logGroup = newLogGroup(this, 'Log');
    this.role = functionRole(this, 'Role', logGroup);
    const handler = nodeFunction(this, 'Function', {
      description: 'Applies declared attributes to the users of Cognito user pools',
      code: Code.fromAsset(path.join(__dirname, '..', '..', '..', 'assets', 'user-attributes-seeder')),
      handler: 'index.handler',
      // Rows are sorted and compared in memory.
      memorySize: 512,
      // Less than the framework's 15 minutes: a framework that times out leaves CloudFormation without an answer.
      timeout: Duration.minutes(14),
      logGroup,
      role: this.role,
    });
    this.serviceToken = framework(this, handler);
  }

  /**
   * Lets the function do what a seeder needs on its pool.
   *
   * A policy of the seeder's own rather than a statement in the function's, and another for another pool: CloudFormation
   * changes a policy before it removes a resource, and a removed seeder would find its permission gone.
   */
  public grant(seeder: Construct, actions: string[], userPool: IUserPoolRef): Policy {
    return new Policy(seeder, `Policy${poolIdentity(userPool)}`, {
      roles: [this.role],
      statements: [new PolicyStatement({ actions, resources: [userPool.userPoolRef.userPoolArn] })],
    });
  }

  /** Lets the function do what the seeder needs for what it declares now. */
  public grantOwn(seeder: Construct, name: string, statements: readonly PolicyStatement[]): Policy[] {
    return ownPolicy(seeder, name, [this.role], statements);
  }
}
