import { type Account, NO_ACCOUNT } from '../../../lambda/seeder/account';
import type { Made } from '../declaration/made';
import type { Password } from './password';
import { passwordOf } from './password';

export interface Group {
  readonly name: string;
  /** Why nobody can join it. */
  readonly complaint?: string;
}

/** What happens to a user beside attributes. */
export interface AccountChange {
  readonly join: readonly Group[];
  readonly leave: readonly string[];
  readonly enabled?: boolean;
  readonly password?: Password;
  /** Whether it is the one that was declared before, and set in case its secret has been rotated. */
  readonly passwordAgain?: true;
}

/** Whether the pool has a group, or has it when the seeder's turn comes. */
export type HasGroup = (group: string) => Promise<boolean>;

export const accountChange = async (
  { join, leave, enabled, password, passwordAgain }: Account = NO_ACCOUNT,
  hasGroup: HasGroup,
  made: Made,
): Promise<AccountChange> => ({
  join: await groupsJoined(join, hasGroup),
  leave,
  enabled,
  password: password && passwordOf(password, made),
  passwordAgain,
});

export const groupsJoined = async (names: readonly string[], hasGroup: HasGroup): Promise<Group[]> => {
  const groups: Group[] = [];
  for (const name of names) {
    groups.push((await hasGroup(name)) ? { name } : { name, complaint: 'the pool has no such group' });
  }
  return groups;
};
