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
/** What the declared values are compared with to find out who is to be changed. */
export type CompareWith = 'PREVIOUS_DECLARATION' | 'LIVE_POOL';
export type Verification = 'MARK_VERIFIED' | 'SEND_MESSAGE';
export type BlankCells = 'LEAVE_ALONE' | 'DELETE';
export type FileFormat = 'csv' | 'jsonl';

/** Where the declared users stand. */
export type Source =
  | { readonly kind: 'inline'; readonly users: readonly DeclaredUser[] }
  | { readonly kind: 'file'; readonly file: PreparedFile }
  | { readonly kind: 'object'; readonly object: ForeignObject }
  | { readonly kind: 'existing'; readonly existing: ExistingUsers };

/** A file that synth has read, checked and sorted: see seed-row.ts. */
export interface PreparedFile {
  readonly bucket: string;
  readonly key: string;
  /** The author's file, for reports. */
  readonly name: string;
  readonly users: number;
}

/** A file that somebody else has put into a bucket, read and checked where it is used. */
export interface ForeignObject {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string;
  /** SHA-256 of the object's bytes, in hexadecimal. */
  readonly checksum?: string;
  readonly format: FileFormat;
  readonly blankCells: BlankCells;
  readonly verification?: Verification;
}

/** A rule: the pool's users whom it selects get the attributes. */
export interface ExistingUsers {
  readonly selector: Selector;
  readonly attributes: Readonly<Record<string, string>>;
}

export type Selector =
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly filter: string }
  | { readonly kind: 'group'; readonly group: string };

export interface Seed {
  readonly userPoolId: string;
  readonly source: Source;
  /** Goes with every change; a user's own keys win. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
  readonly onMissingUser: OnMissingUser;
  readonly prune: boolean;
  readonly onRemoval: OnRemoval;
  readonly requestsPerSecond: number;
  readonly compareWith: CompareWith;
  /** The bucket of the reports; the other engine knows its own. */
  readonly reportBucket?: string;
}

interface UserWire {
  /** Only where the username is a token: a key of a map has to be known at synth. */
  readonly Username?: string;
  readonly Attributes: Record<string, string>;
  readonly ClientMetadata?: Record<string, string>;
}

export interface SeedWire {
  readonly UserPoolId: string;
  /** Of the four, the one that the source is. */
  readonly Users?: Record<string, UserWire>;
  readonly File?: { readonly Bucket: string; readonly Key: string; readonly Name: string; readonly Users: string };
  readonly Object?: {
    readonly Bucket: string;
    readonly Key: string;
    readonly Version?: string;
    readonly Checksum?: string;
    readonly Format: FileFormat;
    readonly BlankCells: BlankCells;
    readonly Verification?: Verification;
  };
  readonly ExistingUsers?: {
    /** Where neither is there: all users. */
    readonly Filter?: string;
    readonly Group?: string;
    readonly Attributes: Record<string, string>;
  };
  readonly ClientMetadata?: Record<string, string>;
  readonly MissingUsers: OnMissingUser;
  readonly Prune: string;
  readonly Removal: OnRemoval;
  readonly RequestsPerSecond: string | number;
  /** Absent: with the previous declaration. */
  readonly CompareWith?: CompareWith;
  readonly ReportBucket?: string;
}

/** The names of the custom resource's attributes. */
export const RESULT = {
  changedUsers: 'ChangedUsers',
  unchangedUsers: 'UnchangedUsers',
  skippedUsers: 'SkippedUsers',
  failedUsers: 'FailedUsers',
  /** Where the report lies, as an S3 URI; a blank where there is none. */
  report: 'Report',
  /** The ARN of the Step Functions execution; a blank where there is none. */
  execution: 'Execution',
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
  /** Users whom a run is about, counted when it has been planned. */
  plannedUsers: 'PlannedUsers',
  /** Users with whom a run has finished, whatever came of it. */
  finishedUsers: 'FinishedUsers',
  skippedUsers: 'SkippedUsers',
  /** Requests a second: as sent, and as allowed. */
  pace: 'RequestsPerSecond',
  paceLimit: 'RequestsPerSecondLimit',
} as const;

/** @param isToken tells whether a value is known only at deployment */
export const encode = (seed: Seed, isToken: (value: unknown) => boolean): SeedWire => ({
  UserPoolId: seed.userPoolId,
  ...encodeSource(seed.source, isToken),
  ...(seed.clientMetadata ? { ClientMetadata: { ...seed.clientMetadata } } : {}),
  MissingUsers: seed.onMissingUser,
  Prune: String(seed.prune),
  Removal: seed.onRemoval,
  // A number may be a token too, and String() would break it.
  RequestsPerSecond: isToken(seed.requestsPerSecond) ? seed.requestsPerSecond : String(seed.requestsPerSecond),
  ...(seed.compareWith === 'LIVE_POOL' ? { CompareWith: seed.compareWith } : {}),
  ...(seed.reportBucket === undefined ? {} : { ReportBucket: seed.reportBucket }),
});

