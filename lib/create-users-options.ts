import type { Invitation } from './invitation';
import type { UserPassword } from './user-password';

/**
 * Options of `MissingUsers.create()`.
 */
export interface CreateUsersOptions {
  /**
   * How created users learn of it.
   *
   * @default Invitation.none() - nobody is messaged
   */
  readonly invitation?: Invitation;

  /**
   * ClientMetadata for creations, over the seeder's own; a user's own keys win. At most 131,072 characters a key or value. Cognito
   * hands it to the pool's PreSignUp trigger, and to its CustomMessage trigger where people are invited; it does not store,
   * check or encrypt it: never put a secret here.
   *
   * @default - the seeder's and the users' own alone
   */
  readonly clientMetadata?: { readonly [key: string]: string };

  /**
   * What the pool's PreSignUp trigger gets as `validationData`, to decide on the creation. At most 32 characters a key and 2,048 a
   * value. Cognito does not store it.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
   */
  readonly validationData?: { readonly [key: string]: string };

  /**
   * Whether an e-mail address or phone number that is declared as verified moves over from another user whose alias it is, who can
   * then no longer sign in with it.
   *
   * @default false - the deployment fails
   */
  readonly forceAliasCreation?: boolean;

  /**
   * The password of created users who declare none of their own: `fromSecret`, `temporaryFromSecret` or `random`. It is set at
   * creation alone.
   *
   * @default - one that Cognito makes up, which the invitation tells. Without an invitation nobody learns it
   */
  readonly password?: UserPassword;

  /**
   * Whether users whom this seeder has created, and never those whom it found, are deleted when they leave the declaration (with
   * `prune`), and when the seeder is removed with `RemovalPolicy.DESTROY`.
   *
   * The pool itself remembers them, by their membership in a group that is made for the seeder. It shows in their tokens, as
   * `cognito:groups`.
   *
   * @default false - users stay
   */
  readonly deleteWhenUndeclared?: boolean;
}
