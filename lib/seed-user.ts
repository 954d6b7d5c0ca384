import type { UserAttributes } from './user-attributes';
import type { UserPassword } from './user-password';

/**
 * What is declared of one user. What is left out is not touched.
 */
export interface SeedUser {
  /**
   * The user's name in the pool, 1 to 128 characters: the username, an alias with which the user may sign in, or the `sub`. Who
   * is created by `MissingUsers.create()` is created under it. May be a token.
   */
  readonly username: string;

  /**
   * The attributes that the user is to have.
   *
   * @default - no attribute is touched
   */
  readonly attributes?: UserAttributes;

  /**
   * ClientMetadata for this user's changes, beside the seeder's. Where both have a key, this one wins. Cognito hands it to the
   * pool's CustomMessage trigger and does not store, check or encrypt it: never put a secret here.
   *
   * @default - the seeder's `clientMetadata` alone
   */
  readonly clientMetadata?: { readonly [key: string]: string };

  /**
   * Names of groups that the user is to be a member of, at most 100. A name holds 1 to 128 characters and may be a token, such as
   * the `groupName` of a `UserPoolGroup`; the groups have to exist. What leaves the list is left again, with `prune`. The user's
   * other groups are not touched.
   *
   * @default - no membership is touched
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
   */
  readonly groups?: string[];

  /**
   * Whether the user may sign in. A user who leaves the declaration stays as they are: nobody is let in again because a line is
   * gone.
   *
   * @default - not touched
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html
   */
  readonly enabled?: boolean;

  /**
   * The user's password. One that leaves the declaration stays the user's.
   *
   * @default - not touched; created users have the one of `MissingUsers.create()`
   */
  readonly password?: UserPassword;
}
