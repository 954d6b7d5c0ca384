/** What the functions may do for one seeder, beside what they may for every one. */
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { CompareWith } from '../../compare-with';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { creationOptions, deletesUsers } from './creation';
import { type BoundPassword, boundPassword } from './passwords';
import type { BoundSource } from './sources/bound-source';

/** What the function calls on the pool whatever is declared. */
export const POOL_ACTIONS = [
  'cognito-idp:AdminGetUser',
  'cognito-idp:AdminUpdateUserAttributes',
  'cognito-idp:AdminDeleteUserAttributes',
];

/** What lets the function know the declared users and whom the pool has. */
export const sourceStatements = (
  props: UserAttributesSeederProps,
  { actions, statements }: BoundSource,
): PolicyStatement[] => {
  const reading =
    props.compareWith === CompareWith.LIVE_POOL ? ['cognito-idp:ListUsers', 'cognito-idp:DescribeUserPool'] : [];
  return [...poolStatements(props, [...new Set([...actions, ...reading])]), ...statements];
};

/** What is done to users beside their attributes. */
export const userStatements = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
): PolicyStatement[] => poolStatements(props, userActions(seeder, props, source));

/** To look at users beside their attributes. */
export const lookingStatements = (props: UserAttributesSeederProps, source: BoundSource): PolicyStatement[] =>
  poolStatements(
    props,
    lookingActions(props, source).map((action) => `cognito-idp:${action}`),
  );

const lookingActions = (props: UserAttributesSeederProps, source: BoundSource): string[] => [
  ...(namesGroups(source) || deletesUsers(props) ? ['AdminListGroupsForUser'] : []),
  ...(namesGroups(source) ? ['GetGroup'] : []),
];

/**
 * Only what the declaration calls for: the policy of a former one stays until the update from it, and the way back to it, are
 * over.
 */
const userActions = (seeder: Construct, props: UserAttributesSeederProps, source: BoundSource): string[] => {
  const creation = creationOptions(props.missingUsers);
  const passwords = declaredPasswords(seeder, props, source);
  return [
    ...lookingActions(props, source),
    ...(namesGroups(source) || deletesUsers(props) ? ['AdminAddUserToGroup', 'AdminRemoveUserFromGroup'] : []),
    ...(saysWhoIsEnabled(source) ? ['AdminEnableUser', 'AdminDisableUser'] : []),
    // Whoever is created by a deployment that fails is deleted again.
    ...(creation ? ['AdminCreateUser', 'AdminDeleteUser'] : []),
    ...(deletesUsers(props) ? ['CreateGroup', 'DeleteGroup'] : []),
    // A temporary one goes with the creation.
    ...(passwords.some(isPermanent) ? ['AdminSetUserPassword'] : []),
  ].map((action) => `cognito-idp:${action}`);
};

/** To read the passwords. */
export const passwordStatements = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
): PolicyStatement[] => {
  const secrets = declaredSecrets(seeder, props, source);
  const keys = [...new Set(secrets.flatMap(({ encryptionKey }) => (encryptionKey ? [encryptionKey.keyArn] : [])))];
  const viaService = `secretsmanager.${Stack.of(seeder).region}.amazonaws.com`;
  return [
    ...(secrets.length > 0
      ? [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets.map(arnInPolicies) })]
      : []),
    ...(keys.length > 0
      ? [
          new PolicyStatement({
            actions: ['kms:Decrypt'],
            resources: keys,
            conditions: { StringEquals: { 'kms:ViaService': viaService } },
          }),
        ]
      : []),
  ];
};

/** The secrets of all passwords, each once. */
export const declaredSecrets = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
): readonly ISecret[] => {
  const secrets = declaredPasswords(seeder, props, source).flatMap(({ secret }) => secret ?? []);
  return [...new Map(secrets.map((secret) => [secret.secretArn, secret])).values()];
};

const declaredPasswords = (
  seeder: Construct,
  { missingUsers }: UserAttributesSeederProps,
  { passwords }: BoundSource,
): readonly BoundPassword[] => {
  const created = boundPassword(seeder, creationOptions(missingUsers)?.password);
  return [...passwords.values(), ...(created ? [created] : [])];
};

const isPermanent = ({ source }: BoundPassword): boolean => source.kind === 'random' || !source.temporary;

/** Of a secret that is known by its name alone, nobody knows the six characters at the end. */
const arnInPolicies = ({ secretFullArn, secretArn }: ISecret): string => secretFullArn ?? `${secretArn}-??????`;

const namesGroups = ({ users }: BoundSource): boolean => users?.some(({ groups }) => groups !== undefined) ?? true;

const saysWhoIsEnabled = ({ users }: BoundSource): boolean =>
  users?.some(({ enabled }) => enabled !== undefined) ?? true;

/** What the functions ask as a role, the role has to be allowed. */
const poolStatements = ({ userPool, poolRole }: UserAttributesSeederProps, actions: string[]): PolicyStatement[] =>
  actions.length > 0 && !poolRole
    ? [new PolicyStatement({ actions, resources: [userPool.userPoolRef.userPoolArn] })]
    : [];
