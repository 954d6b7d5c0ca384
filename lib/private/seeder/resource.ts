import { CustomResource, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import type { SeedWire } from '../contracts/seed';
import { POOL_ACTIONS, sourceStatements } from './declaration';
import { SeederProvider } from './provider';
import { SeedRuns } from './run/seed-runs';
import { runWire } from './run/settings';
import type { BoundSource } from './sources/bound-source';

const RESOURCE_TYPE = 'Custom::CognitoUserAttributes';

/** What carries the declaration to the seeder's engine, which may do as much as this seeder needs. */
export const seederResource = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  wire: SeedWire,
): CustomResource =>
  props.engine?._stepFunctions
    ? runResource(seeder, props, source, wire)
    : functionResource(seeder, props, source, wire);

const functionResource = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  wire: SeedWire,
): CustomResource => {
  const provider = SeederProvider.of(seeder);
  const permissions = [
    provider.grant(seeder, POOL_ACTIONS, props.userPool),
    ...provider.grantSource(seeder, [...sourceStatements(props, source), ...reportStatements(props)]),
  ];
  const resource = new CustomResource(seeder, 'Resource', {
    resourceType: RESOURCE_TYPE,
    serviceToken: provider.serviceToken,
    // Should the answer get lost, CloudFormation need not wait for an hour.
    serviceTimeout: Duration.minutes(16),
    properties: { ...wire },
  });
  resource.node.addDependency(...permissions);
  return resource;
};

/** To write reports, and read none. */
const reportStatements = ({ engine }: UserAttributesSeederProps): PolicyStatement[] => {
  const bucket = engine?._lambda?.reportBucket;
  if (!bucket) return [];
  return [
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('reports/*')] }),
    ...(bucket.encryptionKey
      ? [new PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [bucket.encryptionKey.keyArn] })]
      : []),
  ];
};

/** Another id than the other engine's: CloudFormation refuses another ServiceToken under the same one. */
const runResource = (
  seeder: Construct,
  { engine, userPool }: UserAttributesSeederProps,
  { statements }: BoundSource,
  wire: SeedWire,
): CustomResource => {
  const options = engine!._stepFunctions!;
  const runs = SeedRuns.of(seeder);
  const bucket = options.bucket ?? runs.bucket;
  const permissions = runs.grant(seeder, { userPool, source: [...statements], bucket: options.bucket });
  const resource = new CustomResource(seeder, 'Run', {
    resourceType: RESOURCE_TYPE,
    serviceToken: runs.serviceToken,
    serviceTimeout: Duration.hours(1),
    properties: { ...wire, Run: runWire(options, bucket.bucketName) },
  });
  resource.node.addDependency(permissions);
  return resource;
};
