import { STANDARD_NAMES } from '../../attribute-names';
import type { Problem } from './problem';

const LONGEST_NAME = 32;
const LONGEST_CUSTOM_NAME = 20;
const CHARACTERS = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/** What is wrong with a key that `UserAttributes` does not have. */
export const checkKey = (key: string): Problem => {
  if (key === 'sub') return { rule: 'Cognito sets it and nobody can change it', remedy: 'leave it out' };
  const meant = meantBy(key);
  return {
    rule: 'there is no standard attribute of this name',
    remedy: meant ? `declare it as ${meant[0]}` : 'if it is a custom attribute, declare it under custom',
  };
};

/** What is wrong with the name of a column that is none of an attribute. */
export const checkColumn = (column: string): Problem => {
  if (column === 'sub') return { rule: 'Cognito sets it and nobody can change it', remedy: 'leave the column out' };
  const meant = SPECIAL.find((name) => same(name, column)) ?? meantBy(column)?.[1];
  return {
    rule: 'there is no standard attribute of this name',
    remedy: meant ? `name the column ${meant}` : 'if it is a custom attribute, name the column custom:<name>',
  };
};

/** Columns that are none of an attribute. */
const SPECIAL = ['username', 'groups', 'enabled'];

/** Our name and Cognito's. */
const meantBy = (name: string): [string, string] | undefined =>
  Object.entries(STANDARD_NAMES).find(([ours, cognitos]) => same(ours, name) || same(cognitos, name));

/** Whether Cognito could have an attribute of this name, whatever the pool. */
export const checkName = (name: string): Problem[] => {
  const [prefix, rest] = split(name);
  if (prefix === '') return [];
  if (prefix === 'custom:' && rest.startsWith('dev:')) {
    return [
      { rule: "developer-only attributes are 'dev:…', never 'custom:dev:…'", remedy: 'declare it under developer' },
    ];
  }
  const limit = prefix === 'custom:' ? LONGEST_CUSTOM_NAME : LONGEST_NAME - prefix.length;
  return [
    ...(rest.length < 1 || rest.length > limit
      ? [
          {
            rule: `a name holds 1 to ${limit} characters after '${prefix}', this one ${rest.length}`,
            remedy: 'correct the name',
          },
        ]
      : []),
    ...(rest !== '' && !CHARACTERS.test(rest)
      ? [
          {
            rule: 'a name holds letters, marks, symbols, numbers and punctuation',
            remedy: 'remove blanks and control characters',
          },
        ]
      : []),
  ];
};

const split = (name: string): ['' | 'custom:' | 'dev:', string] => {
  const prefix = (['custom:', 'dev:'] as const).find((candidate) => name.startsWith(candidate)) ?? '';
  return [prefix, name.slice(prefix.length)];
};

const same = (one: string, other: string) =>
  one.replace(/_/g, '').toLowerCase() === other.replace(/_/g, '').toLowerCase();
