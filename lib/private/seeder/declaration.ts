import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { CompareWith } from '../../compare-with';
import { ContactVerification } from '../../contact-verification';
import { FormerValues } from '../../former-values';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { present } from '../contracts/fields';
import type { Seed } from '../contracts/seed';
import { creationOptions, declaredCreation } from './creation';
import { keptAttributes } from './kept-attributes';
import { poolRoleArn } from '../pool-role';
import { seedsBucket } from './seeds-bucket';
import type { BoundSource } from './sources/bound-source';

/** The props in the contract's terms, defaults filled in. Never throws, whatever the props hold. */
export const declaration = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  { source }: BoundSource,
): Omit<Seed, 'wanted'> =>
  present({
    userPoolId: props.userPool.userPoolRef.userPoolId,
    poolRoleArn: poolRoleArn(props.poolRole),
    source,
    clientMetadata: props.clientMetadata,
    onMissingUser: props.missingUsers?._mode ?? 'FAIL',
    creation: declaredCreation(seeder, props),
    kept: keptAttributes(props.existingValues),
    prune: props.prune ?? true,
    onRemoval: props.removalPolicy === RemovalPolicy.DESTROY ? 'DESTROY' : 'RETAIN',
    formerValues: restores(props) ? 'RESTORE' : 'FORGET',
    requestsPerSecond: props.requestsPerSecond ?? 10,
    compareWith: props.compareWith === CompareWith.LIVE_POOL ? 'LIVE_POOL' : 'PREVIOUS_DECLARATION',
    bucket: functionBucket(seeder, props)?.bucketName,
  });

/** Whether values from before the declaration are put back. */
export const restores = ({ formerValues }: UserAttributesSeederProps): boolean => formerValues === FormerValues.RESTORE;

/** Where the one function keeps reports and former values; undefined where it keeps none, and with the other engine. */
export const functionBucket = (seeder: Construct, props: UserAttributesSeederProps): IBucket | undefined => {
  const { _stepFunctions, _lambda } = props.engine ?? {};
  if (_stepFunctions) return undefined;
  return _lambda?.bucket ?? (restores(props) ? seedsBucket(seeder) : undefined);
};

/** Whether Cognito may message somebody because of this declaration, so that ClientMetadata can reach a trigger. */
export const messagesPeople = (
  { verification, missingUsers }: UserAttributesSeederProps,
  source: BoundSource,
): boolean =>
  Boolean(creationOptions(missingUsers)?.invitation?._media.length) ||
  (verification === ContactVerification.SEND_MESSAGE && source.contacts()?.size !== 0);

/** Contacts that are to be confirmed by their owners, whom the pool does not message. */
export const unverifiedContacts = (
  { verification }: UserAttributesSeederProps,
  source: BoundSource,
  pool: CfnUserPool,
): string[] => {
  const verified: readonly string[] = pool.autoVerifiedAttributes ?? [];
  if (verification !== ContactVerification.SEND_MESSAGE || Token.isUnresolved(verified)) return [];
  return [...(source.contacts() ?? [])].filter((contact) => !verified.includes(contact));
};

export const hasClientMetadata = (
  { clientMetadata, missingUsers }: UserAttributesSeederProps,
  source: BoundSource,
): boolean =>
  Object.keys(clientMetadata ?? {}).length > 0 ||
  Object.keys(creationOptions(missingUsers)?.clientMetadata ?? {}).length > 0 ||
  source.hasClientMetadata();
