import type { Duration } from 'aws-cdk-lib';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';

/** How a CustomMessageTrigger is attached to a pool that this app does not declare. */
export interface ImportedPoolOptions {
  /**
   * Whether the trigger takes the place of another CustomMessage function that the pool has. The other one comes back when this
   * trigger is removed.
   *
   * @default false - the deployment fails, and names the other function
   */
  readonly displaceExisting?: boolean;

  /**
   * How often it is looked whether the pool still has the trigger, which is attached again where it is gone: an update of the
   * pool by CloudFormation takes away what was attached from outside. Whole minutes.
   *
   * @default - at deployments that change anything in this stack
   */
  readonly checkEvery?: Duration;

  /**
   * The role through which the pool sends SMS (the `SnsCallerArn` of its SMS configuration). Cognito takes a pool's settings
   * from those alone who may pass this role on, so the function that attaches the trigger is allowed to, for Cognito alone;
   * with `poolRole`, that role has to be.
   *
   * @default - none: the deployment fails where the pool has such a role, and names it
   */
  readonly smsRole?: IRoleRef;

  /**
   * A role of the pool's account by which the function reads and writes the pool's settings: for a pool of another account than
   * this stack's. It trusts the function's role, may `cognito-idp:DescribeUserPool` and `cognito-idp:UpdateUserPool`, and pass
   * `smsRole` where the pool has one. Import the pool by its ARN, which tells its account.
   *
   * @default - the function's own role
   */
  readonly poolRole?: IRoleRef;
}
