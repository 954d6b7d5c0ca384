import { randomInt } from 'node:crypto';
import { CognitoError, Router as route } from './cognito-local-internals';
import type { UserPool } from './cognito-local-internals';
import { existing, invalidParameter, poolOf } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';

type PasswordPolicy = NonNullable<NonNullable<UserPool['Policies']>['PasswordPolicy']>;

const DEFAULT_POLICY: PasswordPolicy = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  RequireUppercase: true,
};

const CLASSES = [
  ['RequireUppercase', /[A-Z]/, 'Password must have uppercase characters'],
  ['RequireLowercase', /[a-z]/, 'Password must have lowercase characters'],
  ['RequireNumbers', /\d/, 'Password must have numeric characters'],
  ['RequireSymbols', /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, 'Password must have symbol characters'],
] as const;

const policyOf = (pool: UserPool): PasswordPolicy => pool.Policies?.PasswordPolicy ?? DEFAULT_POLICY;

const constraint = (what: string) =>
  invalidParameter(
    `1 validation error detected: Value at 'password' failed to satisfy constraint: Member must ${what}`,
  );

/** Refuses what the pool's policy does, without a word of the password itself. */
export const insistOnPolicy = (pool: UserPool, password: string): void => {
  if (password.length > 256) throw constraint('have length less than or equal to 256');
  if (!/^\S+.*\S+$/.test(password)) throw constraint(`satisfy regular expression pattern: ^[\\S]+.*[\\S]+$`);
  const policy = policyOf(pool);
  const complaint =
    password.length < (policy.MinimumLength ?? 6)
      ? 'Password not long enough'
      : CLASSES.find(([rule, pattern]) => policy[rule] && !pattern.test(password))?.[2];
  if (complaint)
    throw new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${complaint}`);
};

const LETTERS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#$%^&*<>'] as const;

/** As Cognito makes one up: of every class, so that it fits any policy. */
export const temporaryPassword = (pool: UserPool): string =>
  Array.from({ length: Math.max(8, policyOf(pool).MinimumLength ?? 0) }, (_, index) => {
    const letters = LETTERS[index % LETTERS.length];
    return letters[randomInt(letters.length)];
  }).join('');

/** cognito-local takes any password. */
const adminSetUserPassword: Repair = (services) => async (ctx, req) => {
  const pool = await poolOf(services, ctx, req.UserPoolId);
  existing(pool, req.Username);
  insistOnPolicy(pool.options, req.Password);
  return route(services)('AdminSetUserPassword')(ctx, req);
};

export const passwordRepairs: Repairs = { AdminSetUserPassword: adminSetUserPassword };
