import { oneOf, record, text, texts } from './fields';
import { decodeUsers, type DeclaredUser, encodeUsers, type UserWire } from './seed-user';

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

export interface SourceWire {
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
}

/** @param isToken tells whether a value is known only at deployment */
export const encodeSource = (source: Source, isToken: (value: unknown) => boolean): SourceWire => {
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

const VERIFICATIONS = ['MARK_VERIFIED', 'SEND_MESSAGE'] as const;

export const decodeSource = (wire: Record<string, unknown>): Source => {
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
