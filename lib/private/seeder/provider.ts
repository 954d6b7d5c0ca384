import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ApplicationLogLevel, Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { functionLogGroup, functionRole } from '../logs';
import { ownPolicy } from './own-policy';
import { poolIdentity } from './pool-identity';

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
    const logGroup = functionLogGroup(this, 'Log');
    this.role = functionRole(this, 'Role', logGroup);
    const handler = new Function(this, 'Function', {
      description: 'Applies declared attributes to the users of Cognito user pools',
      code: Code.fromAsset(path.join(__dirname, '..', '..', '..', 'assets', 'user-attributes-seeder')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // Rows are sorted and compared in memory.
      memorySize: 512,
      // Less than the framework's 15 minutes: a framework that times out leaves CloudFormation without an answer.
      timeout: Duration.minutes(14),
      logGroup,
      role: this.role,
    });
    const frameworkLogGroup = functionLogGroup(this, 'FrameworkLog');
    this.serviceToken = new Provider(this, 'Provider', {
      onEventHandler: handler,
      logGroup: frameworkLogGroup,
      frameworkOnEventRole: functionRole(this, 'FrameworkRole', frameworkLogGroup),
      // Below this level the framework logs whole events, with the users' attributes in them.
      frameworkLambdaLoggingLevel: ApplicationLogLevel.FATAL,
    }).serviceToken;
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