const encodeSource = (
  source: Source,
  isToken: (value: unknown) => boolean,
): Pick<SeedWire, 'Users' | 'File' | 'Object' | 'ExistingUsers'> => {
  switch (source.kind) {
    case 'inline':
      return { Users: encodeUsers(source.users, isToken) };
    case 'file': {
      const { bucket, key, name, users } = source.file;
      return { File: { Bucket: bucket, Key: key, Name: name, Users: String(users) } };
    }
    case 'object': {
      const { bucket, key, version, checksum, format, blankCells, verification } = source.object;
      return {
        Object: {
          Bucket: bucket,
          Key: key,
          ...(version === undefined ? {} : { Version: version }),
          ...(checksum === undefined ? {} : { Checksum: checksum }),
          Format: format,
          BlankCells: blankCells,
          ...(verification === undefined ? {} : { Verification: verification }),
        },
      };
    }
    case 'existing': {
      const { selector, attributes } = source.existing;
      return {
        ExistingUsers: {
          ...(selector.kind === 'filter' ? { Filter: selector.filter } : {}),
          ...(selector.kind === 'group' ? { Group: selector.group } : {}),
          Attributes: { ...attributes },
        },
      };
    }
  }
};

const encodeUsers = (users: readonly DeclaredUser[], isToken: (value: unknown) => boolean): Record<string, UserWire> =>
  Object.fromEntries(
    users.map((user, index) => [
      // No username holds a blank, so this key cannot collide with one.
      isToken(user.username) ? `user ${index + 1}` : user.username,
      {
        ...(isToken(user.username) ? { Username: user.username } : {}),
        Attributes: { ...user.attributes },
        ...(user.clientMetadata ? { ClientMetadata: { ...user.clientMetadata } } : {}),
      },
    ]),
  );

/** @throws naming the field that is not as `encode` writes it, and never its value */
export const decode = (properties: unknown): Seed => {
  const wire = record(properties, 'properties');
  const requestsPerSecond = Number(text(wire.RequestsPerSecond, 'RequestsPerSecond'));
  if (!(requestsPerSecond > 0)) throw malformed('RequestsPerSecond', 'a number above 0');
  return {
    userPoolId: text(wire.UserPoolId, 'UserPoolId'),
    source: decodeSource(wire),
    ...(wire.ClientMetadata === undefined ? {} : { clientMetadata: texts(wire.ClientMetadata, 'ClientMetadata') }),
    onMissingUser: oneOf(wire.MissingUsers, ['FAIL', 'SKIP'], 'MissingUsers'),
    prune: oneOf(wire.Prune, ['true', 'false'], 'Prune') === 'true',
    onRemoval: oneOf(wire.Removal, ['RETAIN', 'DESTROY'], 'Removal'),
    requestsPerSecond,
    ...(wire.ReportBucket === undefined ? {} : { reportBucket: text(wire.ReportBucket, 'ReportBucket') }),
    compareWith: oneOf(wire.CompareWith ?? 'PREVIOUS_DECLARATION', COMPARISONS, 'CompareWith'),
  };
};

const VERIFICATIONS = ['MARK_VERIFIED', 'SEND_MESSAGE'] as const;
const COMPARISONS = ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const;

const decodeSource = (wire: Record<string, unknown>): Source => {
  if (wire.File !== undefined) return { kind: 'file', file: decodeFile(record(wire.File, 'File')) };
  if (wire.Object !== undefined) return { kind: 'object', object: decodeObject(record(wire.Object, 'Object')) };
  if (wire.ExistingUsers !== undefined) {
    return { kind: 'existing', existing: decodeExisting(record(wire.ExistingUsers, 'ExistingUsers')) };
  }
  return { kind: 'inline', users: decodeUsers(record(wire.Users ?? {}, 'Users')) };
};

const decodeFile = (wire: Record<string, unknown>): PreparedFile => ({
  bucket: text(wire.Bucket, 'File.Bucket'),
  key: text(wire.Key, 'File.Key'),
  name: text(wire.Name, 'File.Name'),
  users: Number(text(wire.Users, 'File.Users')),
});

const decodeObject = (wire: Record<string, unknown>): ForeignObject => ({
  bucket: text(wire.Bucket, 'Object.Bucket'),
  key: text(wire.Key, 'Object.Key'),
  ...(wire.Version === undefined ? {} : { version: text(wire.Version, 'Object.Version') }),
  ...(wire.Checksum === undefined ? {} : { checksum: text(wire.Checksum, 'Object.Checksum') }),
  format: oneOf(wire.Format, ['csv', 'jsonl'], 'Object.Format'),
  blankCells: oneOf(wire.BlankCells, ['LEAVE_ALONE', 'DELETE'], 'Object.BlankCells'),
  ...(wire.Verification === undefined
    ? {}
    : { verification: oneOf(wire.Verification, VERIFICATIONS, 'Object.Verification') }),
});

const decodeExisting = (wire: Record<string, unknown>): ExistingUsers => ({
  selector:
    wire.Filter !== undefined
      ? { kind: 'filter', filter: text(wire.Filter, 'ExistingUsers.Filter') }
      : wire.Group !== undefined
        ? { kind: 'group', group: text(wire.Group, 'ExistingUsers.Group') }
        : { kind: 'all' },
  attributes: texts(wire.Attributes ?? {}, 'ExistingUsers.Attributes'),
});

const decodeUsers = (wire: Record<string, unknown>): DeclaredUser[] =>
  Object.entries(wire).map(([key, value]) => {
    const user = record(value, 'Users.*');
    return {
      username: user.Username === undefined ? key : text(user.Username, 'Users.*.Username'),
      attributes: texts(user.Attributes ?? {}, 'Users.*.Attributes'),
      ...(user.ClientMetadata === undefined
        ? {}
        : { clientMetadata: texts(user.ClientMetadata, 'Users.*.ClientMetadata') }),
    };
  });

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
