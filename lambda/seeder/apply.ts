import type { Cognito } from './cognito';
import { mayMessage } from './contacts';
import { classify, describe, type Failure } from './failure';
import { forEachItem } from './pace';
import type { Change } from './settle';

export interface UserFailure {
  readonly username: string;
  readonly failure: Failure;
}

export interface Applied {
  readonly changed: readonly string[];
  /** Users who went between the look at them and the change. */
  readonly missing: readonly string[];
  readonly failed: readonly UserFailure[];
}

/** Carries changes out: each user is one worker's, one user's trouble stops nobody else, the pool's stops all. */
export const apply = async (changes: readonly Change[], cognito: Cognito, workers: number): Promise<Applied> => {
  const changed: string[] = [];
  const missing: string[] = [];
  const failed: UserFailure[] = [];
  let stopped = false;

  const carryOut = async ({ username, set, delete: names, clientMetadata }: Change) => {
    try {
      if (Object.keys(set).length > 0) await cognito.set(username, set, clientMetadata);
      if (names.length > 0) await cognito.delete(username, names);
      changed.push(username);
    } catch (error) {
      if (classify(error) === 'user-missing') return void missing.push(username);
      failed.push({ username, failure: describe(error, [...Object.keys(set), ...names]) });
      stopped ||= stopsAll(error);
    }
  };
  await forEachItem(changes, workers, carryOut, () => stopped);
  return { changed, missing, failed };
};

/** A message cannot be taken back, so whoever is messaged comes last, and only if all else has succeeded. */
export const applyWithMessagesLast = async (
  changes: readonly Change[],
  cognito: Cognito,
  workers: number,
): Promise<Applied> => {
  const messages = ({ set }: Change) => mayMessage(set);
  const first = await apply(
    changes.filter((change) => !messages(change)),
    cognito,
    workers,
  );
  if (first.failed.length > 0) return first;
  const last = await apply(changes.filter(messages), cognito, workers);
  return {
    changed: [...first.changed, ...last.changed],
    missing: [...first.missing, ...last.missing],
    failed: last.failed,
  };
};

/** Whether the next user would fail just so. */
export const stopsAll = (error: unknown): boolean =>
  ['pool', 'pool-missing'].includes(classify(error)) || (error as Error)?.name === 'OutOfTime';
