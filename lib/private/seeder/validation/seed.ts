import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { UserAttributesSeederProps } from '../../../user-attributes-seeder';
import type { Finding } from './finding';
import { checkMetadata } from './metadata';
import { isCaseSensitive, poolSchema } from './pool-schema';
import { checkUsers } from './users';

/**
 * CloudFormation invokes a function asynchronously, with the new and the old properties in one event of at most 256 kB.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LARGEST_DECLARATION = 100_000;

/**
 * Everything that can be known to be wrong before a deployment, all at once.
 *
 * @param pool where this app declares it
 */
export const checkSeed = (props: UserAttributesSeederProps, pool: CfnUserPool | undefined): Finding[] => [
  ...checkUsers(props.source._users(), {
    verification: props.verification,
    schema: pool && poolSchema(pool),
    caseSensitive: !pool || isCaseSensitive(pool),
  }),
  ...checkMetadata(props.clientMetadata),
  ...checkPace(props.requestsPerSecond),
  ...checkRemovalPolicy(props.removalPolicy),
];

/** @param bytes of the declaration as it stands in the template */
export const checkSize = (bytes: number): Finding[] =>
  bytes <= LARGEST_DECLARATION
    ? []
    : [
        {
          rule: `the declaration takes ${bytes} bytes, and CloudFormation can carry ${LARGEST_DECLARATION} to a function`,
          remedy: 'divide the users between several seeders',
        },
      ];

const checkPace = (requestsPerSecond: number | undefined): Finding[] =>
  requestsPerSecond === undefined ||
  Token.isUnresolved(requestsPerSecond) ||
  (Number.isFinite(requestsPerSecond) && requestsPerSecond > 0)
    ? []
    : [{ rule: 'requestsPerSecond must be a number above 0', remedy: 'leave it out for 10' }];

const checkRemovalPolicy = (policy: RemovalPolicy | undefined): Finding[] =>
  policy === undefined || policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.DESTROY
    ? []
    : [{ rule: 'removalPolicy must be RETAIN or DESTROY', remedy: 'leave it out for RETAIN' }];
