import { setTimeout as sleep } from 'node:timers/promises';
import { classify, describe, stopsAll } from '../failure';
import { namesIn } from '../apply';
import { type Change, undo } from '../settle';
import type { Outcome, Worker } from './carry-out';
import type { Undoing } from './item';

/** Milliseconds after which an address may be free that another user is losing just now. */
const ADDRESS_MAY_BE_FREE = 1_000;
const TRIES = 5;

/** Puts a user back as they were before a run, but for what somebody else has changed since. */
export const carryBack = async (
  { undo: change, created }: Undoing,
  worker: Pick<Worker, 'cognito' | 'perform'>,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<Outcome> => {
  let back: Change | undefined;
  try {
    back = await backOf(change, created, worker);
    if (!back) return { status: 'Unchanged' };
    for (let tries = 1; ; tries++) {
      try {
        await worker.perform(back);
        return { status: 'Changed', ...(back.remove ? { deleted: true } : {}) };
      } catch (error) {
        if ((error as Error).name !== 'AliasExistsException' || tries === TRIES) throw error;
        await pause(ADDRESS_MAY_BE_FREE);
      }
    }
  } catch (error) {
    if (stopsAll(error)) throw error;
    // Who has gone meanwhile need not be put back.
    if (classify(error) === 'user-missing') return { status: 'Unchanged' };
    return { status: 'Failed', failure: describe(error, back ? namesIn(back) : []) };
  }
};

const backOf = async (
  change: Change,
  created: string | undefined,
  { cognito }: Pick<Worker, 'cognito'>,
): Promise<Change | undefined> => {
  const live = await cognito.read(change.before.username);
  if (!live) return undefined;
  const groups = change.before.groups && (await cognito.groups(live.username));
  return undo(change, groups ? { ...live, groups } : live, created);
};
