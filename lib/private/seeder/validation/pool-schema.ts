import { type IResolvable, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Problem } from './finding';

/** What a pool that this app declares knows of its attributes, as far as it is known at synth. */
export interface PoolSchema {
  /** @param value undefined where it is known only at deployment */
  check(name: string, value: string | undefined): Problem[];
  /** Whether every user has to have the attribute. */
  requires(name: string): boolean;
}

/** @returns undefined where the schema is a token */
export const poolSchema = (pool: CfnUserPool): PoolSchema | undefined => {
  const entries = pool.schema ?? [];
  if (Token.isUnresolved(entries) || !Array.isArray(entries) || entries.some((entry) => Token.isUnresolved(entry))) {
    return undefined;
  }
  const attributes = new Map(entries.map((entry) => [fullName(entry as Entry), entry as Entry]));
  return {
    requires: (name) => attributes.get(name)?.required === true,
    check: (name, value) => {
      const entry = attributes.get(name) ?? attributes.get(name.replace(/^dev:(?!custom:)/, 'dev:custom:'));
      if (!entry) return /^(custom|dev):/.test(name) ? [UNKNOWN] : [];
      return [...checkUse(entry, name, value), ...(value ? checkConstraints(entry, value) : [])];
    },
  };
};

type Entry = CfnUserPool.SchemaAttributeProperty;

const STANDARD = new Set(
  (
    'address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number ' +
    'phone_number_verified picture preferred_username profile sub updated_at website zoneinfo'
  ).split(' '),
);

/** A schema leaves the prefixes out, and Cognito adds them. */
const fullName = ({ name = '', developerOnlyAttribute }: Entry): string => {
  if (STANDARD.has(name) || /^(custom|dev):/.test(name)) return name;
  return developerOnlyAttribute === true ? `dev:custom:${name}` : `custom:${name}`;
};

const UNKNOWN: Problem = {
  rule: "the user pool's schema does not have it",
  remedy: "add it to the pool's customAttributes, or correct the name",
};

const checkUse = (entry: Entry, name: string, value: string | undefined): Problem[] => {
  const custom = !STANDARD.has(name);
  return [
    // An attribute that stands in the schema without Mutable is immutable (aws/aws-cdk#8624).
    ...(entry.mutable === true || Token.isUnresolved(entry.mutable)
      ? []
      : [
          {
            rule: 'the pool declares it immutable, and Cognito takes an immutable attribute at the creation of a user alone',
            remedy: custom
              ? 'declare it with { mutable: true } (an existing attribute cannot be changed: add another), or leave it out'
              : 'declare it with { mutable: true } in standardAttributes, or leave it out',
          },
        ]),
    ...(entry.required === true && value === ''
      ? [{ rule: 'the pool requires it, so it cannot be deleted', remedy: 'declare a value' }]
      : []),
  ];
};

const checkConstraints = (entry: Entry, value: string): Problem[] => {
  switch (entry.attributeDataType) {
    case 'Number':
      return checkNumber(value, entry.numberAttributeConstraints);
    case 'Boolean':
      return value === 'true' || value === 'false'
        ? []
        : [{ rule: "the pool declares a Boolean: 'true' or 'false'", remedy: 'declare one of the two' }];
    case 'DateTime':
      return /^\d+$/.test(value) || !Number.isNaN(Date.parse(value))
        ? []
        : [{ rule: 'the pool declares a DateTime', remedy: 'declare it as in 2030-01-31T12:00:00Z' }];
    default:
      return checkLength(value, entry.stringAttributeConstraints);
  }
};

const checkNumber = (value: string, constraints: Entry['numberAttributeConstraints']): Problem[] => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    return [
      {
        rule: 'the pool declares a Number',
        remedy: 'declare digits, with a leading - and a decimal point where wanted',
      },
    ];
  }
  const { min, max } = known(constraints, 'minValue', 'maxValue');
  const outside = (min !== undefined && Number(value) < min) || (max !== undefined && Number(value) > max);
  return outside
    ? [{ rule: `the pool declares a Number ${range(min, max)}`, remedy: "stay within the range, or change the pool's" }]
    : [];
};

const checkLength = (value: string, constraints: Entry['stringAttributeConstraints']): Problem[] => {
  const { min, max } = known(constraints, 'minLength', 'maxLength');
  const outside = (min !== undefined && value.length < min) || (max !== undefined && value.length > max);
  return outside
    ? [
        {
          rule: `the pool declares a String ${range(min, max)} characters long, this value holds ${value.length}`,
          remedy: "stay within the length, or change the pool's",
        },
      ]
    : [];
};

const known = <T extends object>(constraints: T | IResolvable | undefined, min: keyof T, max: keyof T) => {
  const bound = (key: keyof T): number | undefined => {
    const value = constraints === undefined || Token.isUnresolved(constraints) ? undefined : (constraints as T)[key];
    return value === undefined || value === '' || Token.isUnresolved(value) ? undefined : Number(value);
  };
  return { min: bound(min), max: bound(max) };
};

const range = (min: number | undefined, max: number | undefined): string =>
  [...(min === undefined ? [] : [`from ${min}`]), ...(max === undefined ? [] : [`up to ${max}`])].join(' ');

/** Whether the pool takes Alice and alice for two users. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html */
export const isCaseSensitive = ({ usernameConfiguration }: CfnUserPool): boolean =>
  usernameConfiguration === undefined ||
  Token.isUnresolved(usernameConfiguration) ||
  (usernameConfiguration as CfnUserPool.UsernameConfigurationProperty).caseSensitive !== false;

/** The attributes by which users may be addressed beside their username. */
export const aliases = ({ usernameAttributes, aliasAttributes }: CfnUserPool): string[] =>
  [usernameAttributes, aliasAttributes].flatMap((names) => (Token.isUnresolved(names) ? [] : (names ?? [])));
