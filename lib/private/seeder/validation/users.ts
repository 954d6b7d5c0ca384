import { Token } from 'aws-cdk-lib';
import type { ContactVerification } from '../../../contact-verification';
import type { SeedUser } from '../../../seed-user';
import { isAttribute, namedValues, textOf, withPrefix } from '../../attribute-names';
import { isRecord } from '../../record';
import { isReservedKey, RESERVED } from '../../reserved-keys';
import { checkMetadata } from '../../seed-file/rules/metadata';
import { checkKey, checkName } from '../../seed-file/rules/names';
import type { Problem } from '../../seed-file/rules/problem';
import { checkUsername } from '../../seed-file/rules/username';
import { checkValue } from '../../seed-file/rules/values';
import { checkContacts } from './contacts';
import type { Finding } from './finding';
import { CHANGES_OWN_NAME, changesOwnName, type Naming } from './own-name';
import type { PoolSchema } from './pool-schema';

export interface UserRules extends Naming {
  readonly verification?: ContactVerification;
  /** The pool's schema, where this app declares it. */
  readonly schema?: PoolSchema;
  /** Whether the attributes go with the seeder. */
  readonly mayDelete: boolean;
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
  const { username, attributes, clientMetadata } = user ?? {};
  const named = typeof username === 'string' && username !== '' && !Token.isUnresolved(username);
  const name = named ? username : `number ${index + 1}`;
  const problems = [
    ...checkDeclaredName(username),
    ...(isRecord(attributes) ? [] : [{ rule: 'attributes must be a map', remedy: 'declare them by name' }]),
    ...checkMetadata(clientMetadata, isToken),
    ...Object.entries(user ?? {})
      .filter(([key, value]) => value !== undefined && !['username', 'attributes', 'clientMetadata'].includes(key))
      .map(([key]) => ({ rule: `a user has no '${key}'`, remedy: 'declare username, attributes and clientMetadata' })),
  ];
  return [
    ...problems.map((problem) => ({ user: name, ...problem })),
    ...(isRecord(attributes) ? checkAttributes(username, attributes, rules) : []).map((finding) => ({
      user: name,
      ...finding,
    })),
  ];
};

const checkDeclaredName = (username: unknown): Problem[] => {
  if (Token.isUnresolved(username)) return [];
  const problems = checkUsername(username);
  if (problems.length > 0) return problems;
  return isReservedKey(username as string) ? [{ rule: RESERVED, remedy: 'declare the user under their sub' }] : [];
};

/** @param username where one user is declared: a rule for many has none */
export const checkAttributes = (
  username: string | undefined,
  attributes: SeedUser['attributes'],
  rules: UserRules,
): Finding[] => {
  const malformed = malformedParts(attributes);
  if (malformed.length > 0) return malformed;
  const values = namedValues(attributes);
  const unknown = Object.keys(attributes).filter((key) => !isAttribute(key) && key !== 'custom' && key !== 'developer');
  if (values.length + unknown.length === 0) {
    return [{ rule: 'no attribute is declared', remedy: 'declare one, or remove the user' }];
  }
  return [
    ...unknown.map((key) => ({ attribute: key, ...checkKey(key) })),
    ...values.flatMap(({ name, value }) =>
      checkAttribute(name, value, rules.schema).map((problem) => ({ attribute: name, ...problem })),
    ),
    ...values
      .filter(({ name, value }) => rules.mayDelete && value !== '' && rules.schema?.requires(name))
      .map(({ name }) => ({ attribute: name, ...CANNOT_GO })),
    ...values
      .filter(({ name, value }) => isText(username) && isText(value) && changesOwnName(username, name, value, rules))
      .map(({ name }) => ({ attribute: name, ...CHANGES_OWN_NAME })),
    ...duplicateNames(attributes),
    ...checkContacts(attributes, rules.verification),
  ];
};

const malformedParts = (attributes: SeedUser['attributes']): Finding[] =>
  (['custom', 'developer'] as const)
    .filter((part) => attributes[part] !== undefined && !isRecord(attributes[part]))
    .map((part) => ({ attribute: part, rule: `${part} must be a map`, remedy: 'declare its attributes by name' }));

const checkAttribute = (name: string, value: unknown, schema: PoolSchema | undefined): Problem[] => {
  if (Token.isUnresolved(name)) {
    return [{ rule: 'a name cannot be a token', remedy: 'values may be tokens; write the name out' }];
  }
  const nameProblems = checkName(name);
  if (nameProblems.length > 0) return nameProblems;
  if (Token.isUnresolved(value)) return schema?.check(name, undefined) ?? [];
  const text = textOf(value);
  if (text === undefined) return [{ rule: 'a value must be a text', remedy: 'declare a text or a token' }];
  const problems = checkValue(name, text);
  return [...problems, ...(schema?.check(name, problems.length > 0 ? undefined : text) ?? [])];
};

const isToken = (value: unknown): boolean => Token.isUnresolved(value);

const isText = (value: unknown): value is string => typeof value === 'string' && !isToken(value);

export const CANNOT_GO: Problem = {
  rule: 'the pool requires it, so it cannot be deleted with the seeder',
  remedy: 'declare removalPolicy: RETAIN',
};

/** `custom: { tenant, 'custom:tenant' }` is one attribute twice. */
const duplicateNames = ({ custom = {}, developer = {} }: SeedUser['attributes']): Finding[] => {
  const names = [
    ...Object.keys(custom).map((name) => withPrefix('custom:', name)),
    ...Object.keys(developer).map((name) => withPrefix('dev:', name)),
  ];
  return repeated(names).map((attribute) => ({
    attribute,
    rule: 'it is declared twice, with and without its prefix',
    remedy: 'keep one of the two',
  }));
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

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
