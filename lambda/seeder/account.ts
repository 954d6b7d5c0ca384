import type { DeclaredUser, PasswordSource } from '../../lib/private/contracts/seed-user';
import type { Former } from './former';

/** What is to become of a user beside attributes. */
export interface Account {
  /** Groups that the user is to be a member of, and no longer. */
  readonly join: readonly string[];
  readonly leave: readonly string[];
  readonly enabled?: boolean;
  /** To be set for a user who is there already. */
  readonly password?: PasswordSource;
  /** Whether it was declared before: then it is set in case its secret has been rotated. */
  readonly passwordAgain?: true;
}

export const NO_ACCOUNT: Account = { join: [], leave: [] };

export const hasAccountWork = ({ join, leave, enabled, password }: Account): boolean =>
  join.length + leave.length > 0 || enabled !== undefined || password !== undefined;

type Declared = Pick<DeclaredUser, 'groups' | 'enabled' | 'password'>;

/** Whether all that is declared counts, changed or not; whether what leaves is to go; and what was there before, where known. */
export interface AccountRules {
  readonly anew: boolean;
  readonly prune: boolean;
  readonly former?: Former;
}

/**
 * A user who leaves the declaration stays enabled or disabled, unless somebody has remembered what they were: nobody is let in
 * again because a line is gone. A password out of a secret is set again by each step, since nobody knows whether the secret has
 * been rotated.
 */
export const planAccount = (before: Declared, after: Declared, { anew, prune, former }: AccountRules): Account => {
  const groupsBefore = before.groups ?? [];
  const groups = after.groups ?? [];
  // Where it was so already, another value is somebody else's.
  const leaves = prune && before.enabled !== undefined && former?.enabled !== before.enabled;
  const enabled = after.enabled ?? (leaves ? former?.enabled : undefined);
  return {
    join: anew ? groups : groups.filter((group) => !groupsBefore.includes(group)),
    leave: prune
      ? groupsBefore.filter((group) => !groups.includes(group) && (!former || former.groups?.[group] === false))
      : [],
    ...(enabled !== undefined && (anew || enabled !== before.enabled) ? { enabled } : {}),
    ...(isLasting(after.password) ? { password: after.password } : {}),
    ...(isLasting(after.password) && isSame(before.password, after.password) ? { passwordAgain: true } : {}),
  };
};

/** All others are a matter of the creation. */
const isLasting = (password: PasswordSource | undefined): boolean => password?.kind === 'secret' && !password.temporary;

const isSame = (one: PasswordSource | undefined, other: PasswordSource | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A user's account as the pool has it, as far as somebody has looked. */
export interface LiveAccount {
  readonly enabled?: boolean;
  readonly groups?: readonly string[];
}

/** What is left to do. */
export const settleAccount = (account: Account, { enabled, groups }: LiveAccount): Account => ({
  join: account.join.filter((group) => !groups?.includes(group)),
  leave: account.leave.filter((group) => !groups || groups.includes(group)),
  ...(account.enabled !== undefined && account.enabled !== enabled ? { enabled: account.enabled } : {}),
  ...(account.password ? { password: account.password, passwordAgain: account.passwordAgain } : {}),
});

/** What puts an account back as it was; a password is gone for good. */
export const undoAccount = (account: Account, before: LiveAccount, live: LiveAccount): Account => ({
  join: account.leave.filter((group) => before.groups?.includes(group) && !live.groups?.includes(group)),
  leave: account.join.filter((group) => !before.groups?.includes(group) && live.groups?.includes(group)),
  ...(account.enabled !== undefined && before.enabled !== undefined && before.enabled !== live.enabled
    ? { enabled: before.enabled }
    : {}),
});
