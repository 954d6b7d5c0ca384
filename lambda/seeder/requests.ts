import { NO_ACCOUNT } from './account';
import { carriedOut, type Change, undo } from './settle';

/** Requests by the quotas in which Cognito counts them, each at a pace of its own. Reads apart. */
export interface Requests {
  readonly updates: number;
  readonly creations: number;
  readonly passwords: number;
}

export const NO_REQUESTS: Requests = { updates: 0, creations: 0, passwords: 0 };

/** How many requests it takes to carry a change out. */
export const requestsOf = ({
  set,
  delete: names,
  account = NO_ACCOUNT,
  create,
  remove,
}: Pick<Change, 'set' | 'delete' | 'account' | 'create' | 'remove'>): Requests => {
  if (remove) return { ...NO_REQUESTS, updates: 1 };
  if (create) {
    const { groups = [], enabled, password, owner } = create;
    return {
      updates: groups.length + Number(owner !== undefined) + Number(enabled === false),
      creations: 1,
      passwords: Number(password !== undefined && !(password.kind === 'secret' && password.temporary)),
    };
  }
  const { join, leave, enabled, password } = account;
  return {
    // One update and one deletion at most.
    updates:
      Math.sign(Object.keys(set).length) +
      Math.sign(names.length) +
      join.length +
      leave.length +
      Number(enabled !== undefined),
    creations: 0,
    passwords: Number(password !== undefined),
  };
};

/** How many requests it takes to put a user back: a look, or two where groups count, and what undoes the change. */
export const requestsToUndo = (change: Change): number => {
  if (change.create) return 2;
  const back = undo(change, carriedOut(change));
  return 1 + Number(change.before.groups !== undefined) + (back ? requestsOf(back).updates : 0);
};

export const sumOf = (requests: readonly Requests[]): Requests =>
  requests.reduce(
    (sum, { updates, creations, passwords }) => ({
      updates: sum.updates + updates,
      creations: sum.creations + creations,
      passwords: sum.passwords + passwords,
    }),
    NO_REQUESTS,
  );

/** The paces go on at the same time, so that the longest queue is what it takes. */
export const longestOf = ({ updates, creations, passwords }: Requests): number =>
  Math.max(updates, creations, passwords);
