import { Aspects, type CfnResource, type CustomResource, type RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { Dashboard, IWidget, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnUserPool, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import type { CompareWith } from './compare-with';
import type { ContactVerification } from './contact-verification';
import type { ExistingValues } from './existing-values';
import type { FormerValues } from './former-values';
import type { MissingUsers } from './missing-users';
import { encode } from './private/contracts/seed';
import { METRICS, RESULT, wantedResult } from './private/contracts/seed-results';
import { functionMetric } from './private/metrics';
import { markWithDefaults } from './private/resources/defaults';
import { ownedUserPool } from './private/owned-user-pool';
import { seederDashboard, seederWidgets } from './private/seeder/dashboard';
import { declaration } from './private/seeder/declaration';
import { declaredGroups } from './private/seeder/declared-groups';
import { allowWanted, type SeedProperties, seederResource } from './private/seeder/resource';
import type { BoundSource } from './private/seeder/sources/bound-source';
import { triggerPermissions } from './private/seeder/trigger-permissions';
import { type Finding, inWords } from './private/finding';
import { checkSeed, checkSize } from './private/seeder/validation/seed';
import { WantedUsers } from './private/seeder/wanted-users';
import { warn } from './private/seeder/warnings';
import type { SeedEngine } from './seed-engine';
import { SeedSource } from './seed-source';
import type { SeededUser } from './seeded-user';

/**
 * Properties of a `UserAttributesSeeder`.
 */
export interface UserAttributesSeederProps {
  /**
   * The pool whose users get the attributes: an L2 or L1 of this app, or an imported one.
   */
  readonly userPool: IUserPoolRef;

  /**
   * A role of the pool's account that the functions take on for all they ask of Cognito, which has no resource policies: for a
   * pool of another account than this stack's. It trusts the functions' roles, and may do on the pool what they would have to.
   *
   * @default - the functions' own roles, which get the permissions that the declaration needs
   */
  readonly poolRole?: IRoleRef;

  /**
   * The users and their attributes.
   */
  readonly source: SeedSource;

  /**
   * What the declared values are compared with, to find out whose attributes have to be changed. A rule for existing users is
   * always compared with the pool.
   *
   * @default CompareWith.PREVIOUS_DECLARATION - with what was declared at the latest deployment
   */
  readonly compareWith?: CompareWith;

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
   * @default MissingUsers.fail() - the deployment fails before its first write; with `SeedEngine.stepFunctions()`, when they
   * are written to, unless `compareWith` is LIVE_POOL
   */
  readonly missingUsers?: MissingUsers;

  /**
   * What becomes of a value that a user has already, in an attribute that the declaration gives another value.
   *
   * @default ExistingValues.OVERWRITE - the declared value takes its place
   */
  readonly existingValues?: ExistingValues;

  /**
   * What becomes of the values that users had before the declaration's. Memberships of groups, and whether a user may sign in, are
   * values too; passwords are not.
   *
   * @default FormerValues.FORGET - nobody remembers them: what leaves the declaration is deleted
   */
  readonly formerValues?: FormerValues;

  /**
   * Whether what leaves the declaration, an attribute, a group or all of a user, goes: attributes are deleted, or put back with
   * `FormerValues.RESTORE`, and groups are left. What somebody has changed since is kept, and so are passwords. What `existingValues`
   * keeps is never deleted either, since nobody knows who chose it themselves, unless `FormerValues.RESTORE` remembers. Every user
   * is kept, unless `MissingUsers.create()` has `deleteWhenUndeclared`.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * How many updates a second the seeder sends, whatever the number of its workers. Cognito's quota is 25 a second for an
   * account and Region, shared with everybody who signs up or changes their profile: the seeder goes below what others leave
   * over. Seeders that CloudFormation deploys at the same time add up. Creations, passwords and reads of single users go at the
   * same rate, each in a quota of its own (50, 30 and 120); lists of users at 15 pages of 60 a second (30).
   *
   * @default 10
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
   */
  readonly requestsPerSecond?: number;

  /**
   * Where changes are planned and applied. Another engine is another resource: the new one is made, then the old one is
   * removed by its removal policy.
   *
   * @default SeedEngine.lambda() - in one function. What it cannot finish in time fails before the first write
   */
  readonly engine?: SeedEngine;

  /**
   * What happens to what is declared when the seeder is removed. RETAIN leaves it. DESTROY deletes the attributes that still have
   * their declared value, and leaves the declared groups; with `FormerValues.RESTORE` it puts back what users had before. What
   * `existingValues` keeps is never deleted either, since nobody knows who chose it themselves, unless `FormerValues.RESTORE`
   * remembers. Users stay, unless `MissingUsers.create()` has `deleteWhenUndeclared`: DESTROY then deletes those whom the seeder has created.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Gives users of a Cognito user pool their declared attributes, groups and passwords, and creates who is missing where that is
 * declared.
 *
 * A deployment changes the users whose declaration has changed, and only what a declaration names. When the seeder fails, the
 * users are as they were before.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
 */
@propertyInjectable
export class UserAttributesSeeder extends Construct {
  /** By which property injectors find it (`PropertyInjectors.of(scope).add()`). */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-cognito-user-attributes.UserAttributesSeeder';

  /**
   * How many users the latest deployment changed. A token: a whole number as text.
   */
  public readonly changedUsers: string;

  /**
   * How many of the changed users the latest deployment created. A token: a whole number as text.
   */
  public readonly createdUsers: string;

  /**
   * How many declared users the latest deployment left alone. A token: a whole number as text.
   */
  public readonly unchangedUsers: string;

  /**
   * How many users the latest deployment would have changed, had the pool had them. A token: a whole number as text.
   */
  public readonly skippedUsers: string;

  /**
   * How many users the latest deployment could not change, and tolerated. A token: a whole number as text.
   */
  public readonly failedUsers: string;

  /**
   * Where the report of the latest run lies: an S3 URI of JSON Lines, a line for each user who failed, was skipped, was created
   * or deleted, with file and line, error, attributes and remedy. A token; undefined with `SeedEngine.lambda()` without a bucket, which writes them to
   * its log alone.
   */
  public readonly report?: string;

  /**
   * The ARN of the Step Functions execution that carried out the latest deployment. A token; undefined with
   * `SeedEngine.lambda()`.
   */
  public readonly execution?: string;

  private readonly source: BoundSource;
  private readonly wanted: WantedUsers;
  private readonly properties: SeedProperties;
  private readonly resource: CustomResource;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: UserAttributesSeederProps,
  ) {
    super(scope, id);
    markWithDefaults(this);
    this.requireProps(props);
    this.source = props.source._bind(this, props);
    this.wanted = new WantedUsers(this, props, this.source);
    const seed = { ...declaration(this, props, this.source), wanted: {} };
    this.properties = { ...encode(seed, (value) => Token.isUnresolved(value)), Wanted: this.wanted.wire };
    this.resource = seederResource(this, props, this.source, this.properties);

    this.changedUsers = this.resource.getAttString(RESULT.changedUsers);
    this.createdUsers = this.resource.getAttString(RESULT.createdUsers);
    this.unchangedUsers = this.resource.getAttString(RESULT.unchangedUsers);
    this.skippedUsers = this.resource.getAttString(RESULT.skippedUsers);
    this.failedUsers = this.resource.getAttString(RESULT.failedUsers);
    const hasRuns = props.engine?._stepFunctions !== undefined;
    if (hasRuns || seed.bucket !== undefined) this.report = this.resource.getAttString(RESULT.report);
    if (hasRuns) this.execution = this.resource.getAttString(RESULT.execution);

    this.node.addValidation({ validate: () => this.findings().map(inWords) });
    // The pool may get its triggers and groups after the seeder.
    Aspects.of(this).add({ visit: (node) => node === this && this.lookAround(ownedUserPool(props.userPool)) });
  }

  /**
   * A declared user as the pool has them, for the rest of the stack: the `sub`, the pool's own username, and the secret with the
   * password. For users of `SeedSource.inline()`, `.csv()` and `.jsonLines()`, at most 15 of a seeder: CloudFormation takes an
   * answer of 4,096 bytes.
   *
   * @param username as declared
   */
  public user(username: string): SeededUser {
    const isFirst = this.wanted.isEmpty;
    const result = wantedResult(this.wanted.ask(username));
    if (isFirst) this.resource.node.addDependency(...allowWanted(this, this.props));
    const { secret, field } = this.source.passwords.get(username) ?? {};
    return {
      username: this.resource.getAttString(result.username),
      sub: this.resource.getAttString(result.sub),
      secret,
      passwordField: field,
    };
  }

  /**
   * A metric of this seeder, in the namespace `CognitoUserAttributes`: `ChangedUsers`, `CreatedUsers`, `SkippedUsers`,
   * `FailedUsers`, `PlannedUsers`, `FinishedUsers`, `ThrottledRequests`, `RequestsPerSecond` or `RequestsPerSecondLimit`,
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
   * How many users were created.
   *
   * @default - sum over 5 minutes
   */
  public metricCreatedUsers(props?: MetricOptions): Metric {
    return this.metric(METRICS.createdUsers, props);
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

  /**
   * What there is to see of this seeder, in rows of 24 columns for a dashboard of yours: users changed, created, skipped and failed,
   * throttled requests, pace against limit, progress of the current run.
   */
  public widgets(): IWidget[] {
    return seederWidgets((name, props) => this.metric(name, props), this.node.id);
  }

  /**
   * A dashboard of the seeder's own, with its `widgets()`.
   *
   * @param id of the construct, `Dashboard` unless given
   */
  public dashboard(id: string = 'Dashboard'): Dashboard {
    return seederDashboard(this, id, this.widgets());
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
    const findings = checkSeed(this, this.props, this.source, pool);
    if (findings.length > 0) return findings;
    return checkSize(Buffer.byteLength(JSON.stringify(Stack.of(this).resolve(this.properties))));
  }

  private lookAround(pool: CfnUserPool | undefined): void {
    if (this.findings().length > 0) return; // the validation will tell
    warn(this, this.props, this.source, pool);
    this.resource.node.addDependency(...declaredGroups(this, this.props.userPool, this.source));
    // Cognito has to be allowed to call the pool's triggers before the first change calls for one.
    if (pool) this.resource.node.addDependency(...triggerPermissions(pool));
  }
}
