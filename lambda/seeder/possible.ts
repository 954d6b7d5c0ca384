/**
 * What Step Functions may do for a user, as far as it can be told before a worker comes to them: what a run is divided and measured by,
 * and what the plan on the command line shows.
 */
import { valueOf } from './attributes';
import { mayMessage } from './contacts';
import type { Intent } from './plan';
import type { Planned } from './plan-rows';
import { type Change, type LiveUser, settle, settleCreation } from './settle';

/** One change at least; an update comes last. */
export const possibleChanges = (planned: Pick<Planned, 'intent' | 'live'>): Change[] => {
  const { intent, live } = planned;
  const { owner, isNew, delete: names, prune } = intent;
  const update = (live && settle(intent, live)) ?? unseen({ ...intent, delete: [...names, ...Object.keys(prune)] });
  if (owner !== undefined) return [{ ...unseen(intent), remove: true }, update];
  const creation = isNew && !live ? settleCreation(intent) : undefined;
  return creation ? [creation, update] : [update];
};

/** The change of a user whom nobody has looked at. */
export const unseen = ({ username, declared, set, delete: names, clientMetadata, account }: Intent): Change => ({
  declaredAs: username,
  declared,
  before: { username, attributes: {} },
  set,
  delete: names,
  clientMetadata,
  account,
});

/** Where the answer may change what is done, and cannot be had from the list of the pool, which may be an hour old. */
export const isLookedAt = ({ intent, live }: Pick<Planned, 'intent' | 'live'>): boolean => {
  const { set, kept, isNew, declared, account, owner, memory } = intent;
  return (
    memory !== undefined ||
    owner !== undefined ||
    kept !== undefined ||
    (isNew !== undefined && !live) ||
    (!declared && account !== undefined) ||
    mayMessage(set) ||
    mayPrune(intent, live)
  );
};

const mayPrune = ({ prune }: Intent, live: LiveUser | undefined): boolean =>
  Object.entries(prune).some(([name, value]) => !live || valueOf(live.attributes, name) === value);
