import type { SeedUser } from './seed-user';

/**
 * Where a seeder takes its users from.
 */
export abstract class SeedSource {
  /**
   * Users declared in the stack's own code.
   *
   * They stand in the template, where everybody who may read the template, its events or its change sets can read them:
   * right for test users and tenants' administrators, wrong for people's data.
   *
   * A declaration holds at most 100,000 bytes, so that CloudFormation can hand the old one and the new one to a function.
   */
  public static inline(users: SeedUser[]): SeedSource {
    return new InlineSource(users);
  }

  /**
   * The declared users.
   *
   * @internal
   */
  public abstract _users(): readonly SeedUser[];
}

class InlineSource extends SeedSource {
  public constructor(private readonly users: readonly SeedUser[]) {
    super();
  }

  public _users(): readonly SeedUser[] {
    return this.users;
  }
}
