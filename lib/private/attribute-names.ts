import type { UserAttributes } from '../user-attributes';

type StandardName = Exclude<keyof UserAttributes, 'custom' | 'developer'>;

/** Cognito's names of the standard attributes, by the names that aws-cdk-lib gives them. */
export const STANDARD_NAMES: Readonly<Record<StandardName, string>> = {
  address: 'address',
  birthdate: 'birthdate',
  email: 'email',
  emailVerified: 'email_verified',
  familyName: 'family_name',
  fullname: 'name',
  gender: 'gender',
  givenName: 'given_name',
  lastUpdateTime: 'updated_at',
  locale: 'locale',
  middleName: 'middle_name',
  nickname: 'nickname',
  phoneNumber: 'phone_number',
  phoneNumberVerified: 'phone_number_verified',
  preferredUsername: 'preferred_username',
  profilePage: 'profile',
  profilePicture: 'picture',
  timezone: 'zoneinfo',
  website: 'website',
};

const COGNITOS_NAMES: ReadonlySet<string> = new Set(Object.values(STANDARD_NAMES));

/**
 * Cognito's name of an attribute that a file gives Cognito's name or ours: `given_name`, `givenName`, `custom:plan`,
 * `custom.plan`.
 *
 * @returns undefined where there is no standard attribute of this name, and no prefix
 */
export const cognitosName = (name: string): string | undefined => {
  if (isAttribute(name)) return STANDARD_NAMES[name];
  if (COGNITOS_NAMES.has(name) || /^(custom|dev):/.test(name)) return name;
  const [, part, rest] = /^(custom|developer)\.(.*)$/s.exec(name) ?? [];
  if (rest === undefined) return undefined;
  return withPrefix(part === 'custom' ? 'custom:' : 'dev:', rest);
};

/** A declared attribute under Cognito's name. Its value is as the author wrote it: a text, a boolean, or a token of either. */
export interface NamedValue {
  readonly name: string;
  readonly value: unknown;
}

export const withPrefix = (prefix: 'custom:' | 'dev:', name: string): string =>
  name.startsWith(prefix) ? name : `${prefix}${name}`;

/** Whether a key of `UserAttributes` is a standard attribute. */
export const isAttribute = (key: string): key is StandardName => Object.hasOwn(STANDARD_NAMES, key);

/** @returns one entry for each declared attribute that Cognito could know */
export const namedValues = ({ custom, developer, ...standard }: UserAttributes): NamedValue[] =>
  [
    ...Object.entries(standard).flatMap(([key, value]) =>
      isAttribute(key) ? [{ name: STANDARD_NAMES[key], value }] : [],
    ),
    ...Object.entries(custom ?? {}).map(([name, value]) => ({ name: withPrefix('custom:', name), value })),
    ...Object.entries(developer ?? {}).map(([name, value]) => ({ name: withPrefix('dev:', name), value })),
  ].filter(({ value }) => value !== undefined);

/**
 * A literal value as Cognito takes it. Languages without our types may write numbers, or null for 'not there'.
 *
 * @returns undefined for what is not a value
 */
export const textOf = (value: unknown): string | undefined => {
  if (value === null) return '';
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
};
