import { Stack } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { type IRole, type IRoleRef, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { markWithDefaults } from '../../resources/defaults';
import { ownPolicy } from '../../own-policy';
import { identity, poolIdentity } from '../../pool-identity';
import { roleStatements } from '../../pool-role';
import { runStatements, seedsBucket } from '../seeds-bucket';
import { RunProvider } from './run-provider';
import { runReportRule } from './run-report-rule';
import { runStateMachine } from './run-state-machine';
import { RunSteps } from './run-steps';

const ID = 'CognitoUserAttributesRuns';

/** What the runs of one seeder may do. */
export interface RunPermissions {
  readonly userPool: IUserPoolRef;
  /** As which the pool is asked, unless the functions ask as themselves. */
  readonly poolRole?: IRoleRef;
  /** What lets the plan read where the declared users stand. */
  readonly source: readonly PolicyStatement[];
  /** What the plan has to see of users beside their attributes. */
  readonly looking: readonly PolicyStatement[];
  /** What is done to users beside their attributes. */
  readonly users: readonly PolicyStatement[];
  /** What lets passwords be read. */
  readonly passwords: readonly PolicyStatement[];
  /** What tells that a rollback is under way. */
  readonly rollback: readonly PolicyStatement[];
  /** Where the runs keep their objects, if it is not the stack's own bucket. */
  readonly bucket?: IBucket;
}

/**
 * What each step calls on the pool, whatever is declared: a run also reads what was declared before, and an update that comes
 * after a failure compares with the pool.
 */
const ACTIONS = {
  list: ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup', 'cognito-idp:DescribeUserPool'],
  plan: ['cognito-idp:AdminGetUser'],
  apply: ['cognito-idp:AdminGetUser', 'cognito-idp:AdminUpdateUserAttributes', 'cognito-idp:AdminDeleteUserAttributes'],
  report: ['cognito-idp:AdminGetUser'],
} as const;

/** The state machine, its functions and the Provider before it, which serve all seeders of a stack. */
export class SeedRuns extends Construct {
  public static of(scope: Construct): SeedRuns {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as SeedRuns | undefined) ?? new SeedRuns(stack);
  }

  public readonly serviceToken: string;
  public readonly stateMachine: IStateMachine;
  private readonly steps: RunSteps;
  private readonly executionRole: IRole;
  private ownBucket?: IBucket;

  private constructor(stack: Stack) {
    super(stack, ID);
    markWithDefaults(this);
    this.steps = new RunSteps(this, 'Steps');
    const stateMachine = runStateMachine(this, 'StateMachine', this.steps);
    runReportRule(this, 'ReportRule', stateMachine, this.steps.report);
    const provider = new RunProvider(this, 'Provider', stateMachine);
    this.stateMachine = stateMachine;
    this.serviceToken = provider.serviceToken;
    this.executionRole = provider.role;
  }

  /** The stack's own bucket, made for the first seeder that needs it. */
  public get bucket(): IBucket {
    if (!this.ownBucket) {
      this.ownBucket = seedsBucket(this);
      this.grantBucket(this, this.ownBucket);
    }
    return this.ownBucket;
  }

  /**
   * Lets the functions do what a seeder's runs need. Policies of the seeder's own, and others for another pool, source or
   * bucket: CloudFormation changes a policy before it updates or removes a resource, and what the resource was before is then
   * out of reach.
   *
   * @returns what the custom resource has to be made after, and removed before: its removal is a run too
   */
  public grant(seeder: Construct, permissions: RunPermissions): IDependable {
    const { userPool, poolRole, source, looking, users, passwords, rollback, bucket } = permissions;
    const { list, plan, apply } = this.steps.roles;
    return new DependencyGroup(
      this,
      ...(poolRole
        ? ownPolicy(seeder, 'PoolRolePolicy', [list, plan, apply], roleStatements(poolRole))
        : [
            this.grantPool(seeder, 'List', list, userPool, ACTIONS.list),
            this.grantPool(seeder, 'Plan', plan, userPool, ACTIONS.plan),
            this.grantPool(seeder, 'Apply', apply, userPool, ACTIONS.apply),
          ]),
      ...ownPolicy(seeder, 'SourcePolicy', [plan], source),
      ...ownPolicy(seeder, 'LookingPolicy', [plan], looking),
      ...ownPolicy(seeder, 'UsersPolicy', [apply], users),
      ...ownPolicy(seeder, 'PasswordsPolicy', [apply], passwords),
      ...ownPolicy(seeder, 'RollbackPolicy', [this.executionRole], rollback),
      ...(bucket ? [this.grantBucket(seeder, bucket)] : []),
    );
  }

  /** Lets the report tell who the users are for whom the stack asks. */
  public grantReport(seeder: Construct, userPool: IUserPoolRef, poolRole: IRoleRef | undefined): Policy[] {
    const { report } = this.steps.roles;
    return poolRole
      ? ownPolicy(seeder, 'ReportPoolRolePolicy', [report], roleStatements(poolRole))
      : [this.grantPool(seeder, 'Report', report, userPool, ACTIONS.report)];
  }

  private grantPool(
    seeder: Construct,
    step: string,
    role: IRole,
    userPool: IUserPoolRef,
    actions: readonly string[],
  ): Policy {
    return new Policy(seeder, `${step}Policy${poolIdentity(userPool)}`, {
      roles: [role],
      statements: [new PolicyStatement({ actions: [...actions], resources: [userPool.userPoolRef.userPoolArn] })],
    });
  }

  private grantBucket(scope: Construct, bucket: IBucket): Policy {
    return new Policy(scope, `BucketPolicy${identity(bucket)}`, {
      roles: [...Object.values(this.steps.roles), this.executionRole],
      statements: runStatements(bucket),
    });
  }
}
