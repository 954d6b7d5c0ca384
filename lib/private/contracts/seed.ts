/**
 * What CloudFormation carries from `UserAttributesSeeder` to its function: written by the construct, read by the handler.
 * Structured, so that `cdk diff` names the user and the attribute that change. Everything arrives as a string.
 *
 * A new version is handed what a former one wrote, as the old properties: `decode` has to go on reading it.
 */

/** What is declared of one user. */
export interface DeclaredUser {
  readonly username: string;
  /** By Cognito's attribute name; a blank value declares that the user must not have the attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

export type OnMissingUser = 'FAIL' | 'SKIP';
export type OnRemoval = 'RETAIN' | 'DESTROY';

export interface Seed {
  readonly userPoolId: string;
  readonly users: readonly DeclaredUser[];
  /** Goes with every change; a user's own keys win. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
  readonly onMissingUser: OnMissingUser;
  readonly prune: boolean;
  readonly onRemoval: OnRemoval;
  readonly requestsPerSecond: number;
}

interface UserWire {
  /** Only where the username is a token: a key of a map has to be known at synth. */
  readonly Username?: string;
  readonly Attributes: Record<string, string>;
  readonly ClientMetadata?: Record<string, string>;
}

export interface SeedWire {
  readonly UserPoolId: string;
  readonly Users: Record<string, UserWire>;
  readonly ClientMetadata?: Record<string, string>;
  readonly MissingUsers: OnMissingUser;
  readonly Prune: string;
  readonly Removal: OnRemoval;
  readonly RequestsPerSecond: string | number;
}

/** The names of the custom resource's attributes. */
export const RESULT = {
  changedUsers: 'ChangedUsers',
  unchangedUsers: 'UnchangedUsers',
  skippedUsers: 'SkippedUsers',
} as const;

/** Where the handler's metrics go, and how they are told apart. */
export const METRICS = {
  namespace: 'CognitoUserAttributes',
  service: 'UserAttributesSeeder',
  /** Dimensions beside Powertools' own `service`. */
  poolDimension: 'UserPoolId',
  seederDimension: 'Seeder',
  changedUsers: 'ChangedUsers',
  failedUsers: 'FailedUsers',
  throttledRequests: 'ThrottledRequests',
} as const;

/** @param isToken tells whether a username is known only at deployment */
export const encode = (seed: Seed, isToken: (value: unknown) => boolean): SeedWire => ({
  UserPoolId: seed.userPoolId,
  Users: Object.fromEntries(
    seed.users.map((user, index) => [
      // No username holds a blank, so this key cannot collide with one.
      isToken(user.username) ? `user ${index + 1}` : user.username,
      {
        ...(isToken(user.username) ? { Username: user.username } : {}),
        Attributes: { ...user.attributes },
        ...(user.clientMetadata ? { ClientMetadata: { ...user.clientMetadata } } : {}),
      },
    ]),
  ),
  ...(seed.clientMetadata ? { ClientMetadata: { ...seed.clientMetadata } } : {}),
  MissingUsers: seed.onMissingUser,
  Prune: String(seed.prune),
  Removal: seed.onRemoval,
  // A number may be a token too, and String() would break it.
  RequestsPerSecond: isToken(seed.requestsPerSecond) ? seed.requestsPerSecond : String(seed.requestsPerSecond),
});

/** @throws naming the field that is not as `encode` writes it, and never its value */
export const decode = (properties: unknown): Seed => {
  const wire = record(properties, 'properties');
  const users = Object.entries(record(wire.Users ?? {}, 'Users')).map(([key, value]) => {
    const user = record(value, 'Users.*');
    return {
      username: user.Username === undefined ? key : text(user.Username, 'Users.*.Username'),
      attributes: texts(user.Attributes ?? {}, 'Users.*.Attributes'),
      ...(user.ClientMetadata === undefined
        ? {}
        : { clientMetadata: texts(user.ClientMetadata, 'Users.*.ClientMetadata') }),
    };
  });
  const requestsPerSecond = Number(text(wire.RequestsPerSecond, 'RequestsPerSecond'));
  if (!(requestsPerSecond > 0)) throw malformed('RequestsPerSecond', 'a number above 0');
  return {
    userPoolId: text(wire.UserPoolId, 'UserPoolId'),
    users,
    ...(wire.ClientMetadata === undefined ? {} : { clientMetadata: texts(wire.ClientMetadata, 'ClientMetadata') }),
    onMissingUser: oneOf(wire.MissingUsers, ['FAIL', 'SKIP'], 'MissingUsers'),
    prune: oneOf(wire.Prune, ['true', 'false'], 'Prune') === 'true',
    onRemoval: oneOf(wire.Removal, ['RETAIN', 'DESTROY'], 'Removal'),
    requestsPerSecond,
  };
};

/** Tells the field and what it must be, never the value. */
export class MalformedProperties extends Error {}

const malformed = (field: string, expected: string) =>
  new MalformedProperties(`The custom resource's ${field} must be ${expected}: look at the tokens in the declaration.`);

const record = (value: unknown, field: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field, 'a map');
  return value as Record<string, unknown>;
};

const text = (value: unknown, field: string): string => {
  if (typeof value !== 'string') throw malformed(field, 'a text');
  return value;
};

const texts = (value: unknown, field: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record(value, field)).map(([key, entry]) => [key, text(entry, `${field}['${key}']`)]),
  );

const oneOf = <T extends string>(value: unknown, allowed: readonly T[], field: string): T => {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw malformed(field, `one of ${allowed.join(', ')}`);
  return found;
};
