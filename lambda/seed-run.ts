import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { MalformedProperties } from '../lib/private/contracts/fields';
import { METRICS } from '../lib/private/contracts/seed-results';
import type {
  ApplyAnswer,
  ApplyEvent,
  ListAnswer,
  PlanAnswer,
  ReportAnswer,
  RunInput,
  TallyAnswer,
} from '../lib/private/contracts/seed-run';
import { createClient, createCognito } from './seeder/cognito';
import { Gauge } from './seeder/gauge';
import { reasonOf } from './seeder/failure';
import { emptyWhereGone } from './seeder/listing';
import { createObjects, createS3 } from './seeder/objects';
import { adaptivePace, LISTS_PER_SECOND, pacesAt, systemClock, workersFor } from './seeder/pace';
import type { Passwords } from './seeder/passwords';
import { patience } from './seeder/patience';
import { createPoolReader } from './seeder/pool-reader';
import { clientsOf } from './seeder/pool-role';
import { applyChunk } from './seeder/run/apply-chunk';
import { list as listPool } from './seeder/run/list';
import { progressOf } from './seeder/run/progress';
import type { RunPlan } from './seeder/run/run-plan';
import { type LoadedRequest, loadRequest, PLAN } from './seeder/run/run-request';
import { createRunStore, type RunStore } from './seeder/run/run-store';
import { SeedStopped } from './seeder/run/seed-stopped';
import { summarise, SUMMARY } from './seeder/run/summary';
import { wantedAttributes } from './seeder/wanted';

/** The steps of a run on Step Functions. Each can be done twice. */

const logger = new Logger({ serviceName: METRICS.service });
const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });
const clientFor = clientsOf(createClient, () => import('./seed-run.role.js'));
const s3 = createS3();

/** What an invocation keeps for its last words. */
const FOR_THE_ANSWER = 10_000;

export const list = step<RunInput, ListAnswer>(async ({ request, store, context }) => {
  await formerRunIsOver(request);
  const { reader, hasTime } = poolOf(request, context);
  // A page takes a moment, and what has been read is sorted and written.
  return listPool(request, store, request.step.desired ? reader : emptyWhereGone(reader), () => hasTime(60_000));
});

export const plan = step<RunInput, PlanAnswer>(async ({ request, store, context, log }) => {
  await formerRunIsOver(request);
  const { cognito, workers } = poolOf(request, context);
  const { planRun } = await import('./seed-run.plan.js');
  const planned = await planRun(request, {
    store,
    storeAt: (prefix) => createRunStore(s3, store.bucket, prefix),
    objects: createObjects(s3),
    cognito,
    workers,
    now: Date.now,
  });
  await store.put(PLAN, planned);
  const { refused, chunks, messages, concurrency, users, refusal, previousLost } = planned;
  if (previousLost) {
    log.warn('The former file is gone: all that is declared is applied anew, and nothing that left it is deleted');
  }
  log.info('Plan', {
    refusal,
    users,
    planned: planned.planned,
    creations: planned.creations,
    unchanged: planned.unchanged,
    chunks: chunks.length,
    messages: messages.length,
  });
  metrics.addDimensions(dimensionsOf(request));
  metrics.addMetric(METRICS.plannedUsers, MetricUnit.Count, refused ? 0 : planned.planned);
  metrics.addMetric(METRICS.skippedUsers, MetricUnit.Count, refused ? 0 : planned.lines.length);
  // Of a refused plan, nobody is changed.
  metrics.addMetric(
    METRICS.failedUsers,
    MetricUnit.Count,
    refused ? Math.max(planned.planned, planned.lines.length) : 0,
  );
  metrics.publishStoredMetrics();
  return { refused, chunks, messages, concurrency };
});

export const apply = step<ApplyEvent, ApplyAnswer>(async ({ event, request, store, seederStore, context, log }) => {
  const { cognito, paces, throttled, hasTime } = poolOf(request, context, event.concurrency, () =>
    gauge.count(METRICS.throttledRequests),
  );
  const gauge = new Gauge(metrics, dimensionsOf(request), paces.update);
  try {
    const mayGoOn = () => hasTime(0);
    const answer = await applyChunk(event.chunk, request, {
      store,
      seederStore,
      cognito,
      passwords: lazyPasswords(),
      pace: paces.update,
      gauge,
      throttled,
      mayGoOn,
    });
    log.info('Chunk', { chunk: event.chunk, done: answer.done, throttled: throttled() });
    return answer;
  } finally {
    gauge.end();
  }
});

