/**
 * What becomes of a value that a user has already, in an attribute that a declaration gives another value.
 *
 * What is kept is never deleted either, neither with `prune` nor with `RemovalPolicy.DESTROY`, since nobody knows who chose it
 * themselves, unless `FormerValues.RESTORE` remembers.
 */
export class ExistingValues {
  /**
   * The declared value takes its place.
   */
  public static readonly OVERWRITE = new ExistingValues([]);

  /**
   * It is kept: a declared value is given only to users who have none for the attribute.
   */
  public static readonly KEEP = new ExistingValues('ALL');

  /**
   * It is kept for these attributes, and overwritten for the rest. The flag that says whether an address is verified goes with its
   * address.
   *
   * @param attributeNames as Cognito calls them or as `UserAttributes` does, such as `given_name` or `givenName`,
   * `custom:plan` or `custom.plan`
   */
  public static keeping(...attributeNames: string[]): ExistingValues {
    return new ExistingValues(attributeNames);
  }

  private constructor(
    /**
     * Names as the author wrote them.
     *
     * @internal
     */
    public readonly _kept: 'ALL' | readonly string[],
  ) {}
}
