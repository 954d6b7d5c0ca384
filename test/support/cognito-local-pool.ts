import { UserPoolServiceImpl } from './cognito-local-internals';
import type { Clock, Context, Group, User, UserPool, UserPoolServiceFactory } from './cognito-local-internals';
import { inMemoryDataStoreFactory } from './cognito-local-store';
import { valueOf } from './cognito-local-repair';
import { CONTACTS } from './cognito-sign-in-name';

/** What a user may be looked up by, in the order in which Cognito would take it. */
type Key = 'username' | 'sub' | 'email' | 'phone_number' | 'preferred_username';
const LOOKUPS: readonly Key[] = ['username', 'sub', 'email', 'phone_number', 'preferred_username'];

/**
 * cognito-local heeds case in every pool, knows no aliases, reads all users to find one by anything but the username, and loses
 * members where two are added to a group at once.
 */
export class RepairedUserPool extends UserPoolServiceImpl {
  private readonly users = new Map<string, User>();
  private readonly usernames = new Map<string, Set<string>>();

  /** At once: between this and `saveUser`, no other request has its turn. */
  find(name: string): User | undefined {
    return LOOKUPS.map((key) => this.by(key, name)).find((user) => user !== undefined);
  }

  by(key: Key, value: string): User | undefined {
    const [username] = this.usernames.get(this.entry(key, value)) ?? [];
    return username === undefined ? undefined : this.users.get(username);
  }

  override async getUserByUsername(_ctx: Context, name: string): Promise<User | null> {
    return this.find(name) ?? null;
  }

  override async saveUser(ctx: Context, user: User): Promise<void> {
    this.forget(user.Username, this.entriesOf(user));
    this.users.set(user.Username, user);
    for (const entry of this.entriesOf(user))
      this.usernames.set(entry, (this.usernames.get(entry) ?? new Set()).add(user.Username));
    await super.saveUser(ctx, user);
  }

  override async deleteUser(ctx: Context, user: User): Promise<void> {
    this.forget(user.Username, []);
    this.users.delete(user.Username);
    await super.deleteUser(ctx, user);
  }

  override async addUserToGroup(_ctx: Context, group: Group, { Username }: User): Promise<void> {
    if (!group.members?.includes(Username)) group.members = [...(group.members ?? []), Username];
  }

  override async removeUserFromGroup(_ctx: Context, group: Group, { Username }: User): Promise<void> {
    group.members = group.members?.filter((member) => member !== Username);
  }

  private forget(username: string, unless: readonly string[]): void {
    const former = this.users.get(username);
    for (const entry of former ? this.entriesOf(former) : [])
      if (!unless.includes(entry)) this.usernames.get(entry)?.delete(username);
  }

  private entriesOf({ Username, Attributes }: User): string[] {
    const { UsernameAttributes, AliasAttributes } = this.options;
    const names = CONTACTS.filter(
      (contact) =>
        UsernameAttributes?.includes(contact) ||
        (AliasAttributes?.includes(contact) && valueOf(`${contact}_verified`, Attributes) === 'true'),
    );
    const keys: Key[] = AliasAttributes?.includes('preferred_username') ? [...names, 'preferred_username'] : names;
    return [
      this.entry('username', Username),
      ...(['sub', ...keys] as const).flatMap((key) => {
        const value = valueOf(key, Attributes);
        return value ? [this.entry(key, value)] : [];
      }),
    ];
  }

  private entry(key: Key, value: string): string {
    const heedsCase = this.options.UsernameConfiguration?.CaseSensitive !== false || key === 'sub';
    return `${key}:${heedsCase ? value : value.toLowerCase()}`;
  }
}

export const repairedPools = (clock: Clock): UserPoolServiceFactory => ({
  create: async (ctx, clients, options: UserPool) => {
    const store = await inMemoryDataStoreFactory.create(ctx, options.Id, { Users: {}, Options: options });
    return new RepairedUserPool(clients, clock, store, options);
  },
});
