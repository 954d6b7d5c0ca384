import { Token } from 'aws-cdk-lib';
import type { UserAttributes } from '../../../user-attributes';
import { isAttribute, namedValues, textOf, withPrefix } from '../../attribute-names';
import { isRecord } from '../../record';
import { checkKey, checkName } from '../../seed-file/rules/names';
import type { Problem } from '../../seed-file/rules/problem';
import { checkValue } from '../../seed-file/rules/values';
import { checkContacts } from './contacts';
import type { Finding } from '../../finding';
import { DELETES_KEPT, keeps } from './kept';
import { CHANGES_OWN_NAME, changesOwnName } from './own-name';
import type { PoolSchema } from '../../pool-schema';
import { repeated } from './repeated';
import type { UserRules } from './users';

/**
 * What is wrong with attributes that are declared in code.
 *
 * @param username where one user is declared: a rule for many has none
 * @param mayBeNone whether something else is declared
 */
export const checkAttributes = (
  username: string | undefined,
  attributes: UserAttributes,
  rules: UserRules,
  mayBeNone = false,
): Finding[] => {
  const malformed = malformedParts(attributes);
  if (malformed.length > 0) return malformed;
  const values = namedValues(attributes);
  const unknown = Object.keys(attributes).filter((key) => !isAttribute(key) && key !== 'custom' && key !== 'developer');
  if (values.length + unknown.length === 0) {
    return mayBeNone ? [] : [{ rule: 'no attribute is declared', remedy: 'declare one, or remove the user' }];
  }
  return [
    ...unknown.map((key) => ({ attribute: key, ...checkKey(key) })),
    ...values.flatMap(({ name, value }) =>
      checkAttribute(name, value, rules.schema).map((problem) => ({ attribute: name, ...problem })),
    ),
    ...values.flatMap(({ name, value }) =>
      (rules.mayDelete && value !== '' ? (rules.schema?.checkRemoval(name) ?? []) : []).map((problem) => ({
        attribute: name,
        ...problem,
      })),
    ),
    ...values
      .filter(({ name, value }) => (value === '' || value === null) && keeps(rules.kept, name))
      .map(({ name }) => ({ attribute: name, ...DELETES_KEPT })),
    ...values
      .filter(({ name, value }) => isText(username) && isText(value) && changesOwnName(username, name, value, rules))
      .map(({ name }) => ({ attribute: name, ...CHANGES_OWN_NAME })),
    ...duplicateNames(attributes),
    ...checkContacts(attributes, rules.verification),
  ];
};

/** What is no map of attributes. */
export const malformedParts = (attributes: UserAttributes): Finding[] =>
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

/** `custom: { tenant, 'custom:tenant' }` is one attribute twice. */
const duplicateNames = ({ custom = {}, developer = {} }: UserAttributes): Finding[] => {
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

const isText = (value: unknown): value is string => typeof value === 'string' && !Token.isUnresolved(value);
