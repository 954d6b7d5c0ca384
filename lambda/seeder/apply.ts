import type { OnMissingUser } from '../../lib/private/contracts/seed';
import { hasAccountWork } from './account';
import { classify, describe, stopsAll, type UserFailure } from './failure';
import { forEachItem } from './pace';
import { type Hands, performer } from './perform';
import { type Change, phaseOf, PHASES } from './settle';

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

/** Phase by phase, up to the first in which somebody fails. */
export const applyInPhases = async (changes: readonly Change[], work: Work): Promise<Applied> => {
  const invites = (work.creation?.invitation ?? []).length > 0;
  const wholeOf = new Map<Change, Change>();
  const parts = changes.flatMap((change) =>
    partsOf(change).map((part) => {
      wholeOf.set(part, change);
      return { part, phase: phaseOf(part, invites) };
    }),
  );
  const done: Applied[] = [];
  for (const phase of PHASES) {
    const some = parts.filter((each) => each.phase === phase);
    done.push(
      await apply(
        some.map(({ part }) => part),
        work,
      ),
    );
    if (done.at(-1)!.failed.length > 0) break;
  }
  const whole = (parts: readonly Change[]) => [...new Set(parts.map((part) => wholeOf.get(part)!))];
  return {
    attempted: whole(done.flatMap(({ attempted }) => attempted)),
    changed: whole(done.flatMap(({ changed }) => changed)),
    missing: whole(done.flatMap(({ missing }) => missing)),
    created: new Map(done.flatMap(({ created }) => [...created].map(([part, sub]) => [wholeOf.get(part)!, sub]))),
    failed: done.flatMap(({ failed }) => failed),
  };
};

/** A password, and what can be done before it; whoever is to be disabled is so after it. */
const partsOf = (change: Change): readonly Change[] => {
  const { account, create, remove } = change;
  if (!account?.password || create || remove) return [change];
  const { password, passwordAgain, enabled, ...memberships } = account;
  const before = { ...memberships, ...(enabled ? { enabled } : {}) };
  const after = { join: [], leave: [], password, passwordAgain, ...(enabled === false ? { enabled } : {}) };
  const isBare = Object.keys(change.set).length + change.delete.length === 0 && !hasAccountWork(before);
  return [
    ...(isBare ? [] : [{ ...change, account: hasAccountWork(before) ? before : undefined }]),
    { ...change, set: {}, delete: [], account: after },
  ];
};
