import type { CreateUsersOptions } from './create-users-options';
import type { OnMissingUser } from './private/contracts/seed';

/**
 * What happens to a declared user whom the pool does not have.
 */
export class MissingUsers {
  /**
   * The deployment fails before its first write, and names them.
   */
  public static fail(): MissingUsers {
    return new MissingUsers('FAIL');
  }

  /**
   * They are left out and counted as skipped. They get their attributes when a deployment changes their declaration: where
   * nothing has changed, CloudFormation calls nobody.
   */
  public static skip(): MissingUsers {
    return new MissingUsers('SKIP');
  }

  /**
   * They are created, with everything that is declared of them. What is immutable in the pool can be declared then; where a
   * user whom the pool has already has another value, the deployment fails. Users who have been created stay when they leave the
   * declaration, unless `deleteWhenUndeclared` is true.
   *
   * Cognito's quota for creations is 50 a second for an account and Region.
   *
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
   */
  public static create(options: CreateUsersOptions = {}): MissingUsers {
    return new MissingUsers('CREATE', options);
  }

  private constructor(
    /** @internal */
    public readonly _mode: OnMissingUser,
    /**
     * Of users who are created.
     *
     * @internal
     */
    public readonly _creation?: CreateUsersOptions,
  ) {}
}
