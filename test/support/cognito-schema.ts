import type { AttributeType, SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';

export type Schema = readonly SchemaAttributeType[];
export type Complaint = string | undefined;

const MAX_NAME = 32;
const MAX_VALUE = 2048;

const nonconforming = (name: string, why: string): string =>
  `Attributes did not conform to the schema: ${name}: ${why}\n`;

const constraint = (field: 'name' | 'value', value: string, max: number): string =>
  `1 validation error detected: Value '${value}' at 'userAttributes.1.member.${field}' failed to satisfy constraint: ` +
  `Member must have length less than or equal to ${max}`;

// The value stands in some of these on purpose: services do echo it, and the library must not pass it on.
const complaintAboutString = (
  name: string,
  value: string,
  { StringAttributeConstraints }: SchemaAttributeType,
): Complaint => {
  const { MinLength, MaxLength } = StringAttributeConstraints ?? {};
  if (name === 'phone_number' && !/^\+\d{1,15}$/.test(value)) return `Invalid phone number format: ${value}`;
  if (name === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return `Invalid email address format: ${value}`;
  if (MinLength && value.length < Number(MinLength))
    return nonconforming(name, `String must be no shorter than ${MinLength} characters`);
  if (MaxLength && value.length > Number(MaxLength))
    return nonconforming(name, `String must be no longer than ${MaxLength} characters`);
  if (name === 'birthdate' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) return nonconforming(name, `Invalid date: ${value}`);
  return undefined;
};

const complaintAboutNumber = (
  name: string,
  value: string,
  { NumberAttributeConstraints }: SchemaAttributeType,
): Complaint => {
  const { MinValue, MaxValue } = NumberAttributeConstraints ?? {};
  if (!/^-?\d+(\.\d+)?$/.test(value)) return nonconforming(name, `Value '${value}' is not a number`);
  if (MinValue && Number(value) < Number(MinValue))
    return nonconforming(name, `Number must be no less than ${MinValue}, got ${value}`);
  if (MaxValue && Number(value) > Number(MaxValue))
    return nonconforming(name, `Number must be no greater than ${MaxValue}, got ${value}`);
  return undefined;
};

const complaintAboutValue = (name: string, value: string, rule: SchemaAttributeType): Complaint => {
  switch (rule.AttributeDataType) {
    case 'Number':
      return complaintAboutNumber(name, value, rule);
    case 'Boolean':
      return value === 'true' || value === 'false'
        ? undefined
        : nonconforming(name, `Value '${value}' is not a boolean`);
    case 'DateTime':
      return Number.isNaN(Date.parse(value)) && !/^\d+$/.test(value)
        ? nonconforming(name, `Value '${value}' is not a date`)
        : undefined;
    default:
      return complaintAboutString(name, value, rule);
  }
};

const ruleFor = (schema: Schema, name: string): SchemaAttributeType | undefined =>
  schema.find((rule) => rule.Name === name);

const complaintAboutRemoval = (name: string, rule: SchemaAttributeType): Complaint =>
  rule.Required ? nonconforming(name, 'The attribute is required') : undefined;

const complaintAboutTouching = (name: string, rule: SchemaAttributeType | undefined): Complaint => {
  if (name.length > MAX_NAME) return constraint('name', name, MAX_NAME);
  if (!rule) return nonconforming(name, 'Attribute does not exist in the schema.');
  if (!rule.Mutable) return `user.${name}: Attribute cannot be updated. (changing an immutable attribute)`;
  return undefined;
};

const firstOf = <T>(items: readonly T[], complaintAbout: (item: T) => Complaint): Complaint => {
  for (const item of items) {
    const complaint = complaintAbout(item);
    if (complaint) return complaint;
  }
  return undefined;
};

/** What Cognito would say about setting these attributes; a blank value deletes. */
export const complaintAboutUpdate = (schema: Schema, attributes: readonly AttributeType[]): Complaint =>
  firstOf(attributes, ({ Name = '', Value = '' }) => {
    const rule = ruleFor(schema, Name);
    const complaint = complaintAboutTouching(Name, rule);
    if (complaint) return complaint;
    if (Value === '') return complaintAboutRemoval(Name, rule!);
    if (Value.length > MAX_VALUE) return constraint('value', Value, MAX_VALUE);
    return complaintAboutValue(Name, Value, rule!);
  });

/** What Cognito would say about a user created with these attributes: immutable ones may be set, required ones must be. */
export const complaintAboutCreation = (schema: Schema, attributes: readonly AttributeType[]): Complaint =>
  complaintAboutUpdate(
    schema.map((rule) => ({ ...rule, Required: false, Mutable: rule.Name !== 'sub' })),
    attributes,
  ) ??
  firstOf(schema, ({ Name = '', Required }) =>
    Required && Name !== 'sub' && !attributes.some((attribute) => attribute.Name === Name && attribute.Value)
      ? nonconforming(Name, 'The attribute is required')
      : undefined,
  );

/** What Cognito would say about deleting these attributes. */
export const complaintAboutDeletion = (schema: Schema, names: readonly string[]): Complaint =>
  firstOf(names, (name) => {
    const rule = ruleFor(schema, name);
    return complaintAboutTouching(name, rule) ?? complaintAboutRemoval(name, rule!);
  });
