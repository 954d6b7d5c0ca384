import { GroupNotFound } from '../../lambda/seeder/group-not-found';
import type { Cognito } from '../../lambda/seeder/cognito';
import type { NewUser } from '../../lambda/seeder/cognito-accounts';

type Attributes = Record<string, string>;
export type Write = Exclude<keyof Cognito, 'read' | 'groups' | 'hasGroup'>;

/** A user as the pool model has them. */
export interface ModelUser {
  readonly attributes: Attributes;
  readonly enabled: boolean;
  /** In order of their names. */
  readonly groups: readonly string[];
  readonly password?: string;
  /** Who has brought the user here: a test, or the code that is tested. */
  readonly createdBy: 'test' | 'seeder';
}

interface User extends Omit<ModelUser, 'groups' | 'enabled' | 'password'> {
  enabled: boolean;
  groups: Set<string>;
  password?: string;
}

/** What a pool is beside its users' attributes. */
export interface ModelOptions {
  readonly groups?: readonly string[];
  /** By username. */
  readonly accounts?: Readonly<Record<string, Partial<Pick<ModelUser, 'enabled' | 'groups' | 'password'>>>>;
  /** Whether users sign in with their e-mail address: the pool then calls them by their `sub`. */
  readonly signInByEmail?: boolean;
}

/**
 * A pool as a pure model of what matters to planning: the tests of the pure modules compare against it. Tests of the
 * handler run against a real server instead.
 */
export class PoolModel implements Cognito {
  /** Whoever was read, and in `groupReads` whoever was asked for their groups. */
  public readonly reads: string[] = [];
  public readonly groupReads: string[] = [];
  public readonly writes: string[] = [];
  /** Users who got a code, and in `invited` those who got an invitation. */
  public readonly messaged: string[] = [];
  public readonly invited: string[] = [];
  /** As they were asked for. */
  public readonly creations: NewUser[] = [];
  private readonly users = new Map<string, User>();
  private readonly allGroups: Set<string>;
  private readonly signInByEmail: boolean;
  private subs = 0;

  public constructor(
    users: Record<string, Attributes>,
    { groups = [], accounts = {}, signInByEmail = false }: ModelOptions = {},
  ) {
    this.allGroups = new Set(groups);
    this.signInByEmail = signInByEmail;
    for (const [username, attributes] of Object.entries(structuredClone(users))) {
      const { enabled = true, groups: member = [], password } = accounts[username] ?? {};
      member.forEach((group) => this.allGroups.add(group));
      this.users.set(username, { attributes, enabled, groups: new Set(member), password, createdBy: 'test' });
    }
  }

  /** The users' attributes. */
  public snapshot(): Record<string, Attributes> {
    return structuredClone(Object.fromEntries([...this.users].map(([name, { attributes }]) => [name, attributes])));
  }

  /** The users and all that is known of them. */
  public people(): Record<string, ModelUser> {
    return structuredClone(
      Object.fromEntries(
        [...this.users].map(([name, user]) => [name, { ...user, groups: [...user.groups].sort() }] as const),
      ),
    );
  }

  public groupNames(): string[] {
    return [...this.allGroups].sort();
  }

  public async read(username: string) {
    this.reads.push(username);
    const [name, user] = this.find(username) ?? [];
    return name === undefined || !user
      ? undefined
      : { username: name, attributes: { ...user.attributes }, enabled: user.enabled };
  }

  public async set(username: string, attributes: Readonly<Attributes>) {
    this.writes.push(`set ${username}`);
    const user = this.existing(username);
    for (const [contact, flag] of CONTACTS) {
      if (attributes[contact] && attributes[flag] === undefined) {
        user.attributes[flag] = 'false';
        this.messaged.push(username);
      }
    }
    Object.assign(user.attributes, attributes);
  }

  public async delete(username: string, names: readonly string[]) {
    this.writes.push(`delete ${username}`);
    const user = this.existing(username);
    for (const name of names) delete user.attributes[name];
  }

