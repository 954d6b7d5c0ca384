import { type Account, hasAccountWork, NO_ACCOUNT } from '../account';
import { valueOf } from '../attributes';
import type { Cognito } from '../cognito';
import type { Declared, Intent } from '../plan';
import type { Change, LiveUser } from '../settle';

/** What a worker that was killed has begun, and what is left of it. */
export interface Begun {
  /** The user's. */
  readonly sub: string;
  /** Absent where nothing is left. */
  readonly rest?: Change;
}

/** Milliseconds by which Cognito's clock and ours may differ. */
export const CLOCKS_DIFFER = 5_000;

/** Milliseconds since 1970 between which former workers may have been at it. */
export interface Since {
  readonly at: number;
  readonly until: number;
}

/**
 * Whether a user is the work of a worker that was killed: created since the chunk was begun, and as that one has left them. Everybody
 * else was there before, or is somebody else's.
 *
 * @param since when the chunk was begun, and when its last worker was gone
 */
export const begunBefore = async (
  intent: Intent,
  live: LiveUser,
  { at, until }: Since,
  cognito: Pick<Cognito, 'groups'>,
): Promise<Begun | undefined> => {
  const { creation } = intent;
  const { sub } = live.attributes;
  const { createdAt = 0 } = live;
  if (!creation || createdAt < at - CLOCKS_DIFFER || createdAt > until + CLOCKS_DIFFER) return undefined;
  const { owner } = creation;
  const groups = [...(owner === undefined ? [] : [owner]), ...(creation.groups ?? [])];
  const disables = creation.enabled === false;
  // This comes last, and so all else is done.
  if (disables && live.enabled === false) return { sub };
  // Nobody has signed in yet, and no password has been set.
  if (live.status === 'FORCE_CHANGE_PASSWORD') {
    const { password } = creation;
    return { sub, rest: restOf(intent, live, { join: groups, ...(setsPassword(creation) ? { password } : {}) }) };
  }
  // The password comes after groups.
  if (live.status !== 'CONFIRMED' || !setsPassword(creation) || !hasAll(live, creation)) return undefined;
  const memberOf = groups.length > 0 ? await cognito.groups(live.username) : [];
  if (!groups.every((group) => memberOf.includes(group))) return undefined;
  return disables ? { sub, rest: restOf(intent, live, {}) } : { sub };
};

/** What a creation does after its first request, which is not sent again: it may have invited somebody. */
const restOf = (
  { username, clientMetadata, creation }: Intent,
  live: LiveUser,
  account: Partial<Account>,
): Change | undefined => {
  const rest = { ...NO_ACCOUNT, ...account, ...(creation?.enabled === false ? { enabled: false } : {}) };
  if (!hasAccountWork(rest)) return undefined;
  return { declaredAs: username, declared: true, before: live, set: {}, delete: [], clientMetadata, account: rest };
};

/** A temporary one goes with the first request. */
const setsPassword = ({ password }: Declared): boolean =>
  password !== undefined && !(password.kind === 'secret' && password.temporary);

const hasAll = ({ attributes }: LiveUser, declared: Declared): boolean =>
  Object.entries(declared.attributes).every(([name, value]) => valueOf(attributes, name) === value);
