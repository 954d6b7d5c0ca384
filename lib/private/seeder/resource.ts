import { CustomResource, Duration, type IResolvable } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import type { SeedWire } from '../contracts/seed';
import { functionBucket, restores } from './declaration';
import { lookingStatements, passwordStatements, POOL_ACTIONS, sourceStatements, userStatements } from './permissions';
import { roleDependencies, roleStatements } from '../pool-role';
import { SeederProvider } from './provider';
import { SeedRuns } from './run/seed-runs';
import { runWire } from './run/settings';
import { emptying, formerStatements, reportStatements, rollbackStatement } from './seeds-bucket';
import type { BoundSource } from './sources/bound-source';

const RESOURCE_TYPE = 'Custom::CognitoUserAttributes';

/** The declaration as it stands in the template. Who is asked for is known when the synthesis ends. */
export type SeedProperties = Omit<SeedWire, 'Wanted'> & { readonly Wanted: IResolvable };

/** What carries the declaration to the seeder's engine, which may do as much as this seeder needs. */
export const seederResource = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  properties: SeedProperties,
): CustomResource =>
  props.engine?._stepFunctions
    ? runResource(seeder, props, source, properties)
    : functionResource(seeder, props, source, properties);

/**
 * Lets the engine tell the stack who its users are.
 *
 * @returns what the custom resource has to be made after
 */
export const allowWanted = (
  seeder: Construct,
  { engine, userPool, poolRole }: UserAttributesSeederProps,
): IDependable[] =>
  // The one function looks at users anyhow.
  engine?._stepFunctions ? SeedRuns.of(seeder).grantReport(seeder, userPool, poolRole) : [];

const functionResource = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  properties: SeedProperties,
): CustomResource => {
  const provider = SeederProvider.of(seeder);
  const bucket = functionBucket(seeder, props);
  const permissions = [
    ...(props.poolRole
      ? provider.grantOwn(seeder, 'PoolRolePolicy', roleStatements(props.poolRole))
      : [provider.grant(seeder, POOL_ACTIONS, props.userPool)]),
    ...provider.grantOwn(seeder, 'SourcePolicy', sourceStatements(props, source)),
    ...provider.grantOwn(seeder, 'UsersPolicy', userStatements(seeder, props, source)),
    ...provider.grantOwn(seeder, 'PasswordsPolicy', passwordStatements(seeder, props, source)),
    ...provider.grantOwn(seeder, 'BucketPolicy', [
      ...(bucket ? reportStatements(bucket) : []),
      ...(bucket && restores(props) ? [...formerStatements(bucket), rollbackStatement(seeder)] : []),
    ]),
  ];
  const resource = new CustomResource(seeder, 'Resource', {
    resourceType: RESOURCE_TYPE,
    serviceToken: provider.serviceToken,
    // Should the answer get lost, CloudFormation need not wait for an hour.
    serviceTimeout: Duration.minutes(16),
    properties: { ...properties },
  });
  resource.node.addDependency(
    ...permissions,
    ...roleDependencies(seeder, props.poolRole),
    ...(bucket ? emptying(bucket) : []),
  );
  return resource;
};

/** Another id than the other engine's: CloudFormation refuses another ServiceToken under the same one. */
const runResource = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  properties: SeedProperties,
): CustomResource => {
  const options = props.engine!._stepFunctions!;
  const runs = SeedRuns.of(seeder);
  const bucket = options.bucket ?? runs.bucket;
  const permissions = runs.grant(seeder, {
    userPool: props.userPool,
    poolRole: props.poolRole,
    source: source.statements,
    looking: lookingStatements(props, source),
    users: userStatements(seeder, props, source),
    passwords: passwordStatements(seeder, props, source),
    rollback: restores(props) ? [rollbackStatement(seeder)] : [],
    bucket: options.bucket,
  });
  const resource = new CustomResource(seeder, 'Run', {
    resourceType: RESOURCE_TYPE,
    serviceToken: runs.serviceToken,
    serviceTimeout: Duration.hours(1),
    properties: { ...properties, Run: runWire(options, bucket.bucketName) },
  });
  resource.node.addDependency(permissions, ...roleDependencies(seeder, props.poolRole), ...emptying(bucket));
  return resource;
};
