import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { CreateUsersOptions } from '../../../create-users-options';
import { Invitation } from '../../../invitation';
import type { Medium } from '../../contracts/seed-creation';
import { checkMetadata, VALIDATION_DATA } from '../../seed-file/rules/metadata';
import type { AttributeProblem, Problem } from '../../seed-file/rules/problem';
import { creationOptions } from '../creation';
import { checkCreationPassword } from './passwords';
import { requiredAttributes } from '../../pool-schema';

/** What a user has to be who is created. */
export interface CreationRules {
  readonly invitation: readonly Medium[];
  /** Attributes that the pool requires, as far as this app declares it. */
  readonly required: readonly string[];
  /** By what the pool's users sign in, if it is no username. */
  readonly signIn: readonly string[];
  /** What they may sign in by beside their username. */
  readonly aliases: readonly string[];
}

/** @returns undefined where nobody is created */
export const creationRules = (missingUsers: unknown, pool: CfnUserPool | undefined): CreationRules | undefined => {
  const options = creationOptions(missingUsers);
  return (
    options && {
      invitation: options.invitation instanceof Invitation ? options.invitation._media : [],
      required: pool ? requiredAttributes(pool) : [],
      signIn: known(pool?.usernameAttributes),
      aliases: known(pool?.aliasAttributes),
    }
  );
};

const known = (names: readonly string[] | undefined): readonly string[] =>
  Token.isUnresolved(names) ? [] : (names ?? []);

/** What is wrong with how missing users are created. */
export const checkCreation = (missingUsers: unknown, rules: CreationRules | undefined, isRule: boolean): Problem[] => {
  const options = creationOptions(missingUsers);
  if (!options || !rules) return [];
  return [
    ...(isRule ? [NOBODY_IS_MISSING] : []),
    ...Object.keys(options)
      .filter((key) => !OPTIONS.includes(key))
      .map((key) => ({
        rule: `MissingUsers.create() has no '${key}'`,
        remedy: /password|secret/i.test(key) ? 'declare password: UserPassword' : `declare ${OPTIONS.join(', ')}`,
      })),
    ...(options.invitation === undefined || options.invitation instanceof Invitation
      ? []
      : [{ rule: 'invitation must be an Invitation', remedy: 'declare Invitation.email(), or leave it out for none' }]),
    ...checkMetadata(options.clientMetadata, isToken),
    ...checkMetadata(options.validationData, isToken, VALIDATION_DATA),
    ...checkFlag('forceAliasCreation', options.forceAliasCreation),
    ...checkFlag('deleteWhenUndeclared', options.deleteWhenUndeclared),
    ...checkCreationPassword(options.password, rules),
  ];
};

const OPTIONS: readonly string[] = [
  'invitation',
  'clientMetadata',
  'validationData',
  'forceAliasCreation',
  'password',
  'deleteWhenUndeclared',
] satisfies (keyof CreateUsersOptions)[];

const NOBODY_IS_MISSING: Problem = {
  rule: 'a rule is about users whom the pool has, and creates nobody',
  remedy: 'leave missingUsers out, or declare users by name',
};

const isToken = (value: unknown): boolean => Token.isUnresolved(value);

const checkFlag = (name: string, value: unknown): Problem[] =>
  value === undefined || typeof value === 'boolean'
    ? []
    : [
        {
          rule: `${name} of MissingUsers.create() must be true or false, known at synth`,
          remedy: 'declare a boolean',
        },
      ];

/** How the names look by which users sign in. */
const LOOKS: Readonly<Record<string, { readonly pattern: RegExp; readonly called: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@]+$/, called: 'e-mail address' },
  phone_number: { pattern: /^\+\d{1,15}$/, called: 'phone number' },
};

/**
 * What is wrong with a user who may have to be created.
 *
 * @param username undefined where only the deployment knows it
 * @param has whether the user is to have an attribute
 * @param enabled whether the user may sign in
 */
export const checkNewUser = (
  username: string | undefined,
  has: (name: string) => boolean,
  enabled: unknown,
  rules: CreationRules,
): AttributeProblem[] => {
  // Where an address is the username, Cognito takes it for the attribute too.
  const isCovered = (name: string) =>
    has(name) || (rules.signIn.includes(name) && (username === undefined || LOOKS[name].pattern.test(username)));
  return [
    ...(username === undefined ? [] : checkName(username, rules)),
    ...(enabled === false && rules.invitation.length > 0 ? [USELESS_INVITATION] : []),
    ...rules.required
      .filter((name) => !isCovered(name))
      .map((attribute) => ({
        attribute,
        rule: 'the pool requires it of every user who is created',
        remedy: 'declare a value',
      })),
    ...rules.invitation
      .map((medium) => (medium === 'EMAIL' ? 'email' : 'phone_number'))
      .filter((name) => !isCovered(name))
      .map((attribute) => ({
        attribute,
        rule: 'the invitation goes to it, and it is not declared',
        remedy: 'declare it, or invite by something else',
      })),
  ];
};

const USELESS_INVITATION: Problem = {
  rule: 'a disabled user cannot sign in with the invitation',
  remedy: 'leave enabled out, or invite nobody',
};

const checkName = (username: string, { signIn, aliases }: CreationRules): Problem[] => {
  const looksLike = (name: string) => LOOKS[name]?.pattern.test(username) ?? false;
  if (signIn.length > 0) {
    return signIn.some(looksLike)
      ? []
      : [
          {
            rule: `the pool's users sign in with their ${signIn.map((name) => LOOKS[name]?.called ?? name).join(' or ')}, and one who is created is called by it`,
            remedy:
              'declare the user under it; whom the pool has already, a seeder without MissingUsers.create() can address by their sub',
          },
        ];
  }
  return aliases.filter(looksLike).map((name) => ({
    rule: `the pool takes a user's ${LOOKS[name].called} for another name of theirs, and Cognito refuses one as the username of a user who is created`,
    remedy: `declare the user under a username, with ${name === 'email' ? 'email' : 'phoneNumber'} as an attribute`,
  }));
};
