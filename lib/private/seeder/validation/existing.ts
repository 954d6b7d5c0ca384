import { Token } from 'aws-cdk-lib';
import type { UserAttributes } from '../../../user-attributes';
import { namedValues, textOf } from '../../attribute-names';
import type { Selector } from '../../contracts/seed-source';
import { isRecord } from '../../record';
import { checkGroupName } from '../../seed-file/rules/groups';
import type { Problem } from '../../seed-file/rules/problem';
import { checkAttributes } from './attributes';
import type { Finding } from '../../finding';
import type { UserRules } from './users';

/** What is wrong with a rule for the pool's users. */
export const checkRule = (selector: Selector | undefined, attributes: UserAttributes, rules: UserRules): Finding[] => [
  ...(selector ? checkSelector(selector) : [NO_SELECTOR]),
  ...(isRecord(attributes)
    ? [
        ...checkAttributes(undefined, attributes, rules),
        ...ownAddresses(attributes),
        ...movingTarget(selector, attributes),
      ]
    : [{ rule: 'attributes must be a map', remedy: 'declare them by name' }]),
];

const NO_SELECTOR: Problem = {
  rule: 'the selector must be a UserSelector',
  remedy: 'declare UserSelector.all(), .filter(…) or .inGroup(…)',
};

/** Attributes by which a pool tells its users apart. */
const ONES_OWN = ['email', 'phone_number', 'preferred_username'];

const ownAddresses = (attributes: UserAttributes): Finding[] =>
  namedValues(attributes)
    .filter(({ name, value }) => ONES_OWN.includes(name) && value !== '' && value !== null)
    .map(({ name }) => ({
      attribute: name,
      rule: "it is a user's own, and a rule would give all users the same",
      remedy: 'leave it out, and declare it of each user',
    }));

const checkSelector = (selector: Selector): Problem[] => {
  switch (selector.kind) {
    case 'all':
      return [];
    case 'filter':
      return checkFilter(selector.filter);
    case 'group':
      return Token.isUnresolved(selector.group) ? [] : checkGroupName(selector.group);
  }
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
const SEARCHABLE = [
  'username', 'email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username', 'cognito:user_status', 'status',
  'sub',
]; // prettier-ignore
const LONGEST_FILTER = 256;

interface Filter {
  readonly attribute: string;
  readonly isPrefix: boolean;
  readonly value: string;
}

const parsedFilter = (filter: unknown): Filter | undefined => {
  const [, attribute, operator, value] =
    /^\s*("?[\w:-]+"?)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s.exec(String(filter ?? '')) ?? [];
  return attribute === undefined
    ? undefined
    : { attribute: attribute.replaceAll('"', ''), isPrefix: operator === '^=', value: value.replace(/\\(.)/gs, '$1') };
};

const checkFilter = (text: string): Problem[] => {
  if (Token.isUnresolved(text)) return [];
  const filter = parsedFilter(text);
  if (!filter) {
    return [
      {
        rule: 'the filter is none that ListUsers knows',
        remedy: 'write an attribute, = (is) or ^= (begins with), and a value in quotation marks: given_name = "Ann"',
      },
    ];
  }
  return [
    ...(text.length > LONGEST_FILTER
      ? [{ rule: `a filter holds at most ${LONGEST_FILTER} characters, this one ${text.length}`, remedy: 'shorten it' }]
      : []),
    ...(SEARCHABLE.includes(filter.attribute)
      ? []
      : [
          {
            rule: 'ListUsers does not search this attribute, and no custom attribute',
            remedy: `filter by ${SEARCHABLE.join(', ')}, or put the users into a group`,
          },
        ]),
  ];
};

/** A user whom the rule has changed is to be found by it again. */
const movingTarget = (selector: Selector | undefined, attributes: UserAttributes): Finding[] => {
  if (selector?.kind !== 'filter' || Token.isUnresolved(selector.filter)) return [];
  const filter = parsedFilter(selector.filter);
  return namedValues(attributes)
    .filter(({ name, value }) => name === filter?.attribute && !Token.isUnresolved(value) && !matches(filter, value))
    .map(({ name }) => ({
      attribute: name,
      rule: 'the filter selects users by it and the rule changes it, so that they are not found again',
      remedy: 'select them by another attribute, or by a group',
    }));
};

const matches = ({ isPrefix, value }: Filter, declared: unknown): boolean =>
  isPrefix ? Boolean(textOf(declared)?.startsWith(value)) : textOf(declared) === value;
