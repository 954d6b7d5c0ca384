import type { Cognito } from '../cognito';
import { classify, reasonOf } from '../failure';
import type { Passwords } from '../passwords';
import { performer } from '../perform';
import type { Planned } from '../plan-rows';
import { rulesOfRequest } from '../step';
import { Blocks } from './blocks';
import { carryBack } from './carry-back';
import { act, decide, type Outcome, type Worker } from './carry-out';
import { NotNow } from './checkpoint';
import type { Since } from './half-made';
import { isDeclared, isUndoing, type Item } from './item';
import { readNewNames } from './new-names';
import type { LoadedRequest } from './run-request';
import type { RunStore } from './run-store';
import { SeedStopped } from './seed-stopped';

export interface TaskOptions {
  readonly store: RunStore;
  readonly cognito: Cognito;
  readonly passwords: Passwords;
  /** The first user whom this worker changes. */
  readonly from: number;
  /** Users at a time. */
  readonly limit: number;
  /** When former workers were at it, and the first user whom they cannot have reached. */
  readonly begun?: Since & { readonly before: number };
}

/** What is done for each user of a chunk. */
export const taskFor = async (
  chunk: number,
  items: readonly Item[],
  request: LoadedRequest,
  { store, cognito, passwords, from, limit, begun }: TaskOptions,
): Promise<(index: number) => Promise<Outcome>> => {
  const { step, undoes, ownSince } = request;
  const { creation, restores } = rulesOfRequest(step);
  const leavers = step.desired && items.some((item) => !isDeclared(item));
  const worker: Worker = {
    cognito,
    perform: performer({ cognito, passwords, creation }),
    onMissingUser: step.onMissingUser,
    ...(ownSince === undefined ? {} : { ownSince }),
    elsewhere: leavers && undoes === undefined ? await readNewNames(store, cognito) : undefined,
  };
  const decideFor = (index: number) =>
    decide(items[index] as Planned, worker, begun && index < begun.before ? begun : undefined);
  const blocks =
    restores && undoes === undefined
      ? new Blocks({ store, chunk, users: items as readonly Planned[], from, limit, decide: decideFor })
      : undefined;
  const decided = blocks ? (index: number) => blocks.decisionFor(index) : decideFor;
  return async (index) => {
    const item = items[index];
    const outcome = isUndoing(item) ? carryBack(item, worker) : act(item, await decided(index), worker);
    return outcome.catch((error) => giveUp(error, request));
  };
};

/** A pool that is gone is as good as cleaned; otherwise nobody else fares better. */
const giveUp = (error: unknown, { step }: LoadedRequest): Outcome => {
  if ((error as Error).name === 'OutOfTime') throw new NotNow();
  if (classify(error) === 'pool-missing' && step.desired === undefined) return { status: 'Unchanged' };
  throw new SeedStopped(`Nobody can be changed: ${reasonOf(error) ?? (error as Error).name}`);
};
