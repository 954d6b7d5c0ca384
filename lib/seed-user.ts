import type { UserAttributes } from './user-attributes';

/**
 * What is declared of one user.
 */
export interface SeedUser {
  /**
   * The user's name in the pool, 1 to 128 characters: the username, an alias with which the user may sign in, or the `sub`.
   * May be a token.
   */
  readonly username: string;

  /**
   * The attributes that the user is to have.
   */
  readonly attributes: UserAttributes;

  /**
   * ClientMetadata for this user's changes, beside the seeder's. Where both have a key, this one wins. Cognito hands it to the
   * pool's CustomMessage trigger and does not store, check or encrypt it: never put a secret here.
   *
   * @default - the seeder's `clientMetadata` alone
   */
  readonly clientMetadata?: { readonly [key: string]: string };
}
