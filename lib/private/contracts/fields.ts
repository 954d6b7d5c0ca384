/** How the fields of a custom resource's properties are read: everything on the wire is a text. */

/** Tells the field and what it must be, never the value. */
export class MalformedProperties extends Error {}

export const malformed = (field: string, expected: string) =>
  new MalformedProperties(`The custom resource's ${field} must be ${expected}: look at the tokens in the declaration.`);

export const record = (value: unknown, field: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field, 'a map');
  return value as Record<string, unknown>;
};

export const text = (value: unknown, field: string): string => {
  if (typeof value !== 'string') throw malformed(field, 'a text');
  return value;
};

/** The ARN of a role of any partition. */
export const roleArn = (value: unknown, field: string): string => {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/[!-~]+$/.test(text(value, field))) throw malformed(field, 'the ARN of a role');
  return value as string;
};

export const texts = (value: unknown, field: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record(value, field)).map(([key, entry]) => [key, text(entry, `${field}['${key}']`)]),
  );

export const list = (value: unknown, field: string): string[] => {
  if (!Array.isArray(value)) throw malformed(field, 'a list');
  return value.map((entry) => text(entry, `${field}[]`));
};

export const oneOf = <T extends string>(value: unknown, allowed: readonly T[], field: string): T => {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw malformed(field, `one of ${allowed.join(', ')}`);
  return found;
};

export const flag = (value: unknown, field: string): boolean => oneOf(value, ['true', 'false'], field) === 'true';

/** Fields that are there, so that what is left out on the wire is left out again. */
export const present = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
