import type { Cognito } from './cognito';
import { classify, describe, stopsAll, type UserFailure } from './failure';
import { forEachItem } from './pace';
import type { LiveUser } from './settle';

export interface Seen {
  readonly users: ReadonlyMap<string, LiveUser>;
  readonly missing: ReadonlySet<string>;
  readonly failed: readonly UserFailure[];
  readonly poolMissing: boolean;
}

/**
 * Reads users who are about to change, and who may be one of those: the write counts them as active users all the same.
 * See docs/decisions/002-read-before-write.md.
 */
export const look = async (usernames: readonly string[], cognito: Cognito, workers: number): Promise<Seen> => {
  const users = new Map<string, LiveUser>();
  const missing = new Set<string>();
  const failed: UserFailure[] = [];
  let poolMissing = false;
  let stopped = false;

  const read = async (username: string) => {
    try {
      const user = await cognito.read(username);
      if (user) users.set(username, user);
      else missing.add(username);
    } catch (error) {
      poolMissing ||= classify(error) === 'pool-missing';
      failed.push({ username, failure: describe(error, []) });
      stopped ||= stopsAll(error);
    }
  };
  await forEachItem(usernames, workers, read, () => stopped);
  return { users, missing, failed, poolMissing };
};
