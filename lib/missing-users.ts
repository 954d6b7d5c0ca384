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

  private constructor(
    /** @internal */
    public readonly _mode: OnMissingUser,
  ) {}
}
