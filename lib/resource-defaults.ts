import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { setDefaults } from './private/resources/defaults';

/**
 * How the functions, buckets and log groups are made that this library makes. What is left out is as in the defaults of the scopes
 * above, and then as each prop says.
 */
export interface ResourceDefaultsProps {
  /**
   * The VPC that every function runs in. It must lead to what the functions call: Cognito, Lambda, and Amazon S3, where CloudFormation waits for
   * answers; Step Functions, Secrets Manager and CloudFormation where they are used. Through a NAT gateway, or through endpoints.
   *
   * @default - in none
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the functions. Functions in a public subnet reach nothing: aws-cdk-lib refuses them. Needs `vpc`.
   *
   * @default - private subnets of `vpc`
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of every function, which must let it send (HTTPS). Needs `vpc`.
   *
   * @default - each function has one of its own, which lets it send anything and receive nothing
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The key for what lies in buckets, for log groups, for the functions' environments, and for generated passwords: the key itself, and no alias. A key of this app gets CloudWatch Logs into its policy;
   * an imported one has to allow it already: `kms:Encrypt*`, `kms:Decrypt*`, `kms:ReEncrypt*`, `kms:GenerateDataKey*` and `kms:Describe*` to
   * `logs.<region>.amazonaws.com`.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default - keys of AWS: those of S3, CloudWatch Logs, Lambda and Secrets Manager
   */
  readonly encryptionKey?: IKey;

  /**
   * The permissions boundary of every role. It has to allow what `docs/platform.md` lists by construct.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * How long log groups keep what is written.
   *
   * @default RetentionDays.ONE_MONTH - of each log group
   */
  readonly logRetention?: RetentionDays;

  /**
   * What becomes of buckets and log groups when they leave the stack, or the stack goes: any but `SNAPSHOT`. With `DESTROY`, a bucket goes with its objects:
   * who was changed, and what they had before.
   *
   * @default - log groups are destroyed, buckets are retained
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags for everything that the library makes and that takes tags, by key. What `Tags.of()` says of a scope nearer to a resource goes before.
   *
   * @default - none
   */
  readonly tags?: Record<string, string>;
}

/**
 * The one place that says how the functions, buckets and log groups are made that this library makes in a stack, a stage or an app.
 *
 * Some of them serve all constructs of a stack, so that a single construct cannot say it. What is made by others, such as a handler of your
 * own, an HTTP API or a bucket that is passed in, stays as it is.
 */
export class ResourceDefaults {
  /**
   * The defaults of a scope.
   *
   * @param scope a stack, a stage or the app
   */
  public static of(scope: IConstruct): ResourceDefaults {
    return new ResourceDefaults(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Sets defaults, before constructs of this library are made below the scope. Those of a stack go before those of its stage, and these before the
   * app's, one by one; tags are joined.
   *
   * Fails with another scope than a stack, a stage or an app, where constructs of this library have been made below it already, for an
   * alias as `encryptionKey`, for `SNAPSHOT`, and for `vpcSubnets` and `securityGroups` without `vpc`.
   */
  public set(defaults: ResourceDefaultsProps): void {
    setDefaults(this.scope, defaults);
  }
}
