import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { CfnUserPool, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { ContactVerification } from '../../../contact-verification';
import { FormerValues } from '../../../former-values';
import { MissingUsers } from '../../../missing-users';
import type { UserAttributesSeederProps } from '../../../user-attributes-seeder';
import { CompareWith } from '../../../compare-with';
import { SeedEngine } from '../../../seed-engine';
import { checkRunSettings } from '../run/settings';
import { checkMetadata } from '../../seed-file/rules/metadata';
import { deletesUsers } from '../creation';
import { restores } from '../declaration';
import { keptAttributes } from '../kept-attributes';
import { declaredSecrets } from '../permissions';
import { differ, poolRoleArn } from '../../pool-role';
import type { BoundSource } from '../sources/bound-source';
import { checkCreation, creationRules } from './creation';
import type { Finding } from '../../finding';
import { checkExistingValues } from './kept';
import { aliases, isCaseSensitive, poolSchema, shortestPassword } from '../../pool-schema';

/**
 * CloudFormation invokes a function asynchronously, with the new and the old properties in one event of at most 256 kB.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LARGEST_DECLARATION = 100_000;

/** A function's role holds 10,240 characters of policies, and the name of a secret takes a hundred. */
const MOST_SECRETS = 50;

/**
 * Everything that can be known to be wrong before a deployment, all at once.
 *
 * @param pool where this app declares it
 */
export const checkSeed = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  pool: CfnUserPool | undefined,
): Finding[] => {
  const creation = creationRules(props.missingUsers, pool);
  return [
    ...source.findings({
      verification: props.verification,
      schema: pool && poolSchema(pool, creation !== undefined),
      caseSensitive: !pool || isCaseSensitive(pool),
      aliases: pool ? aliases(pool) : [],
      shortestPassword: pool && shortestPassword(pool),
      // Users who are created go altogether, and others get back what they had.
      mayDelete: props.removalPolicy === RemovalPolicy.DESTROY && !restores(props) && !deletesUsers(props),
      kept: keptAttributes(props.existingValues),
      creation,
    }),
    ...checkMetadata(props.clientMetadata, (value) => Token.isUnresolved(value)),
    ...checkVerification(props.verification),
    ...checkMissingUsers(props.missingUsers),
    ...checkCreation(props.missingUsers, creation, source.source.kind === 'existing'),
    ...checkExistingValues(props.existingValues, source),
    ...checkFormerValues(props.formerValues),
    ...checkSecrets(declaredSecrets(seeder, props, source).length),
    ...checkPace(props.requestsPerSecond),
    ...checkPrune(props.prune),
    ...checkRemovalPolicy(props.removalPolicy),
    ...checkComparison(props.compareWith, source),
    ...checkEngine(props.engine),
    ...checkPlace(props, Stack.of(seeder)),
    ...checkPoolRole(props, Stack.of(seeder), pool !== undefined),
  ];
};

const checkFormerValues = (formerValues: FormerValues | undefined): Finding[] =>
  formerValues === undefined || Object.values(FormerValues).includes(formerValues)
    ? []
    : [{ rule: 'formerValues must be a FormerValues', remedy: 'leave it out for FORGET' }];

const checkSecrets = (secrets: number): Finding[] =>
  secrets <= MOST_SECRETS
    ? []
    : [
        {
          rule: `passwords come from ${secrets} secrets, and the policies of a function's role have room for ${MOST_SECRETS}`,
          remedy: 'put several passwords into one secret, a field for each, or divide the users between several stacks',
        },
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

const checkEngine = (engine: unknown): Finding[] => {
  if (engine === undefined) return [];
  if (!(engine instanceof SeedEngine)) {
    return [
      {
        rule: 'engine must be a SeedEngine',
        remedy: 'declare SeedEngine.lambda() or SeedEngine.stepFunctions()',
      },
    ];
  }
  return engine._stepFunctions ? checkRunSettings(engine._stepFunctions) : [];
};

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

const checkComparison = (compareWith: CompareWith | undefined, { source }: BoundSource): Finding[] => {
  if (compareWith !== undefined && !Object.values(CompareWith).includes(compareWith)) {
    return [{ rule: 'compareWith must be a CompareWith', remedy: 'leave it out for PREVIOUS_DECLARATION' }];
  }
  return source.kind === 'existing' && compareWith === CompareWith.PREVIOUS_DECLARATION
    ? [{ rule: 'a rule for existing users is always compared with the pool', remedy: 'leave compareWith out' }]
    : [];
};

const checkPrune = (prune: unknown): Finding[] =>
  prune === undefined || typeof prune === 'boolean'
    ? []
    : [{ rule: 'prune must be true or false, known at synth', remedy: 'declare a boolean' }];

const checkVerification = (verification: ContactVerification | undefined): Finding[] =>
  verification === undefined || Object.values(ContactVerification).includes(verification)
    ? []
    : [
        {
          rule: 'verification must be a ContactVerification',
          remedy: 'declare ContactVerification.MARK_VERIFIED or SEND_MESSAGE',
        },
      ];

/** A function calls Cognito in its own Region, and as its own account unless it takes on a role of another. */
const checkPlace = ({ userPool, poolRole }: UserAttributesSeederProps, { region, account }: Stack): Finding[] => [
  ...(differ(regionOf(userPool), region)
    ? [
        {
          rule: `the pool is in ${regionOf(userPool)}, this stack in ${region}`,
          remedy: "declare the seeder in the pool's Region",
        },
      ]
    : []),
  ...(!poolRole && differ(userPool.env.account, account)
    ? [
        {
          rule: `the pool is in account ${userPool.env.account}, this stack in ${account}`,
          remedy: `declare poolRole, a role of account ${userPool.env.account} that trusts this stack's account, or deploy the seeder there`,
        },
      ]
    : []),
];

/** A pool's id begins with its Region. */
const regionOf = ({ env, userPoolRef: { userPoolId } }: IUserPoolRef): string =>
  (!Token.isUnresolved(userPoolId) && /^([a-z0-9-]+)_/.exec(userPoolId)?.[1]) || env.region;

/**
 * A role has power in its own account alone.
 *
 * @param owned whether this app declares the pool. A pool that is imported by its id counts as the stack's, wherever it is
 */
const checkPoolRole = ({ userPool, poolRole }: UserAttributesSeederProps, stack: Stack, owned: boolean): Finding[] => {
  if (poolRole === undefined) return [];
  if (poolRoleArn(poolRole) === undefined) {
    return [{ rule: 'poolRole must be a role', remedy: "declare Role.fromRoleArn(this, 'PoolRole', 'arn:…')" }];
  }
  const { account } = userPool.env;
  return (owned || differ(account, stack.account)) && differ(poolRole.env.account, account)
    ? [
        {
          rule: `the pool is in account ${account}, poolRole in ${poolRole.env.account}`,
          remedy: `declare a role of account ${account}`,
        },
      ]
    : [];
};

const checkMissingUsers = (missingUsers: unknown): Finding[] =>
  missingUsers === undefined || missingUsers instanceof MissingUsers
    ? []
    : [{ rule: 'missingUsers must be a MissingUsers', remedy: 'declare MissingUsers.fail(), .skip() or .create()' }];
