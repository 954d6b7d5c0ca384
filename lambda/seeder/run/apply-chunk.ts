import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplyAnswer } from '../../../lib/private/contracts/seed-run';
import { METRICS } from '../../../lib/private/contracts/seed-results';
import type { Cognito } from '../cognito';
import { fileOf } from '../comparison';
import type { Gauge } from '../gauge';
import type { Pace } from '../pace';
import type { Passwords } from '../passwords';
import { comingLine, reportLine, type ReportLine } from '../report';
import { rulesOfRequest } from '../step';
import type { Outcome } from './carry-out';
import { NotNow, withCheckpoints } from './checkpoint';
import { earlierPhases } from './earlier-phases';
import { isDeclared, type Item, nameOf } from './item';
import { removeOwnerGroup } from './owner-group';
import { chunkName, NO_PROGRESS, type Progress, progressName } from './progress';
import { type LoadedRequest, type SeederState, STATE } from './run-request';
import type { RunStore } from './run-store';
import { SeedStopped } from './seed-stopped';
import { taskFor } from './task';

export interface ApplySurroundings {
  readonly store: RunStore;
  /** The seeder's own place, beyond its runs. */
  readonly seederStore: RunStore;
  readonly cognito: Cognito;
  readonly passwords: Passwords;
  readonly pace: Pace;
  readonly gauge: Gauge;
  readonly throttled: () => number;
  readonly mayGoOn: () => boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Failures beyond those tolerated, after which a chunk is left alone: enough to see what they have in common. */
const TOLD = 100;

/** Milliseconds for which a look at whose turn it is holds: with a request under way, less than the next run waits. */
const TURN_HOLDS = 5_000;

/** Milliseconds after which a worker is gone, killed or not. */
const LONGEST_INVOCATION = 15 * 60_000;

/** Milliseconds for which a worker that is stopped waits for the requests that are under way. */
const LAST_ANSWERS = 5_000;

/** Changes the users of a chunk, from where its last worker has stopped, as far as there is time. */
export const applyChunk = async (
  chunk: number,
  request: LoadedRequest,
  surroundings: ApplySurroundings,
): Promise<ApplyAnswer> => {
  const { store, cognito, pace, gauge, throttled, mayGoOn, now = Date.now } = surroundings;
  const former = await store.get<Progress>(progressName(chunk));
  let progress: Progress = { ...(former ?? { ...NO_PROGRESS, begun: now() }), until: now() + LONGEST_INVOCATION };
  if (progress.done) return { done: true };
  const earlier = await earlierPhases(chunk, { store, toleratedFailures: request.toleratedFailures, mayGoOn });
  if (earlier !== 'done') return { done: earlier === 'over' };
  let turnAt = -Infinity;
  const stillOurs = async () => {
    if (now() - turnAt < TURN_HOLDS) return;
    turnAt = now();
    await insistOnTurn(surroundings);
  };
  await stillOurs();
  await store.put(progressName(chunk), progress);
  const items = (await store.lines(chunkName(chunk))).map((line) => JSON.parse(line) as Item);
  const { desired } = request.step;
  const file = desired && fileOf(desired);
  let before = throttled();
  const hopeless = () => progress.failed > request.toleratedFailures + TOLD;
  // Enough to hold the pace where an answer takes a second.
  const limit = Math.min(100, Math.max(1, Math.ceil(pace.limit)));
  // Half a second's work: writing a checkpoint takes less.
  const window = Math.max(50, Math.ceil(pace.limit / 2));
  // Whom a former worker may have begun to create.
  const begun = former && {
    at: former.begun ?? Infinity,
    until: former.until ?? Infinity,
    before: former.next + window,
  };
  const task = await taskFor(chunk, items, request, { ...surroundings, from: progress.next, limit, begun });
  let ended = false;
  const subs = new Map(Object.entries(progress.subs ?? {}));
  const { restores } = rulesOfRequest(request.step);

  const isBehind = async () => {
    const other = await store.get<Progress>(progressName(chunk));
    return other !== undefined && (other.done || other.next > progress.next);
  };
  const save = async (next: number, outcomes: readonly Outcome[]) => {
    if (ended) throw new NotNow();
    await insistOnTurn(surroundings);
    const first = progress.next;
    // A worker that was given up may still be at it, and be further.
    if (await isBehind()) throw new NotNow();
    const lines = outcomes.flatMap((outcome, index) => lineOf(items[first + index], outcome, file) ?? []);
    const counted = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
    const created = outcomes.filter((outcome) => 'created' in outcome).length;
    const deleted = outcomes.filter((outcome) => 'deleted' in outcome).length;
    const ours = (_: Outcome, index: number) => !desired || isDeclared(items[first + index]);
    const throttles = throttled();
    progress = {
      ...progress,
      next,
      done: next === items.length,
      changed: progress.changed + counted('Changed'),
      created: progress.created + created,
      deleted: progress.deleted + deleted,
      // Whoever has left the declaration is none of its users.
      unchanged: progress.unchanged + outcomes.filter(ours).filter(({ status }) => status === 'Unchanged').length,
      skipped: progress.skipped + counted('Skipped'),
      failed: progress.failed + counted('Failed'),
      throttled: progress.throttled + throttles - before,
      lines: [...progress.lines, ...lines],
      ...withSubs(subs),
    };
    before = throttles;
    await store.put(progressName(chunk), progress);
    gauge.count(METRICS.finishedUsers, outcomes.length);
    gauge.count(METRICS.changedUsers, counted('Changed'));
    gauge.count(METRICS.createdUsers, created);
    gauge.count(METRICS.skippedUsers, counted('Skipped'));
    gauge.count(METRICS.failedUsers, counted('Failed'));
  };

  const underWay = new Set<Promise<unknown>>();
  const remember = async (error: unknown): Promise<never> => {
    if (error instanceof SeedStopped && !(await isBehind())) {
      ended = true;
      // Whoever goes on, or undoes this run, has to know whom it has created.
      const answered = await Promise.race([
        Promise.allSettled(underWay),
        sleep(LAST_ANSWERS, undefined, { ref: false }),
      ]);
      const until = answered ? now() : progress.until;
      await store.put(progressName(chunk), { ...progress, ...withSubs(subs), until, stopped: error.message });
    }
    throw error;
  };
  const done = await withCheckpoints<Outcome>({
    from: progress.next,
    to: items.length,
    limit,
    window,
    task: async (index) => {
      await stillOurs();
      const working = task(index);
      underWay.add(working);
      const outcome = await working.finally(() => underWay.delete(working));
      if (restores && 'created' in outcome && outcome.created !== undefined)
        subs.set(nameOf(items[index]), outcome.created);
      return outcome;
    },
    save,
    mayGoOn: () => mayGoOn() && !hopeless(),
  }).catch(remember);
  if (done) await removeOwnerGroup(request, store, cognito);
  return { done: done || hopeless() };
};

/** For the report: nothing of users who were changed, or did not have to be. */
const lineOf = (item: Item, outcome: Outcome, file: string | undefined): ReportLine | undefined => {
  const place = item.line > 0 && file !== undefined ? { file, line: item.line } : undefined;
  if ('failure' in outcome) return reportLine(outcome.status, nameOf(item), place, outcome.failure);
  if ('created' in outcome) return comingLine('Created', nameOf(item), place);
  return 'deleted' in outcome ? comingLine('Deleted', nameOf(item), place) : undefined;
};

const withSubs = (subs: ReadonlyMap<string, string>): Pick<Progress, 'subs'> =>
  subs.size > 0 ? { subs: Object.fromEntries(subs) } : {};

/** Another run has taken over, or this one may write. */
const insistOnTurn = async ({ store, seederStore }: ApplySurroundings): Promise<void> => {
  const state = await seederStore.get<SeederState>(STATE);
  if (state?.run !== store.prefix) throw new SeedStopped('Another run of this seeder has taken over');
};
