import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DeclaredPassword } from './private/seeder/passwords';

/**
 * Options of `UserPassword.generated()`.
 */
export interface GeneratedPasswordOptions {
  /**
   * The key that encrypts the secret.
   *
   * @default - the key of `ResourceDefaults`, or else the account's own for Secrets Manager, `aws/secretsmanager`
   */
  readonly encryptionKey?: IKey;
}

/**
 * Where a user's password comes from. It never stands in a template, a log or an event: what is declared is a secret of Secrets
 * Manager, which the seeder's function reads when it sets the password.
 *
 * A permanent password out of a secret is set when it is first declared, when its declaration changes, and again at every
 * deployment that changes the seeder, so that a rotated secret arrives. A password that leaves the declaration stays the user's.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html
 */
export class UserPassword {
  /**
   * A permanent password out of a secret. It has to meet the pool's password policy.
   *
   * @param secret which is the password, or a JSON object with the password in a field
   * @param field of the JSON object; left out, the whole secret is the password
   */
  public static fromSecret(secret: ISecret, field?: string): UserPassword {
    return new UserPassword({ kind: 'secret', secret, field, temporary: false });
  }

  /**
   * A password out of a secret that the user has to change at the first sign-in, within the pool's `tempPasswordValidity`. It
   * is set when the user is created, and never later: it goes with `MissingUsers.create()`.
   *
   * @param secret which is the password, or a JSON object with the password in a field
   * @param field of the JSON object; left out, the whole secret is the password
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
   */
  public static temporaryFromSecret(secret: ISecret, field?: string): UserPassword {
    return new UserPassword({ kind: 'secret', secret, field, temporary: true });
  }

  /**
   * A permanent password that Secrets Manager generates, into a secret which the seeder makes for this user: a JSON object with
   * `username` and `password`, the latter of 32 characters with lower and upper case, digits and punctuation. `seeder.user()` has
   * the secret. It is generated once, and goes with the user's declaration.
   *
   * For users whose username is known at synth.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
   */
  public static generated(options: GeneratedPasswordOptions = {}): UserPassword {
    return new UserPassword({ kind: 'generated', encryptionKey: options.encryptionKey });
  }

  /**
   * A random one that nobody learns; the user counts as confirmed. For people who come in by "forgot password", or without a
   * password. It is set when the user is created, and never later: it goes with `MissingUsers.create()`.
   */
  public static random(): UserPassword {
    return new UserPassword({ kind: 'random' });
  }

  private constructor(
    /** @internal */
    public readonly _password: DeclaredPassword,
  ) {}
}
