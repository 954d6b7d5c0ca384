import type { OnMissingUser } from '../../lib/private/contracts/seed';
import type { Cognito } from './cognito';
import { mayMessage } from './contacts';
import { classify, describe, stopsAll, type UserFailure } from './failure';
import { forEachItem } from './pace';
import type { Change } from './settle';

export interface Applied {
  /** Everybody whose change was begun, whatever came of it. */
  readonly attempted: readonly Change[];
  readonly changed: readonly Change[];
  /** Users who went between the look at them and the change. */
  readonly missing: readonly Change[];
  readonly failed: readonly UserFailure[];
}

export interface Work {
  readonly cognito: Cognito;
  readonly workers: number;
  readonly onMissingUser: OnMissingUser;
}

/** Carries changes out: each user is one worker's, one user's trouble stops nobody else, the pool's stops all. */
export const apply = async (changes: readonly Change[], work: Work): Promise<Applied> => {
  const attempted: Change[] = [];
  const changed: Change[] = [];
  const missing: Change[] = [];
  const failed: UserFailure[] = [];
  let stopped = false;

  const carryOut = async (change: Change) => {
    const { before, set, delete: names, clientMetadata, declared, declaredAs } = change;
    attempted.push(change);
    try {
      if (Object.keys(set).length > 0) await work.cognito.set(before.username, set, clientMetadata);
      if (names.length > 0) await work.cognito.delete(before.username, names);
      changed.push(change);
    } catch (error) {
      const tolerated = !declared || work.onMissingUser === 'SKIP';
      if (classify(error) === 'user-missing' && tolerated) return void missing.push(change);
      failed.push({ username: declaredAs, failure: describe(error, [...Object.keys(set), ...names]) });
      stopped ||= stopsAll(error);
    }
  };
  await forEachItem(changes, work.workers, carryOut, () => stopped);
  return { attempted, changed, missing, failed };
};

/** A message cannot be taken back, so whoever is messaged comes last, and only if all else has succeeded. */
export const applyWithMessagesLast = async (changes: readonly Change[], work: Work): Promise<Applied> => {
  const messages = ({ set }: Change) => mayMessage(set);
  const first = await apply(
    changes.filter((change) => !messages(change)),
    work,
  );
  if (first.failed.length > 0) return first;
  const last = await apply(changes.filter(messages), work);
  return {
    attempted: [...first.attempted, ...last.attempted],
    changed: [...first.changed, ...last.changed],
    missing: [...first.missing, ...last.missing],
    failed: last.failed,
  };
};
