import type { OnMissingUser } from '../../../lib/private/contracts/seed';
import { namesIn } from '../apply';
import { where } from '../attributes';
import type { Cognito } from '../cognito';
import { classify, describe, type Failure, stopsAll } from '../failure';
import { asksForGroups } from '../find';
import type { Perform } from '../perform';
import type { Planned } from '../plan-rows';
import { isLookedAt, unseen } from '../possible';
import type { Intent } from '../plan';
import { type Change, type LiveUser, settle, settleCreation } from '../settle';
import { begunBefore, CLOCKS_DIFFER, type Since } from './half-made';

export type Outcome =
  | {
      readonly status: 'Changed';
      /** The `sub` of a user who is there now. */
      readonly created?: string;
      /** Whether the user is gone now. */
      readonly deleted?: true;
    }
  | { readonly status: 'Unchanged' }
  | { readonly status: 'Skipped' | 'Failed'; readonly failure: Failure };

/** What a worker carries changes out with. */
export interface Worker {
  readonly cognito: Cognito;
  readonly perform: Perform;
  readonly onMissingUser: OnMissingUser;
  readonly elsewhere?: Elsewhere;
  /** Milliseconds since 1970: whoever was created before is not deleted. */
  readonly ownSince?: number;
}

/** The attributes that are declared of a user now under another name than the one that left the declaration. */
export type Elsewhere = (user: LiveUser) => Promise<readonly string[] | undefined>;

/** What is to be done for a user. */
export interface Decision {
  /** Absent where nothing is. */
  readonly change?: Change;
  /** The `sub` of a user whose creation somebody else has begun. */
  readonly begun?: string;
  /** Why nobody knows. */
  readonly error?: unknown;
}

/**
 * What is to be done for a user. They are looked at only where it matters.
 *
 * @param since when a former worker may have begun to create the user
 */
export const decide = async (
  { intent, live }: Planned,
  { cognito, elsewhere, ownSince = -Infinity }: Worker,
  since?: Since,
): Promise<Decision> => {
  try {
    const looks = isLookedAt({ intent, live });
    const user = looks ? await cognito.read(live?.username ?? intent.username) : live;
    if (!user) return { change: looks ? creationOf(intent) : unseen(intent) };
    const made = since === undefined ? undefined : await begunBefore(intent, user, since, cognito);
    if (made) return { change: made.rest, begun: made.sub };
    const others = intent.declared ? undefined : await elsewhere?.(user);
    const isOlder = (user.createdAt ?? 0) < ownSince - CLOCKS_DIFFER;
    const own = others ? stillDeclared(intent, others) : isOlder ? { ...intent, owner: undefined } : intent;
    return { change: settle(own, asksForGroups({ intent: own }) ? await withGroups(user, cognito) : user) };
  } catch (error) {
    return { error };
  }
};

/** Carries out what has been decided. */
export const act = async (
  { intent }: Planned,
  { change, begun, error }: Decision,
  worker: Worker,
): Promise<Outcome> => {
  try {
    if (error !== undefined) throw error;
    if (!change) return begun === undefined ? { status: 'Unchanged' } : { status: 'Changed', created: begun };
    const created = await (begun === undefined ? make(change, worker) : worker.perform(change).then(() => begun));
    return {
      status: 'Changed',
      ...(created === undefined ? {} : { created }),
      ...(change.remove ? { deleted: true } : {}),
    };
  } catch (failure) {
    if (stopsAll(failure)) throw failure;
    const missing = classify(failure) === 'user-missing';
    if (missing && !intent.declared) return { status: 'Unchanged' };
    // Whoever was declared before may have been deleted since by somebody else.
    if (missing && change && !change.create && intent.creation && !intent.memory) {
      return act({ intent, line: 0 }, { change: settleCreation(intent) }, worker);
    }
    const status = missing && worker.onMissingUser === 'SKIP' ? 'Skipped' : 'Failed';
    return { status, failure: describe(failure, change ? namesIn(change) : []) };
  }
};

export const carryOut = async (planned: Planned, worker: Worker, since?: Since): Promise<Outcome> =>
  act(planned, await decide(planned, worker, since), worker);

/** @returns the `sub` of a user who has been created */
const make = async (change: Change, { perform, cognito }: Worker): Promise<string | undefined> => {
  let created: string | undefined;
  try {
    await perform(change, (sub) => (created = sub));
    return created;
  } catch (error) {
    // A user without their groups or password would be found, and left so, by the next deployment.
    if (created !== undefined && !stopsAll(error)) await cognito.remove(created).catch(() => undefined);
    throw error;
  }
};

const creationOf = (intent: Intent): Change => {
  const change = settleCreation(intent);
  if (!change) throw Object.assign(new Error(), { name: 'UserNotFoundException' });
  return change;
};

const withGroups = async (user: LiveUser, cognito: Cognito): Promise<LiveUser> => ({
  ...user,
  groups: await cognito.groups(user.username),
});

/** Whoever is declared under another name stays, and loses only what is declared no more. */
const stillDeclared = (intent: Intent, names: readonly string[]): Intent => ({
  ...intent,
  prune: where(intent.prune, (name) => !names.includes(name)),
  account: undefined,
  owner: undefined,
});
