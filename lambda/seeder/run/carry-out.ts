import type { OnMissingUser } from '../../../lib/private/contracts/seed';
import type { Cognito } from '../cognito';
import { mayMessage } from '../contacts';
import { classify, describe, type Failure } from '../failure';
import type { Planned } from '../plan-rows';
import { requestsOf, settle } from '../settle';

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
): Promise<Outcome> => {
  let names: string[] = [];
  try {
    const reads = mayMessage(intent.set) || (!live && Object.keys(intent.prune).length > 0);
    const user = reads ? await cognito.read(live?.username ?? intent.username) : live;
    if (reads && !user) throw Object.assign(new Error(), { name: 'UserNotFoundException' });
    const change = user ? settle(intent, user) : { set: intent.set, delete: intent.delete };
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

/** Whether the next user would fail just so, or nobody can be served now. */
const isFatal = (error: unknown): boolean =>
  ['pool', 'pool-missing'].includes(classify(error)) || (error as Error).name === 'OutOfTime';

/** How many requests a user takes at most, reads apart. */
export const writesOf = ({ intent: { set, delete: names, prune } }: Planned): number =>
  requestsOf({ set, delete: [...names, ...Object.keys(prune)] });
