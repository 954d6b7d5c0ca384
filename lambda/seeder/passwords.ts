import { randomBytes } from 'node:crypto';
import type { PasswordSource } from '../../lib/private/contracts/seed-user';

/** Where passwords come from when they are needed. None is ever told. */
export interface Passwords {
  /** @throws SecretFailure */
  of(source: PasswordSource): Promise<string>;
}

/** Reads a secret. */
export type ReadSecret = (arn: string) => Promise<string | undefined>;

/** Why a secret gives no password. Its name is among the remedies. */
export class SecretFailure extends Error {
  public constructor(readonly name: 'SecretUnreadable' | 'SecretWithoutPassword') {
    super(name);
  }
}

/** Every secret is read once, so that all users of a step get the same version. */
export const passwordsFrom = (read: ReadSecret): Passwords => {
  const secrets = new Map<string, Promise<string | undefined>>();
  const secretOf = (arn: string) => {
    const known = secrets.get(arn);
    if (known) return known;
    const reading = read(arn).catch(() => {
      secrets.delete(arn);
      // Without its cause: the error of an answer that cannot be read quotes the answer.
      throw new SecretFailure('SecretUnreadable');
    });
    secrets.set(arn, reading);
    return reading;
  };
  return {
    of: async (source) => {
      if (source.kind === 'random') return randomPassword();
      const text = await secretOf(source.secret);
      const password = source.field === undefined ? text : fieldOf(text, source.field);
      if (typeof password !== 'string' || password === '' || password.length > LONGEST) {
        throw new SecretFailure('SecretWithoutPassword');
      }
      return password;
    },
  };
};

const fieldOf = (text: string | undefined, field: string): unknown => {
  try {
    const secret: unknown = JSON.parse(text ?? '');
    return typeof secret === 'object' && secret !== null && Object.hasOwn(secret, field)
      ? (secret as Record<string, unknown>)[field]
      : undefined;
  } catch {
    return undefined; // a parser's message would quote the secret
  }
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html */
const LONGEST = 256;

/** As long as a pool's policy may ask for, 99 characters, and with one of every kind. */
const randomPassword = (): string => `${randomBytes(72).toString('base64url')}aA1!`;
