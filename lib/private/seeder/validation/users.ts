import { Token } from 'aws-cdk-lib';
import type { ContactVerification } from '../../../contact-verification';
import type { SeedUser } from '../../../seed-user';
import type { UserAttributes } from '../../../user-attributes';
import { namedValues } from '../../attribute-names';
import type { KeptAttributes } from '../../contracts/seed';
import { isRecord } from '../../record';
import { isReservedKey, RESERVED } from '../../reserved-keys';
import { checkGroups } from '../../seed-file/rules/groups';
import { checkMetadata } from '../../seed-file/rules/metadata';
import type { AttributeProblem, Problem } from '../../seed-file/rules/problem';
import { checkUsername } from '../../seed-file/rules/username';
import { checkAttributes, malformedParts } from './attributes';
import { checkNewUser, type CreationRules } from './creation';
import type { Finding } from '../../finding';
import type { Naming } from './own-name';
import { checkPassword } from './passwords';
import type { PoolSchema } from '../../pool-schema';
import { repeated } from './repeated';

export interface UserRules extends Naming {
  readonly verification?: ContactVerification;
  /** The pool's schema, where this app declares it. */
  readonly schema?: PoolSchema;
  /** Whether the attributes are deleted with the seeder. */
  readonly mayDelete: boolean;
  /** The attributes of which existing values are kept. */
  readonly kept: KeptAttributes;
  /** How long the pool wants passwords to be, where this app declares it. */
  readonly shortestPassword?: number;
  /** What a user has to be who is created, where anybody is. */
  readonly creation?: CreationRules;
}

/** What is wrong with users who are declared in code. */
export const checkUsers = (users: readonly SeedUser[], rules: UserRules): Finding[] => {
  if (!Array.isArray(users)) return [{ rule: 'the source must be a list of users', remedy: 'declare an array' }];
  return [
    ...(users.length === 0 ? [{ rule: 'no user is declared', remedy: 'declare one, or remove the seeder' }] : []),
    ...users.flatMap((user, index) => checkUser(user, index, rules)),
    ...duplicates(users, rules.caseSensitive),
  ];
};

const checkUser = (user: SeedUser, index: number, rules: UserRules): Finding[] => {
  const { username, attributes, clientMetadata, groups, enabled, password } = user ?? {};
  const named = typeof username === 'string' && username !== '' && !Token.isUnresolved(username);
  const name = named ? username : `number ${index + 1}`;
  const problems = [
    ...checkDeclaredName(username),
    ...(attributes === undefined || isRecord(attributes)
      ? []
      : [{ rule: 'attributes must be a map', remedy: 'declare them by name' }]),
    ...checkMetadata(clientMetadata, isToken),
    ...checkGroups(groups, isToken),
    ...checkEnabled(enabled),
    ...checkPassword(password, username, rules),
    ...Object.entries(user ?? {})
      .filter(([key, value]) => value !== undefined && !PARTS.includes(key))
      .map(([key]) => ({ rule: `a user has no '${key}'`, remedy: `declare ${PARTS.join(', ')}` })),
  ];
  const hasMore = [groups, enabled, password, rules.creation].some((part) => part !== undefined);
  const declared = attributes === undefined ? {} : attributes;
  return [
    ...problems.map((problem) => ({ user: name, ...problem })),
    ...(isRecord(declared) ? checkAttributes(username, declared, rules, hasMore) : []).map((finding) => ({
      user: name,
      ...finding,
    })),
    ...(isRecord(declared) ? checkCreated(username, declared, enabled, rules) : []).map((problem) => ({
      user: name,
      ...problem,
    })),
  ];
};

const PARTS: readonly string[] = [
  'username',
  'attributes',
  'clientMetadata',
  'groups',
  'enabled',
  'password',
] satisfies (keyof SeedUser)[];

const checkEnabled = (enabled: unknown): Problem[] =>
  enabled === undefined || typeof enabled === 'boolean'
    ? []
    : [{ rule: 'enabled must be true or false, known at synth', remedy: 'declare a boolean, or leave it out' }];

const checkCreated = (
  username: unknown,
  attributes: UserAttributes,
  enabled: unknown,
  { creation }: UserRules,
): AttributeProblem[] => {
  if (!creation || malformedParts(attributes).length > 0) return [];
  const names = new Set(
    namedValues(attributes)
      .filter(({ value }) => value !== '' && value !== null)
      .map(({ name }) => name),
  );
  const name = typeof username === 'string' && !isToken(username) ? username : undefined;
  return checkNewUser(name, (name) => names.has(name), enabled, creation);
};

const checkDeclaredName = (username: unknown): Problem[] => {
  if (Token.isUnresolved(username)) return [];
  const problems = checkUsername(username);
  if (problems.length > 0) return problems;
  return isReservedKey(username as string) ? [{ rule: RESERVED, remedy: 'declare the user under their sub' }] : [];
};

const duplicates = (users: readonly SeedUser[], caseSensitive: boolean): Finding[] => {
  // A token that stands twice is one name, too.
  const names = users
    .map((user) => user?.username)
    .filter((username): username is string => typeof username === 'string')
    .map((username) => (caseSensitive || Token.isUnresolved(username) ? username : username.toLowerCase()));
  return repeated(names).map((name) => ({
    user: Token.isUnresolved(name) ? `number ${names.indexOf(name) + 1}` : name,
    rule: `the user is declared more than once${caseSensitive ? '' : ' (the pool does not tell upper from lower case)'}`,
    remedy: 'put all attributes into one entry',
  }));
};

const isToken = (value: unknown): boolean => Token.isUnresolved(value);
