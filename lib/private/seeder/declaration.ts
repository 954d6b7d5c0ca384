import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CompareWith } from '../../compare-with';
import { ContactVerification } from '../../contact-verification';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import type { Seed } from '../contracts/seed';
import type { BoundSource } from './sources/bound-source';

/** The props in the contract's terms, defaults filled in. Never throws, whatever the props hold. */
export const declaration = (props: UserAttributesSeederProps, { source }: BoundSource): Seed => ({
  userPoolId: props.userPool.userPoolRef.userPoolId,
  source,
  clientMetadata: props.clientMetadata,
  onMissingUser: props.missingUsers?._mode ?? 'FAIL',
  prune: props.prune ?? true,
  onRemoval: props.removalPolicy === RemovalPolicy.DESTROY ? 'DESTROY' : 'RETAIN',
  requestsPerSecond: props.requestsPerSecond ?? 10,
  ...(props.engine?._lambda?.reportBucket ? { reportBucket: props.engine._lambda.reportBucket.bucketName } : {}),
  compareWith: props.compareWith === CompareWith.LIVE_POOL ? 'LIVE_POOL' : 'PREVIOUS_DECLARATION',
});

/** What the function calls on the pool whatever is declared. */
export const POOL_ACTIONS = [
  'cognito-idp:AdminGetUser',
  'cognito-idp:AdminUpdateUserAttributes',
  'cognito-idp:AdminDeleteUserAttributes',
];

/** What the function may do besides, to know the declared users and whom the pool has. */
export const sourceStatements = (
  { compareWith, userPool }: UserAttributesSeederProps,
  { actions, statements }: BoundSource,
): PolicyStatement[] => {
  const reading =
    compareWith === CompareWith.LIVE_POOL ? ['cognito-idp:ListUsers', 'cognito-idp:DescribeUserPool'] : [];
  const all = [...new Set([...actions, ...reading])];
  const resources = [userPool.userPoolRef.userPoolArn];
  return [...(all.length > 0 ? [new PolicyStatement({ actions: all, resources })] : []), ...statements];
};

/** Whether Cognito may message somebody because of this declaration, so that ClientMetadata can reach a trigger. */
export const messagesPeople = ({ verification }: UserAttributesSeederProps, source: BoundSource): boolean =>
  verification === ContactVerification.SEND_MESSAGE && source.contacts()?.size !== 0;

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

export const hasClientMetadata = ({ clientMetadata }: UserAttributesSeederProps, source: BoundSource): boolean =>
  Object.keys(clientMetadata ?? {}).length > 0 || source.hasClientMetadata();
