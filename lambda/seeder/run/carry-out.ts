import type { OnMissingUser } from '../../../lib/private/contracts/seed';
import { valueOf, where } from '../attributes';
import type { Cognito } from '../cognito';
import { mayMessage } from '../contacts';
import { classify, describe, type Failure } from '../failure';
import type { Planned } from '../plan-rows';
import type { Intent } from '../plan';
import { type LiveUser, requestsOf, settle } from '../settle';

export type Outcome =
  { readonly status: 'Changed' | 'Unchanged' } | { readonly status: 'Skipped' | 'Failed'; readonly failure: Failure };

/**
 * Changes one user. They are read before only where it matters: where something goes that somebody may have changed since, and
 * where somebody would be messaged twice.
 */
export const carryOut = async (
  { intent, live }: Planned,
  cognito: Cognito,
  onMissingUser: OnMissingUser,
  elsewhere: Elsewhere = async () => [],
): Promise<Outcome> => {
  let names: string[] = [];
  try {
    const reads = mayMessage(intent.set) || mayPrune(intent, live);
    const user = reads ? await cognito.read(live?.username ?? intent.username) : live;
    if (reads && !user) throw Object.assign(new Error(), { name: 'UserNotFoundException' });
    const kept = user && !intent.declared ? await elsewhere(user) : [];
    const change = user
      ? settle({ ...intent, prune: where(intent.prune, (name) => !kept.includes(name)) }, user)
      : { set: intent.set, delete: intent.delete };
    if (!change || requestsOf(change) === 0) return { status: 'Unchanged' };
    names = [...Object.keys(change.set), ...change.delete];
    const username = user?.username ?? intent.username;
    if (Object.keys(change.set).length > 0) await cognito.set(username, change.set, intent.clientMetadata);
    if (change.delete.length > 0) await cognito.delete(username, change.delete);
    return { status: 'Changed' };
  } catch (error) {
    if (isFatal(error)) throw error;
    const missing = classify(error) === 'user-missing';
    if (missing && !intent.declared) return { status: 'Unchanged' };
    const status = missing && onMissingUser === 'SKIP' ? 'Skipped' : 'Failed';
    return { status, failure: describe(error, names) };
  }
};

/** The attributes that are declared of a user now under another name than the one that left the declaration. */
export type Elsewhere = (user: LiveUser) => Promise<readonly string[]>;

/** What the pool showed when it was listed may be an hour old. */
const mayPrune = ({ prune }: Intent, live: LiveUser | undefined): boolean =>
  Object.entries(prune).some(([name, value]) => !live || valueOf(live.attributes, name) === value);

/** Whether the next user would fail just so, or nobody can be served now. */
const isFatal = (error: unknown): boolean =>
  ['pool', 'pool-missing'].includes(classify(error)) || (error as Error).name === 'OutOfTime';

/** How many requests a user takes at most, reads apart. */
export const writesOf = ({ intent: { set, delete: names, prune } }: Planned): number =>
  requestsOf({ set, delete: [...names, ...Object.keys(prune)] });
