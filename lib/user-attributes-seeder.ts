import {
  Annotations,
  Aspects,
  type CfnResource,
  CustomResource,
  Duration,
  type RemovalPolicy,
  Stack,
  Token,
} from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnUserPool, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { ContactVerification } from './contact-verification';
import type { MissingUsers } from './missing-users';
import { encode, METRICS, RESULT, type SeedWire } from './private/contracts/seed';
import { hasCustomMessage } from './private/message/wiring';
import { declaration, hasClientMetadata, messagesPeople, unverifiedContacts } from './private/seeder/declaration';
import { functionMetric } from './private/metrics';
import { ownedUserPool } from './private/owned-user-pool';
import { SeederProvider } from './private/seeder/provider';
import { triggerPermissions } from './private/seeder/trigger-permissions';
import { type Finding, inWords } from './private/seeder/validation/finding';
import { checkSeed, checkSize } from './private/seeder/validation/seed';
import { SeedSource } from './seed-source';

/**
 * Properties of a `UserAttributesSeeder`.
 */
export interface UserAttributesSeederProps {
  /**
   * The pool whose users get the attributes: an L2 or L1 of this app, or an imported one.
   */
  readonly userPool: IUserPoolRef;

  /**
   * The users and their attributes.
   */
  readonly source: SeedSource;

  /**
   * Whether people are messaged when their e-mail address or phone number changes.
   *
   * @default - a declaration that holds an e-mail address or phone number is an error at synth, unless `emailVerified` or
   * `phoneNumberVerified` beside it is true
   */
  readonly verification?: ContactVerification;

  /**
   * ClientMetadata for every change, at most 131,072 characters a key or value. Cognito hands it to the pool's CustomMessage
   * trigger, and does not store, check or encrypt it: never put a secret here.
   *
   * @default - none
   */
  readonly clientMetadata?: { readonly [key: string]: string };

  /**
   * What happens to a declared user whom the pool does not have.
   *
   * @default MissingUsers.fail() - the deployment fails before its first write
   */
  readonly missingUsers?: MissingUsers;

  /**
   * Whether an attribute, or a user's attributes, that leave the declaration are deleted. What somebody has changed since is
   * kept, and so is every user.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * How many requests a second the seeder sends, reads and writes together. Cognito's quota for updates is 25 a second for an
   * account and Region, shared with everybody who signs up or changes their profile. Seeders that CloudFormation deploys at
   * the same time add up.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
   */
  readonly requestsPerSecond?: number;

  /**
   * What happens to the declared attributes when the seeder is removed: RETAIN leaves them, DESTROY deletes those that still
   * have their declared value. Users stay.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Gives users of a Cognito user pool their declared attributes, through AdminUpdateUserAttributes.
 *
 * A deployment changes the users whose declaration has changed, and only the attributes that a declaration names. When the
 * seeder fails, the users are as they were before.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
 */
export class UserAttributesSeeder extends Construct {
  /**
   * How many users the latest deployment changed. A token: a whole number as text.
   */
  public readonly changedUsers: string;

  /**
   * How many declared users the latest deployment left alone. A token: a whole number as text.
   */
  public readonly unchangedUsers: string;

  /**
   * How many users the latest deployment would have changed, had the pool had them. A token: a whole number as text.
   */
  public readonly skippedUsers: string;

