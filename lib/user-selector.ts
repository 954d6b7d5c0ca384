import type { Selector } from './private/contracts/seed-source';

/**
 * Which of the pool's users a rule is about.
 */
export class UserSelector {
  /**
   * Every user of the pool.
   */
  public static all(): UserSelector {
    return new UserSelector({ kind: 'all' });
  }

  /**
   * The users whom a filter of ListUsers finds, such as `given_name = "Ann"` or `email ^= "ann@"`: an attribute, `=` (is) or
   * `^=` (begins with), and a value in quotation marks; at most 256 characters.
   *
   * ListUsers searches `username`, `email`, `phone_number`, `name`, `given_name`, `family_name`, `preferred_username`,
   * `cognito:user_status`, `status` and `sub`, and no custom attribute.
   *
   * @param filter may be a token
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html
   */
  public static filter(filter: string): UserSelector {
    return new UserSelector({ kind: 'filter', filter });
  }

  /**
   * The users of a group.
   *
   * @param name the group's, 1 to 128 characters; may be a token
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html
   */
  public static inGroup(name: string): UserSelector {
    return new UserSelector({ kind: 'group', group: name });
  }

  private constructor(
    /** @internal */
    public readonly _selector: Selector,
  ) {}
}
