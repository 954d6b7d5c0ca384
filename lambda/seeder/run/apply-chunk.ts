import type { ApplyAnswer } from '../../../lib/private/contracts/seed-run';
import { METRICS } from '../../../lib/private/contracts/seed';
import type { Cognito } from '../cognito';
import { fileOf } from '../comparison';
import { classify, reasonOf } from '../failure';
import type { Gauge } from '../gauge';
import type { Pace } from '../pace';
import type { Planned } from '../plan-rows';
import { reportLine } from '../report';
import { carryOut, type Outcome } from './carry-out';
import { NotNow, withCheckpoints } from './checkpoint';
import { readNewNames } from './new-names';
import { chunkName, NO_PROGRESS, type Progress, progressName } from './progress';
import { type LoadedRequest, type SeederState, STATE } from './run-request';
import type { RunStore } from './run-store';

export interface ApplySurroundings {
  readonly store: RunStore;
  /** The seeder's own place, beyond its runs. */
  readonly seederStore: RunStore;
  readonly cognito: Cognito;
  readonly pace: Pace;
  readonly gauge: Gauge;
  readonly throttled: () => number;
  readonly mayGoOn: () => boolean;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** What no other try can help: the state machine does not repeat it. */
export class SeedStopped extends Error {
  readonly name = 'SeedStopped';
}

/** Failures beyond those tolerated, after which a chunk is left alone: enough to see what they have in common. */
const TOLD = 100;

/** Milliseconds for which a look at whose turn it is holds: with a request under way, less than the next run waits. */
const TURN_HOLDS = 5_000;

/** Changes the users of a chunk, from where its last worker has stopped, as far as there is time. */
export const applyChunk = async (
  chunk: number,
  request: LoadedRequest,
  surroundings: ApplySurroundings,
): Promise<ApplyAnswer> => {
  const { store, cognito, pace, gauge, throttled, mayGoOn, now = Date.now } = surroundings;
  let progress = (await store.get<Progress>(progressName(chunk))) ?? NO_PROGRESS;
  if (progress.done) return { done: true };
  let turnAt = -Infinity;
  const stillOurs = async () => {
    if (now() - turnAt < TURN_HOLDS) return;
    turnAt = now();
    await insistOnTurn(surroundings);
  };
  await stillOurs();
  const users = (await store.lines(chunkName(chunk))).map((line) => JSON.parse(line) as Planned);
  const { onMissingUser, desired } = request.step;
  const file = desired && fileOf(desired);
  const leavers = desired && users.some(({ intent }) => !intent.declared);
  const elsewhere = leavers ? await readNewNames(store, cognito) : undefined;
  let before = throttled();
  const hopeless = () => progress.failed > request.toleratedFailures + TOLD;

  const isBehind = async () => {
    const other = await store.get<Progress>(progressName(chunk));
    return other !== undefined && (other.done || other.next > progress.next);
  };
  const save = async (next: number, outcomes: readonly Outcome[]) => {
    await insistOnTurn(surroundings);
    const first = progress.next;
    // A worker that was given up may still be at it, and be further.
    if (await isBehind()) throw new NotNow();
    const lines = outcomes.flatMap((outcome, index) => {
      const { line, intent } = users[first + index];
      if (!('failure' in outcome)) return [];
      const place = line > 0 && file !== undefined ? { file, line } : undefined;
      return [reportLine(outcome.status, intent.username, place, outcome.failure)];
    });
    const counted = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
    const ours = (_: Outcome, index: number) => !desired || users[first + index].intent.declared;
    const throttles = throttled();
    progress = {
      next,
      done: next === users.length,
      changed: progress.changed + counted('Changed'),
      // Whoever has left the declaration is none of its users.
      unchanged: progress.unchanged + outcomes.filter(ours).filter(({ status }) => status === 'Unchanged').length,
      skipped: progress.skipped + counted('Skipped'),
      failed: progress.failed + counted('Failed'),
      throttled: progress.throttled + throttles - before,
      lines: [...progress.lines, ...lines],
    };
    before = throttles;
    await store.put(progressName(chunk), progress);
    gauge.count(METRICS.finishedUsers, outcomes.length);
    gauge.count(METRICS.changedUsers, counted('Changed'));
    gauge.count(METRICS.skippedUsers, counted('Skipped'));
    gauge.count(METRICS.failedUsers, counted('Failed'));
  };

  const remember = async (error: unknown): Promise<never> => {
    if (error instanceof SeedStopped && !(await isBehind())) {
      await store.put(progressName(chunk), { ...progress, stopped: error.message });
    }
    throw error;
  };
  const done = await withCheckpoints<Outcome>({
    from: progress.next,
    to: users.length,
    // Enough to hold the pace where an answer takes a second.
    limit: Math.min(100, Math.max(1, Math.ceil(pace.limit))),
    // Half a second's work: writing a checkpoint takes less.
    window: Math.max(50, Math.ceil(pace.limit / 2)),
    task: async (index) => {
      await stillOurs();
      return carryOut(users[index], cognito, onMissingUser, elsewhere).catch((error) => giveUp(error, request));
    },
    save,
    mayGoOn: () => mayGoOn() && !hopeless(),
  }).catch(remember);
  return { done: done || hopeless() };
};

/** A pool that is gone is as good as cleaned; otherwise nobody else fares better. */
const giveUp = (error: unknown, { step }: LoadedRequest): Outcome => {
  if ((error as Error).name === 'OutOfTime') throw new NotNow();
  if (classify(error) === 'pool-missing' && step.desired === undefined) return { status: 'Unchanged' };
  throw new SeedStopped(`Nobody can be changed: ${reasonOf(error) ?? (error as Error).name}`);
};

/** Another run has taken over, or this one may write. */
const insistOnTurn = async ({ store, seederStore }: ApplySurroundings): Promise<void> => {
  const state = await seederStore.get<SeederState>(STATE);
  if (state?.run !== store.prefix) throw new SeedStopped('Another run of this seeder has taken over');
};
