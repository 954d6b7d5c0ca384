import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, type Function, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { markWithDefaults } from '../resources/defaults';
import { framework } from '../resources/framework';
import { functionRole, nodeFunction } from '../resources/function';
import { newLogGroup } from '../resources/logs';
import { ownPolicy } from '../own-policy';

const ID = 'CognitoPoolTriggerProvider';

/** The one function, behind one Provider, that attaches all triggers of a stack to imported pools. */
export class PoolTriggerProvider extends Construct {
  public static of(scope: Construct): PoolTriggerProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as PoolTriggerProvider | undefined) ?? new PoolTriggerProvider(stack);
  }

  public readonly serviceToken: string;
  public readonly handler: Function;
  private readonly role: IRole;
  private readonly owners = new Map<string, Construct>();

  private constructor(stack: Stack) {
    super(stack, ID);
    markWithDefaults(this);
    const logGroup = newLogGroup(this, 'Log');
    this.role = functionRole(this, 'Role', logGroup);
    this.handler = nodeFunction(this, 'Function', {
      description: 'Attaches CustomMessage triggers to Cognito user pools of other stacks',
      code: Code.fromAsset(path.join(__dirname, '..', '..', '..', 'assets', 'pool-trigger')),
      handler: 'index.handler',
      memorySize: 256,
      // Others may keep changing the pool, or use up the quota, for a while.
      timeout: Duration.minutes(5),
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role: this.role,
    });
    this.serviceToken = framework(this, this.handler);
  }

  /** Lets the function do what a trigger needs on its pool. */
  public grant(trigger: Construct, statements: readonly PolicyStatement[]): Policy[] {
    return ownPolicy(trigger, 'PoolPolicy', [this.role], statements);
  }

  /** @returns the trigger that has taken the pool before, if any */
  public claim(userPoolId: string, trigger: Construct): Construct | undefined {
    const owner = this.owners.get(userPoolId);
    if (!owner) this.owners.set(userPoolId, trigger);
    return owner;
  }
}