  public async create(user: NewUser) {
    this.writes.push(`create ${user.username}`);
    if (this.find(user.username)) throw sdkError('UsernameExistsException');
    this.creations.push(user);
    if (user.invitation.length > 0) this.invited.push(user.username);
    const sub = `sub-${++this.subs}`;
    const username = this.signInByEmail ? sub : user.username;
    const attributes = { ...user.attributes, ...(this.signInByEmail ? { email: user.username } : {}), sub };
    this.users.set(username, {
      attributes,
      enabled: true,
      groups: new Set(),
      password: user.temporaryPassword === undefined ? undefined : `temporary ${user.temporaryPassword}`,
      createdBy: 'seeder',
    });
    return { username, attributes: { ...attributes } };
  }

  public async remove(username: string) {
    this.writes.push(`remove ${username}`);
    this.existing(username);
    this.users.delete(this.find(username)![0]);
  }

  public async groups(username: string) {
    this.groupReads.push(username);
    return [...this.existing(username).groups];
  }

  public async join(username: string, group: string) {
    this.writes.push(`join ${username} ${group}`);
    const user = this.existing(username);
    if (!this.allGroups.has(group)) throw new GroupNotFound(group);
    user.groups.add(group);
  }

  public async leave(username: string, group: string) {
    this.writes.push(`leave ${username} ${group}`);
    this.existing(username).groups.delete(group);
  }

  public async setEnabled(username: string, enabled: boolean) {
    this.writes.push(`${enabled ? 'enable' : 'disable'} ${username}`);
    this.existing(username).enabled = enabled;
  }

  public async setPassword(username: string, password: string) {
    this.writes.push(`password ${username}`);
    this.existing(username).password = password;
  }

  public async hasGroup(group: string) {
    return this.allGroups.has(group);
  }

  public async makeGroup(group: string) {
    this.writes.push(`makeGroup ${group}`);
    this.allGroups.add(group);
  }

  public async removeGroup(group: string) {
    this.writes.push(`removeGroup ${group}`);
    this.allGroups.delete(group);
    for (const { groups } of this.users.values()) groups.delete(group);
  }

  private find(name: string): [string, User] | undefined {
    const user = this.users.get(name);
    if (user) return [name, user];
    return this.signInByEmail ? [...this.users].find(([, { attributes }]) => attributes.email === name) : undefined;
  }

  private existing(username: string): User {
    const found = this.find(username);
    if (!found) throw sdkError('UserNotFoundException');
    return found[1];
  }
}

const CONTACTS = [
  ['email', 'email_verified'],
  ['phone_number', 'phone_number_verified'],
] as const;

/**
 * A pool whose writes may fail, before or after they have been carried out.
 *
 * @param fault by the user and the write, and the group where one counts; of a write to a group alone, its name is the user's
 */
export const withFaults = (
  pool: Cognito,
  fault: (username: string, write: Write, group?: string) => Error | undefined,
  afterwards = false,
): Cognito => {
  const faulty = async <T>(carryOut: () => Promise<T>, ...write: Parameters<typeof fault>): Promise<T> => {
    const error = fault(...write);
    if (!error) return carryOut();
    if (afterwards) await carryOut();
    throw error;
  };
  return {
    read: (username) => pool.read(username),
    groups: (username) => pool.groups(username),
    hasGroup: (group) => pool.hasGroup(group),
    set: (username, ...rest) => faulty(() => pool.set(username, ...rest), username, 'set'),
    delete: (username, names) => faulty(() => pool.delete(username, names), username, 'delete'),
    create: (user) => faulty(() => pool.create(user), user.username, 'create'),
    remove: (username) => faulty(() => pool.remove(username), username, 'remove'),
    join: (username, group) => faulty(() => pool.join(username, group), username, 'join', group),
    leave: (username, group) => faulty(() => pool.leave(username, group), username, 'leave', group),
    setEnabled: (username, enabled) => faulty(() => pool.setEnabled(username, enabled), username, 'setEnabled'),
    setPassword: (username, password) => faulty(() => pool.setPassword(username, password), username, 'setPassword'),
    makeGroup: (group, ...rest) => faulty(() => pool.makeGroup(group, ...rest), group, 'makeGroup'),
    removeGroup: (group) => faulty(() => pool.removeGroup(group), group, 'removeGroup'),
  };
};

/** An error as the SDK throws it, without a status where no answer came. */
export const sdkError = (name: string, message = '', status: number | 'no answer' = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: status === 'no answer' ? {} : { httpStatusCode: status } });
