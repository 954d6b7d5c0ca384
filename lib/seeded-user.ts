import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * A declared user, as the pool has them. The answer of `seeder.user()`.
 */
export interface SeededUser {
  /**
   * The pool's own name of the user, which may be another than the declared one: where users sign in with their e-mail address, it
   * is the `sub`. A token; a blank where the pool does not have the user.
   */
  readonly username: string;

  /**
   * The user's `sub`, which never changes. A token; a blank where the pool does not have the user.
   */
  readonly sub: string;

  /**
   * The secret with the user's password, declared or generated. Let its readers have it: `secret.grantRead(…)`.
   *
   * @default - the user declares no password, or one that is in no secret
   */
  readonly secret?: ISecret;

  /**
   * The field of the secret that holds the password.
   *
   * @default - the whole secret is the password
   */
  readonly passwordField?: string;
}
