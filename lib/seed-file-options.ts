import type { BlankCells } from './blank-cells';
import type { SeedFileFormat } from './seed-file-format';

/**
 * How a CSV file of users is read.
 */
export interface SeedCsvOptions {
  /**
   * What a blank cell declares.
   *
   * @default BlankCells.LEAVE_ALONE - the user keeps what they have in the attribute
   */
  readonly blankCells?: BlankCells;
}

/**
 * Which object of a bucket declares the users, and how it is read. Exactly one of `version` and `checksum` says which, so that
 * a new object is a new declaration.
 */
export interface SeedObjectOptions extends SeedCsvOptions {
  /**
   * The object's version id, in a bucket with versioning. The former version has to stay there: it is the previous
   * declaration. May be a token.
   *
   * @default - `checksum` says which object is meant
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html
   */
  readonly version?: string;

  /**
   * The SHA-256 of the object's bytes as 64 hexadecimal digits, as `sha256sum` prints it. Another object under the key fails
   * the deployment. Put a new file under a new key: the former object is the previous declaration. May be a token.
   *
   * @default - `version` says which object is meant
   */
  readonly checksum?: string;

  /**
   * How the object declares users. Whether it is compressed with gzip, its bytes tell.
   *
   * @default - by the key's extension: `.csv`, or `.jsonl` or `.ndjson`, each with or without `.gz`
   */
  readonly format?: SeedFileFormat;
}
