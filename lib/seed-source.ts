import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { BindSource } from './private/seeder/sources/bound-source';
import { existingUsersSource } from './private/seeder/sources/existing';
import { fileSource } from './private/seeder/sources/file';
import { inlineSource } from './private/seeder/sources/inline';
import { objectSource } from './private/seeder/sources/object';
import type { SeedCsvOptions, SeedObjectOptions } from './seed-file-options';
import type { SeedUser } from './seed-user';
import type { UserAttributes } from './user-attributes';
import type { UserSelector } from './user-selector';

/**
 * Where a seeder takes its users from.
 */
export class SeedSource {
  /**
   * Users declared in the stack's own code.
   *
   * They stand in the template, where everybody who may read the template, its events or its change sets can read them:
   * right for test users and tenants' administrators, wrong for people's data.
   *
   * A declaration holds at most 100,000 bytes, so that CloudFormation can hand the old one and the new one to a function.
   */
  public static inline(users: SeedUser[]): SeedSource {
    return new SeedSource(inlineSource(users));
  }

  /**
   * Users declared in a CSV file, which is read and checked at synth and deployed as an asset: nobody's data stands in the
   * template.
   *
   * The first line names the columns: `username`, and attributes as Cognito calls them (`given_name`, `custom:plan`) or as
   * `UserAttributes` does (`givenName`, `custom.plan`). A column `groups` holds the names of a user's groups with `|` between them,
   * and `enabled` holds true or false; a blank cell of either leaves alone, whatever `blankCells` says. Passwords never stand in a
   * file: declare them with `MissingUsers.create()`. UTF-8, with or without a byte-order mark; commas, semicolons or tabs;
   * LF or CR LF; quotation marks as in RFC 4180; compressed with gzip or not. A row holds at most 262,144 bytes. Rows without
   * any value are left out.
   *
   * A file for Cognito's own import, whose users are in a column `cognito:username`, is read as the import reads it: a
   * backslash before a comma in a value and no quotation marks, birthdays as month/day/year too, and
   * `cognito:mfa_enabled` ignored.
   *
   * Mistakes are errors at synth, with file, line, attribute, rule and remedy.
   *
   * @param path relative to the directory of the synthesis
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-csv-header.html
   */
  public static csv(path: string, options: SeedCsvOptions = {}): SeedSource {
    return new SeedSource(fileSource(path, 'csv', options));
  }

  /**
   * Users declared in a file of JSON Lines, which is read and checked at synth and deployed as an asset: nobody's data stands
   * in the template.
   *
   * A line holds an object such as `{"username": "ann", "attributes": {"given_name": "Ann", "custom": {"plan": "gold"}}}`, with
   * `clientMetadata`, `"groups": ["beta"]` and `"enabled": false` where wanted, and attributes as Cognito or `UserAttributes` calls
   * them. `null` and `""` delete an attribute; numbers, `true` and `false` become text. Passwords never stand in a file: declare
   * them with `MissingUsers.create()`. UTF-8, compressed with gzip or not; at most 262,144 bytes a line.
   *
   * Mistakes are errors at synth, with file, line, attribute, rule and remedy.
   *
   * @param path relative to the directory of the synthesis
   * @see https://jsonlines.org
   */
  public static jsonLines(path: string): SeedSource {
    return new SeedSource(fileSource(path, 'jsonl', {}));
  }

  /**
   * Users declared in an object of a bucket, as `csv` or `jsonLines` reads it: for files that come to be after synth. It is
   * read and checked at deployment, which fails before its first write where something is wrong with it.
   *
   * The function may read this one key, and decrypt with the bucket's key where the bucket knows it (`encryptionKey`). Keep the
   * object that was deployed last: what leaves the declaration is found by it.
   *
   * @param key may be a token
   */
  public static fromBucket(bucket: IBucketRef, key: string, options: SeedObjectOptions): SeedSource {
    return new SeedSource(objectSource(bucket, key, options ?? {}));
  }

  /**
   * A rule: the users whom the pool has already, all or some of them, get attributes. Users who have them already cost no
   * write. Values may be tokens.
   *
   * A deployment that changes the seeder carries the rule out, for the users whom the pool has by then; those who come later
   * get the attributes with the next one. `email`, `phoneNumber` and `preferredUsername` are a user's own: a rule can delete
   * them, and give them no value.
   *
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
   */
  public static existingUsers(selector: UserSelector, attributes: UserAttributes): SeedSource {
    return new SeedSource(existingUsersSource(selector, attributes));
  }

  private constructor(
    /** @internal */
    public readonly _bind: BindSource,
  ) {}
}
