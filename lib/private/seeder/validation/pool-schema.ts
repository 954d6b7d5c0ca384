import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { bounds, isStandard, schemaEntries, type SchemaEntry } from '../../schema-entries';
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
  const attributes = schemaEntries(pool);
  if (!attributes) return undefined;
  return {
    requires: (name) => attributes.get(name)?.required === true,
    check: (name, value) => {
      const entry = attributes.get(name) ?? attributes.get(name.replace(/^dev:(?!custom:)/, 'dev:custom:'));
      if (!entry) return /^(custom|dev):/.test(name) ? [UNKNOWN] : [];
      return [...checkUse(entry, name, value), ...(value ? checkConstraints(entry, value) : [])];
    },
  };
};

const UNKNOWN: Problem = {
  rule: "the user pool's schema does not have it",
  remedy: "add it to the pool's customAttributes, or correct the name",
};

const checkUse = (entry: SchemaEntry, name: string, value: string | undefined): Problem[] => {
  const custom = !isStandard(name);
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

const checkConstraints = (entry: SchemaEntry, value: string): Problem[] => {
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

const checkNumber = (value: string, constraints: SchemaEntry['numberAttributeConstraints']): Problem[] => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    return [
      {
        rule: 'the pool declares a Number',
        remedy: 'declare digits, with a leading - and a decimal point where wanted',
      },
    ];
  }
  const { min, max } = bounds(constraints, 'minValue', 'maxValue');
  const outside = (min !== undefined && Number(value) < min) || (max !== undefined && Number(value) > max);
  return outside
    ? [{ rule: `the pool declares a Number ${range(min, max)}`, remedy: "stay within the range, or change the pool's" }]
    : [];
};

const checkLength = (value: string, constraints: SchemaEntry['stringAttributeConstraints']): Problem[] => {
  const { min, max } = bounds(constraints, 'minLength', 'maxLength');
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
