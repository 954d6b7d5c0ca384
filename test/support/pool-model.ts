import type { Cognito } from '../../lambda/seeder/cognito';

type Attributes = Record<string, string>;
type Write = 'set' | 'delete';

/**
 * A pool as a pure model of what matters to planning: the tests of the pure modules compare against it. Tests of the
 * handler run against a real server instead.
 */
export class PoolModel implements Cognito {
  public readonly reads: string[] = [];
  public readonly writes: string[] = [];
  /** Users who got a code. */
  public readonly messaged: string[] = [];
  private readonly users: Record<string, Attributes>;

  public constructor(users: Record<string, Attributes>) {
    this.users = structuredClone(users);
  }

  public snapshot(): Record<string, Attributes> {
    return structuredClone(this.users);
  }

  public async read(username: string) {
    this.reads.push(username);
    const attributes = this.users[username];
    return attributes && { username, attributes: { ...attributes } };
  }

  public async set(username: string, attributes: Readonly<Attributes>) {
    this.writes.push(`set ${username}`);
    const user = this.existing(username);
    for (const [contact, flag] of CONTACTS) {
      if (attributes[contact] && attributes[flag] === undefined) {
        user[flag] = 'false';
        this.messaged.push(username);
      }
    }
    Object.assign(user, attributes);
  }

  public async delete(username: string, names: readonly string[]) {
    this.writes.push(`delete ${username}`);
    const user = this.existing(username);
    for (const name of names) delete user[name];
  }

  private existing(username: string): Attributes {
    const user = this.users[username];
    if (!user) throw sdkError('UserNotFoundException');
    return user;
  }
}

const CONTACTS = [
  ['email', 'email_verified'],
  ['phone_number', 'phone_number_verified'],
] as const;

/** A pool whose writes may fail, before or after they have been carried out. */
export const withFaults = (
  pool: Cognito,
  fault: (username: string, write: Write) => Error | undefined,
  afterwards = false,
): Cognito => {
  const faulty = async (username: string, write: Write, carryOut: () => Promise<void>) => {
    const error = fault(username, write);
    if (!error || afterwards) await carryOut();
    if (error) throw error;
  };
  return {
    read: (username) => pool.read(username),
    set: (username, ...rest) => faulty(username, 'set', () => pool.set(username, ...rest)),
    delete: (username, names) => faulty(username, 'delete', () => pool.delete(username, names)),
  };
};

/** An error as the SDK throws it, without a status where no answer came. */
export const sdkError = (name: string, message = '', status: number | 'no answer' = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: status === 'no answer' ? {} : { httpStatusCode: status } });
