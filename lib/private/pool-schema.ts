import { type IResolvable, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { bounds, isStandard, schemaEntries, type SchemaEntry } from './schema-entries';
import type { Problem } from './seed-file/rules/problem';

/** What a pool that this app declares knows of its attributes, as far as it is known at synth. */
export interface PoolSchema {
  /** @param value undefined where it is known only at deployment */
  check(name: string, value: string | undefined): Problem[];
  /** What stands in the way of deleting the attribute with the seeder. */
  checkRemoval(name: string): Problem[];
}

/**
 * @param creates whether users are created, who may be given what is immutable
 * @returns undefined where the schema is a token
 */
export const poolSchema = (pool: CfnUserPool, creates: boolean): PoolSchema | undefined => {
  const entries = schemaEntries(pool);
  if (!entries) return undefined;
  const attributes = new Map<string, CheckedAttribute>();
  const attribute = (name: string): CheckedAttribute => {
    const known = attributes.get(name);
    if (known) return known;
    const made = checkedAttribute(name, entries, creates);
    attributes.set(name, made);
    return made;
  };
  return {
    checkRemoval: (name) => attribute(name).removal,
    check: (name, value) => {
      const { use, checkValue } = attribute(name);
      const problems = value === undefined ? NONE : checkValue(value);
      return use.length === 0 ? problems : [...use, ...problems];
    },
  };
};

/** What there is to know of an attribute before its many values come. */
interface CheckedAttribute {
  readonly use: readonly Problem[];
  readonly removal: Problem[];
  checkValue(value: string): Problem[];
}

const NONE: Problem[] = [];

const checkedAttribute = (
  name: string,
  entries: ReadonlyMap<string, SchemaEntry>,
  creates: boolean,
): CheckedAttribute => {
  const entry = entries.get(name) ?? entries.get(name.replace(/^dev:(?!custom:)/, 'dev:custom:'));
  if (!entry) return { use: /^(custom|dev):/.test(name) ? [UNKNOWN] : NONE, removal: NONE, checkValue: () => NONE };
  const checkConstraints = constraintsOf(entry);
  const use = checkUse(entry, name);
  const whereBlank = entry.required === true ? [REQUIRED] : creates && use.length > 0 ? [IMMUTABLE] : NONE;
  return {
    use: creates ? NONE : use,
    removal: entry.required === true ? [CANNOT_GO] : creates && use.length > 0 ? [STAYS_FOR_EVER] : NONE,
    checkValue: (value) => (value === '' ? whereBlank : checkConstraints(value)),
  };
};

const UNKNOWN: Problem = {
  rule: "the user pool's schema does not have it",
  remedy: "add it to the pool's customAttributes, or correct the name",
};

const REQUIRED: Problem = { rule: 'the pool requires it, so it cannot be deleted', remedy: 'declare a value' };

const CANNOT_GO: Problem = {
  rule: 'the pool requires it, so it cannot be deleted with the seeder',
  remedy: 'declare removalPolicy: RETAIN',
};

const STAYS_FOR_EVER: Problem = {
  rule: 'the pool declares it immutable, so it cannot be deleted with the seeder',
  remedy: 'declare removalPolicy: RETAIN, or deleteWhenUndeclared: true of MissingUsers.create()',
};

const IMMUTABLE: Problem = {
  rule: 'the pool declares it immutable, so it cannot be deleted',
  remedy: 'declare a value, or leave it out',
};

// An attribute that stands in the schema without Mutable is immutable (aws/aws-cdk#8624).
const checkUse = ({ mutable }: SchemaEntry, name: string): Problem[] =>
  mutable === true || Token.isUnresolved(mutable)
    ? []
    : [
        {
          rule: 'the pool declares it immutable, and Cognito takes an immutable attribute at the creation of a user alone',
          remedy: isStandard(name)
            ? 'declare it with { mutable: true } in standardAttributes, declare missingUsers: MissingUsers.create(), or leave it out'
            : 'declare it with { mutable: true } (an existing attribute cannot be changed: add another), declare missingUsers: MissingUsers.create(), or leave it out',
        },
      ];

const constraintsOf = (entry: SchemaEntry): ((value: string) => Problem[]) => {
  switch (entry.attributeDataType) {
    case 'Number': {
      const range = bounds(entry.numberAttributeConstraints, 'minValue', 'maxValue');
      return (value) => checkNumber(value, range);
    }
    case 'Boolean':
      return (value) => (value === 'true' || value === 'false' ? NONE : [NO_BOOLEAN]);
    case 'DateTime':
      return (value) => (/^\d+$/.test(value) || !Number.isNaN(Date.parse(value)) ? NONE : [NO_DATE_TIME]);
    default: {
      const range = bounds(entry.stringAttributeConstraints, 'minLength', 'maxLength');
      return (value) => checkLength(value, range);
    }
  }
};

const NO_BOOLEAN: Problem = {
  rule: "the pool declares a Boolean: 'true' or 'false'",
  remedy: 'declare one of the two',
};

const NO_DATE_TIME: Problem = {
  rule: 'the pool declares a DateTime',
  remedy: 'declare it as in 2030-01-31T12:00:00Z',
};

interface Range {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const checkNumber = (value: string, { min, max }: Range): Problem[] => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    return [
      {
        rule: 'the pool declares a Number',
        remedy: 'declare digits, with a leading - and a decimal point where wanted',
      },
    ];
  }
  const outside = (min !== undefined && Number(value) < min) || (max !== undefined && Number(value) > max);
  return outside
    ? [{ rule: `the pool declares a Number ${range(min, max)}`, remedy: "stay within the range, or change the pool's" }]
    : NONE;
};

const checkLength = (value: string, { min, max }: Range): Problem[] => {
  const outside = (min !== undefined && value.length < min) || (max !== undefined && value.length > max);
  return outside
    ? [
        {
          rule: `the pool declares a String ${range(min, max)} characters long, this value holds ${value.length}`,
          remedy: "stay within the length, or change the pool's",
        },
      ]
    : NONE;
};

const range = (min: number | undefined, max: number | undefined): string =>
  [...(min === undefined ? [] : [`from ${min}`]), ...(max === undefined ? [] : [`up to ${max}`])].join(' ');

/** What every user of the pool has to have, as far as it is known at synth. */
export const requiredAttributes = (pool: CfnUserPool): string[] =>
  [...(schemaEntries(pool) ?? [])]
    .filter(([name, { required }]) => required === true && name !== 'sub')
    .map(([name]) => name);

/** How long passwords have to be; undefined where that is not known at synth. */
export const shortestPassword = ({ policies }: CfnUserPool): number | undefined => {
  const policy = known<CfnUserPool.PoliciesProperty>(policies)?.passwordPolicy;
  const length = known<CfnUserPool.PasswordPolicyProperty>(policy)?.minimumLength;
  return Token.isUnresolved(length) ? undefined : length;
};

const known = <T>(value: T | IResolvable | undefined): T | undefined =>
  Token.isUnresolved(value) ? undefined : (value as T | undefined);

/** Whether the pool takes Alice and alice for two users. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html */
export const isCaseSensitive = ({ usernameConfiguration }: CfnUserPool): boolean =>
  usernameConfiguration === undefined ||
  Token.isUnresolved(usernameConfiguration) ||
  (usernameConfiguration as CfnUserPool.UsernameConfigurationProperty).caseSensitive !== false;

/** The attributes by which users may be addressed beside their username. */
export const aliases = ({ usernameAttributes, aliasAttributes }: CfnUserPool): string[] =>
  [usernameAttributes, aliasAttributes].flatMap((names) => (Token.isUnresolved(names) ? [] : (names ?? [])));
