/**
 * What the Lambda engine remembers of users, as one object in a bucket, written before the first of them is changed: how to undo
 * the latest deployment, and what was there before all of them. CloudFormation's next request tells what has become of it: the
 * declaration that was in force is the one before the deployment, or the one after.
 */
import type { Seed } from '../../lib/private/contracts/seed';
import { hasAccountWork, NO_ACCOUNT } from './account';
import { digest } from './digest';
import { type Former, remember } from './former';
import type { Intent } from './plan';
import type { Change } from './settle';

/** By declared name. */
export type Formers = Readonly<Record<string, Former>>;

export interface Journal {
  /** The request that has written it. */
  readonly request: string;
  /** Which step it was, by the digests of declarations: null where there was none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly changes: readonly Change[];
  /** By the declared name, the `sub` of users who have been created. */
  readonly created: Readonly<Record<string, string>>;
  /** What was there before all declarations, as long as the step has not been made, and once it has been. */
  readonly before: Formers;
  readonly after: Formers;
}

export const digestOf = (seed: Seed | undefined): string | null => (seed ? digest(seed) : null);

export interface StepDigests {
  readonly from: string | null;
  readonly to: string | null;
}

export const digestsOf = (previous: Seed | undefined, desired: Seed | undefined): StepDigests => ({
  from: digestOf(previous),
  to: digestOf(desired),
});

/** What was there before all declarations, where a step begins. */
export const formersAt = (journal: Journal | undefined, { from, to }: StepDigests): Formers => {
  if (!journal) return {};
  if (from === journal.from) return journal.before;
  if (from === journal.to) return journal.after;
  // What the journal does not know was refused, or was another pool's: whoever comes back finds their declaration in force.
  if (to === journal.to) return journal.after;
  return to === journal.from ? journal.before : {};
};

/** Whether a step leads back to where the journal's came from. */
export const isWayBack = <J extends StepDigests>(journal: J | undefined, { from, to }: StepDigests): journal is J =>
  journal !== undefined && from === journal.to && to === journal.from;

/** The journal of a step that is about to be made; where it has been begun before, of both attempts. */
export const journalOf = (
  begun: Journal | undefined,
  request: string,
  digests: StepDigests,
  intents: readonly Intent[],
  changes: readonly Change[],
): Journal => {
  const again = begun?.request === request && begun.from === digests.from && begun.to === digests.to;
  const before = formersAt(begun, digests);
  const all = again ? joined(begun.changes, changes) : changes;
  const byName = new Map(all.map((change) => [change.declaredAs, change]));
  const after = intents.flatMap(({ username, memory }) => {
    const former = memory && remember(memory, byName.get(username));
    return former ? [[username, former]] : [];
  });
  const concerned = new Set(intents.map(({ username }) => username));
  return {
    request,
    ...digests,
    changes: all,
    created: again ? begun.created : {},
    before,
    after: {
      // Whom the step does not concern is as before.
      ...Object.fromEntries(Object.entries(before).filter(([username]) => !concerned.has(username))),
      ...Object.fromEntries(after),
    },
  };
};

/** What two attempts have changed: the first knows what was there, the second what came last. */
const joined = (first: readonly Change[], second: readonly Change[]): readonly Change[] => {
  const later = new Map(second.map((change) => [change.declaredAs, change]));
  const both = first.map((change) => {
    const again = later.get(change.declaredAs);
    later.delete(change.declaredAs);
    return again ? joinedOf(change, again) : change;
  });
  return [...both, ...later.values()];
};

export const joinedOf = (first: Change, second: Change): Change => {
  if (first.create || second.remove) return { ...second, before: first.before, create: first.create };
  const set = { ...first.set, ...second.set };
  const [one = NO_ACCOUNT, other = NO_ACCOUNT] = [first.account, second.account];
  const account = {
    join: [...new Set([...one.join, ...other.join])],
    leave: [...new Set([...one.leave, ...other.leave])],
    ...(one.enabled !== undefined || other.enabled !== undefined ? { enabled: other.enabled ?? one.enabled } : {}),
  };
  return {
    ...second,
    before: first.before,
    set,
    delete: [...new Set([...first.delete, ...second.delete])].filter((name) => !Object.hasOwn(set, name)),
    account: hasAccountWork(account) ? account : undefined,
  };
};
