import type { OnMissingUser } from '../../lib/private/contracts/seed';
import { classify, describe, stopsAll, type UserFailure } from './failure';
import { forEachItem } from './pace';
import { type Hands, performer } from './perform';
import { type Change, isFinal } from './settle';

export interface Applied {
  /** Everybody whose change was begun, whatever came of it. */
  readonly attempted: readonly Change[];
  readonly changed: readonly Change[];
  /** Users who went between the look at them and the change. */
  readonly missing: readonly Change[];
  /** By their change, the `sub` of users who are there because of it. */
  readonly created: ReadonlyMap<Change, string>;
  readonly failed: readonly UserFailure[];
}

export interface Work extends Hands {
  readonly workers: number;
  readonly onMissingUser: OnMissingUser;
}

/** Carries changes out: each user is one worker's, one user's trouble stops nobody else, the pool's stops all. */
export const apply = async (changes: readonly Change[], work: Work): Promise<Applied> => {
  const attempted: Change[] = [];
  const changed: Change[] = [];
  const missing: Change[] = [];
  const created = new Map<Change, string>();
  const failed: UserFailure[] = [];
  let stopped = false;
  const perform = performer(work);

  const carryOut = async (change: Change) => {
    attempted.push(change);
    try {
      await perform(change, (sub) => created.set(change, sub));
      changed.push(change);
    } catch (error) {
      const tolerated = !change.declared || work.onMissingUser === 'SKIP';
      if (classify(error) === 'user-missing' && tolerated) return void missing.push(change);
      failed.push({ username: change.declaredAs, failure: describe(error, namesIn(change)) });
      stopped ||= stopsAll(error);
    }
  };
  await forEachItem(changes, work.workers, carryOut, () => stopped);
  return { attempted, changed, missing, created, failed };
};

/** The attributes that are sent. */
export const namesIn = ({ set, delete: names, create }: Pick<Change, 'set' | 'delete' | 'create'>): string[] => [
  ...Object.keys(set),
  ...names,
  ...Object.keys(create?.attributes ?? {}),
];

/** What cannot be taken back comes last, and only if all else has succeeded. */
export const applyWithFinalLast = async (changes: readonly Change[], work: Work): Promise<Applied> => {
  const invites = (work.creation?.invitation ?? []).length > 0;
  const first = await apply(
    changes.filter((change) => !isFinal(change, invites)),
    work,
  );
  if (first.failed.length > 0) return first;
  const last = await apply(
    changes.filter((change) => isFinal(change, invites)),
    work,
  );
  return {
    attempted: [...first.attempted, ...last.attempted],
    changed: [...first.changed, ...last.changed],
    missing: [...first.missing, ...last.missing],
    created: new Map([...first.created, ...last.created]),
    failed: last.failed,
  };
};
