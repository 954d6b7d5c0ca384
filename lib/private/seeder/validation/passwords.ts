import { Token } from 'aws-cdk-lib';
import { UserPassword } from '../../../user-password';
import type { Problem } from '../../seed-file/rules/problem';
import { GENERATED_LENGTH } from '../passwords';
import type { CreationRules } from './creation';
import type { UserRules } from './users';

/** What is wrong with a user's password. */
export const checkPassword = (
  password: unknown,
  username: unknown,
  { creation, shortestPassword = 0 }: Pick<UserRules, 'creation' | 'shortestPassword'>,
): Problem[] => {
  if (password === undefined) return [];
  if (!(password instanceof UserPassword)) return [NO_PASSWORD];
  const declared = password._password;
  const isOfCreation = declared.kind === 'random' || (declared.kind === 'secret' && declared.temporary);
  return [
    ...(declared.kind === 'secret' ? checkSecret(declared) : []),
    ...(declared.kind === 'generated' && Token.isUnresolved(username) ? [UNKNOWN_USER] : []),
    ...(declared.kind === 'generated' && shortestPassword > GENERATED_LENGTH ? [tooShort(shortestPassword)] : []),
    ...(isOfCreation && !creation ? [NEVER_SET] : []),
    ...checkWithInvitation(password, creation),
  ];
};

/** What is wrong with the password of those who declare none of their own. */
export const checkCreationPassword = (password: unknown, creation: CreationRules): Problem[] => {
  if (password === undefined) return [];
  if (!(password instanceof UserPassword)) return [NO_PASSWORD];
  const declared = password._password;
  if (declared.kind === 'generated') return [GENERATED_FOR_ALL];
  return [...(declared.kind === 'secret' ? checkSecret(declared) : []), ...checkWithInvitation(password, creation)];
};

const checkSecret = ({ secret, field }: { readonly secret: unknown; readonly field?: unknown }): Problem[] => [
  ...(typeof (secret as { secretArn?: unknown } | undefined)?.secretArn === 'string' ? [] : [NO_SECRET]),
  ...(field === undefined || (typeof field === 'string' && field !== '') ? [] : [NO_FIELD]),
];

const checkWithInvitation = ({ _password: declared }: UserPassword, creation: CreationRules | undefined): Problem[] =>
  creation?.invitation.length && !(declared.kind === 'secret' && declared.temporary) ? [UNTRUE_INVITATION] : [];

const NO_PASSWORD: Problem = {
  rule: 'password must be a UserPassword: a password itself never stands in a template',
  remedy: 'declare UserPassword.fromSecret(secret), or UserPassword.generated()',
};

const NO_SECRET: Problem = {
  rule: 'the secret of the password is missing',
  remedy: 'pass a secret of Secrets Manager, such as Secret.fromSecretNameV2(…)',
};

const NO_FIELD: Problem = {
  rule: 'the field of the secret must be a text',
  remedy: 'leave it out where the whole secret is the password',
};

const UNKNOWN_USER: Problem = {
  rule: 'a password is generated for a user who is known at synth, and the username is a token',
  remedy: 'declare UserPassword.fromSecret(secret)',
};

const tooShort = (wanted: number): Problem => ({
  rule: `generated passwords have ${GENERATED_LENGTH} characters, and the pool wants at least ${wanted}`,
  remedy: 'declare UserPassword.fromSecret()',
});

const NEVER_SET: Problem = {
  rule: 'a temporary or random password is set when a user is created, and nobody is',
  remedy: 'declare missingUsers: MissingUsers.create(), or UserPassword.fromSecret(secret)',
};

const GENERATED_FOR_ALL: Problem = {
  rule: 'a password is generated for one user, and MissingUsers.create() declares it for all',
  remedy: 'declare it of each user, or UserPassword.random() for all',
};

const UNTRUE_INVITATION: Problem = {
  rule: 'an invitation tells a temporary password, which would not work: a permanent or random one takes its place',
  remedy: 'declare Invitation.none(), or UserPassword.temporaryFromSecret(secret)',
};