export const tally = step<RunInput, TallyAnswer>(async ({ request, store }) => {
  const { chunks } = (await store.get<RunPlan>(PLAN))!;
  const { failed, unfinished } = await progressOf(store, chunks);
  return { proceed: unfinished.length === 0 && failed <= request.toleratedFailures };
});

/** Called by the state machine, and by EventBridge where an execution has ended before it came to that. */
export const report = step<RunInput, ReportAnswer>(async ({ request, store, seederStore, context, log }) => {
  const isTold = (await store.get(SUMMARY)) !== undefined;
  const wanted = () => wantedAttributes(request.step.desired?.wanted ?? {}, poolOf(request, context).cognito);
  const { lines, ...summary } = await summarise(request, { store, seederStore, wanted });
  if (!isTold) for (const line of lines) log.error('Failed', { ...line });
  log.info('Report', { ...summary, wanted: undefined });
  return { succeeded: summary.succeeded };
});

/** Most runs need no secret. */
const lazyPasswords = (): Passwords => {
  let passwords: Passwords | undefined;
  return {
    of: async (source) => {
      passwords ??= (await import('./seed-run.secrets.js')).createPasswords();
      return passwords.of(source);
    },
  };
};

/** What the pool shows before may still change, and what is written before may be written over. */
const formerRunIsOver = ({ notBefore = 0 }: LoadedRequest) => sleep(Math.max(0, notBefore - Date.now()));

/** As EventBridge tells of it: the input as text. */
interface ExecutionEnded {
  readonly detail: { readonly input: string };
}

interface Surroundings<E> {
  readonly event: E;
  readonly context: Context;
  readonly request: LoadedRequest;
  /** The run's place. */
  readonly store: RunStore;
  /** The seeder's place, above its runs. */
  readonly seederStore: RunStore;
  readonly log: Logger;
}

/** Loads what a step works on; an error tells its kind and our own words, since others may quote a value. */
function step<E extends RunInput, A>(carryOut: (surroundings: Surroundings<E>) => Promise<A>) {
  return async (received: E | ExecutionEnded, context: Context): Promise<A> => {
    const event = 'detail' in received ? (JSON.parse(received.detail.input) as E) : received;
    const { bucket, prefix } = event.run;
    const store = createRunStore(s3, bucket, prefix);
    try {
      const request = await loadRequest(store);
      const seederStore = createRunStore(s3, bucket, seederPrefix(prefix));
      const log = logger.createChild({ persistentLogAttributes: { seeder: request.seeder, run: prefix } });
      return await carryOut({ event, context, request, store, seederStore, log });
    } catch (error) {
      if (error instanceof SeedStopped || error instanceof MalformedProperties) throw error;
      const { name, stack = '' } = error as Error;
      logger.error('Unexpected', {
        run: prefix,
        name,
        at: stack.split('\n').filter((line) => line.startsWith('    at ')),
      });
      const message = reasonOf(error) ?? `the step failed unexpectedly (${name}): see its log, and report it`;
      // It has been asked for as long as a policy may take to arrive.
      if (name === 'PoolRoleDenied') throw new SeedStopped(message);
      throw Object.assign(new Error(message), { name: 'StepFailed' });
    }
  };
}

/** `runs/<seeder>/<run>` belongs to `seeders/<seeder>`. */
const seederPrefix = (prefix: string): string => `seeders/${prefix.split('/')[1]}`;

const dimensionsOf = ({ seed, seeder }: LoadedRequest) => ({
  [METRICS.poolDimension]: seed.userPoolId,
  [METRICS.seederDimension]: seeder,
});

const poolOf = ({ seed }: LoadedRequest, context: Context, concurrency = 1, onThrottled = () => undefined as void) => {
  const clock = systemClock;
  const end = clock.now() + Math.max(0, context.getRemainingTimeInMillis() - FOR_THE_ANSWER);
  let throttles = 0;
  const onThrottle = () => {
    throttles++;
    onThrottled();
  };
  const rate = seed.requestsPerSecond / concurrency;
  const paces = pacesAt(rate, clock);
  const options = { clock, sendUntil: end - LONGEST_REQUEST, waitUntil: end, onThrottle };
  const { userPoolId } = seed;
  const client = clientFor(seed.poolRoleArn);
  return {
    paces,
    throttled: () => throttles,
    workers: workersFor(rate),
    cognito: createCognito({ ...options, client, userPoolId, paces }),
    reader: createPoolReader(client, userPoolId, adaptivePace(LISTS_PER_SECOND, clock), patience(options)),
    /** @param milliseconds that are to be left */
    hasTime: (milliseconds: number) => clock.now() + milliseconds < options.sendUntil,
  };
};

/** A request that is sent last is waited for. */
const LONGEST_REQUEST = 20_000;
