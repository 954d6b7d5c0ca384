import { type IResolvable, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { isOverridden } from './overrides';

/** What a pool's schema says of one attribute. */
export type SchemaEntry = CfnUserPool.SchemaAttributeProperty;

/** @returns the entries by the names that Cognito has for the attributes; undefined where the schema is a token, or overridden */
export const schemaEntries = (pool: CfnUserPool): ReadonlyMap<string, SchemaEntry> | undefined => {
  const { schema = [] } = pool;
  // What an override makes of it, such as addPropertyOverride('Schema.0.Mutable', true), is for deployment to tell.
  if (isOverridden(pool, 'Schema')) return undefined;
  if (Token.isUnresolved(schema) || !Array.isArray(schema) || schema.some((entry) => Token.isUnresolved(entry))) {
    return undefined;
  }
  return new Map(schema.map((entry) => [fullName(entry as SchemaEntry), entry as SchemaEntry]));
};

/** The attributes that every pool has, by Cognito's names. */
export const STANDARD_ATTRIBUTES: readonly string[] = (
  'address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number ' +
  'phone_number_verified picture preferred_username profile sub updated_at website zoneinfo'
).split(' ');

const STANDARD = new Set(STANDARD_ATTRIBUTES);

export const isStandard = (name: string): boolean => STANDARD.has(name);

/** A schema leaves the prefixes out, and Cognito adds them. */
const fullName = ({ name = '', developerOnlyAttribute }: SchemaEntry): string => {
  if (isStandard(name) || /^(custom|dev):/.test(name)) return name;
  return developerOnlyAttribute === true ? `dev:custom:${name}` : `custom:${name}`;
};

/** Two bounds of an attribute's constraints, as far as they are known. */
export const bounds = <T extends object>(constraints: T | IResolvable | undefined, min: keyof T, max: keyof T) => {
  const bound = (key: keyof T): number | undefined => {
    const value = constraints === undefined || Token.isUnresolved(constraints) ? undefined : (constraints as T)[key];
    return value === undefined || value === '' || Token.isUnresolved(value) ? undefined : Number(value);
  };
  return { min: bound(min), max: bound(max) };
};

/** How long the values of a pool's custom attributes may be; undefined where that is not known for any. */
export const customAttributeLengths = (pool: CfnUserPool): Record<string, number | undefined> | undefined => {
  const entries = schemaEntries(pool);
  return (
    entries &&
    Object.fromEntries(
      [...entries]
        .filter(([name]) => !isStandard(name))
        .map(([name, entry]) => [name, bounds(entry.stringAttributeConstraints, 'minLength', 'maxLength').max]),
    )
  );
};