  private readonly wire: SeedWire;
  private readonly resource: CustomResource;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: UserAttributesSeederProps,
  ) {
    super(scope, id);
    this.requireProps(props);
    this.wire = encode(declaration(props), (value) => Token.isUnresolved(value));
    const provider = SeederProvider.of(this);
    const permission = provider.grant(this, ACTIONS, props.userPool);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::CognitoUserAttributes',
      serviceToken: provider.serviceToken,
      // Should the answer get lost, CloudFormation need not wait for an hour.
      serviceTimeout: Duration.minutes(16),
      properties: { ...this.wire },
    });
    this.resource.node.addDependency(permission);

    this.changedUsers = this.resource.getAttString(RESULT.changedUsers);
    this.unchangedUsers = this.resource.getAttString(RESULT.unchangedUsers);
    this.skippedUsers = this.resource.getAttString(RESULT.skippedUsers);

    this.node.addValidation({ validate: () => this.findings().map(inWords) });
    // The pool may get its triggers after the seeder.
    Aspects.of(this).add({ visit: (node) => node === this && this.lookAtPool(ownedUserPool(props.userPool)) });
  }

  /**
   * A metric of this seeder, in the namespace `CognitoUserAttributes`: `ChangedUsers`, `FailedUsers` or `ThrottledRequests`,
   * by the dimensions `service`, `UserPoolId` and `Seeder`. The sum over 5 minutes unless `props` say otherwise.
   *
   * @default - sum over 5 minutes
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensions = {
      [METRICS.poolDimension]: this.props.userPool.userPoolRef.userPoolId,
      [METRICS.seederDimension]: (this.resource.node.defaultChild as CfnResource).logicalId,
    };
    return functionMetric(this, METRICS, metricName, dimensions, props);
  }

  /**
   * How many users were changed.
   *
   * @default - sum over 5 minutes
   */
  public metricChangedUsers(props?: MetricOptions): Metric {
    return this.metric(METRICS.changedUsers, props);
  }

  /**
   * How many users could not be changed.
   *
   * @default - sum over 5 minutes
   */
  public metricFailedUsers(props?: MetricOptions): Metric {
    return this.metric(METRICS.failedUsers, props);
  }

  /**
   * How many requests Cognito throttled. Each was sent again.
   *
   * @default - sum over 5 minutes
   */
  public metricThrottledRequests(props?: MetricOptions): Metric {
    return this.metric(METRICS.throttledRequests, props);
  }

  /** What nothing can be made without; everything else is the validation's to report. */
  private requireProps({ userPool, source }: Partial<UserAttributesSeederProps>): void {
    if (!userPool) throw new Error(`${this.node.path}: userPool is missing; pass the pool whose users are declared`);
    if (!(source instanceof SeedSource)) {
      throw new Error(`${this.node.path}: source must be a SeedSource; write SeedSource.inline([...])`);
    }
  }

  private findings(): Finding[] {
    const pool = ownedUserPool(this.props.userPool);
    const findings = checkSeed(this.props, Stack.of(this), pool);
    if (findings.length > 0) return findings;
    return checkSize(Buffer.byteLength(JSON.stringify(Stack.of(this).resolve(this.wire))));
  }

  private lookAtPool(pool: CfnUserPool | undefined): void {
    if (this.findings().length > 0) return; // the validation will tell
    if (hasClientMetadata(this.props)) this.warnOfIdleMetadata(pool);
    if (pool) this.warnOfSilentPool(pool);
    // Cognito has to be allowed to call the pool's triggers before the first change calls for one.
    if (pool) this.resource.node.addDependency(...triggerPermissions(pool));
  }

  private warnOfSilentPool(pool: CfnUserPool): void {
    for (const contact of unverifiedContacts(this.props, pool)) {
      this.warn(
        'contactNotVerifiedByPool',
        `verification is SEND_MESSAGE, but the user pool does not verify ${contact} automatically: nobody is messaged, and the address stays unverified; add it to the pool's autoVerify, or declare MARK_VERIFIED`,
      );
    }
  }

  private warnOfIdleMetadata(pool: CfnUserPool | undefined): void {
    if (!messagesPeople(this.props)) {
      this.warn(
        'clientMetadataWithoutMessage',
        'clientMetadata serves no purpose here: Cognito hands it to a trigger when it messages somebody, and no e-mail address or phone number is declared with verification: SEND_MESSAGE',
      );
    } else if (pool && !hasCustomMessage(pool)) {
      this.warn(
        'clientMetadataWithoutTrigger',
        'clientMetadata serves no purpose here: the user pool has no CustomMessage trigger to read it; add a CustomMessageTrigger',
      );
    }
  }

  private warn(id: string, text: string): void {
    Annotations.of(this).addWarningV2(`cdk-cognito-user-attributes:${id}`, text);
  }
}

/** What the function calls, and nothing else. */
const ACTIONS = [
  'cognito-idp:AdminGetUser',
  'cognito-idp:AdminUpdateUserAttributes',
  'cognito-idp:AdminDeleteUserAttributes',
];
