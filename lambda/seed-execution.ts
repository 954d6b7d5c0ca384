import { createHash } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { decode, type Seed } from '../lib/private/contracts/seed';
import { METRICS, RESULT, wantedResult } from '../lib/private/contracts/seed-results';
import { digestsOf } from './seeder/journal';
import { createS3 } from './seeder/objects';
import { asSeedError, SeedError } from './seeder/seed-error';
import { Executions } from './seeder/run/executions';
import { REPORT, attributesOfRun, type Summary, SUMMARY } from './seeder/run/summary';
import { runFailureMessage } from './seeder/run/failure-message';
import { createRunStore } from './seeder/run/run-store';
import {
  decodeFormer,
  digestOf,
  PLAN,
  REQUEST,
  type RunRequest,
  type SeederState,
  SETTLED,
  type Settled,
  STATE,
} from './seeder/run/run-request';
import { runToUndo } from './seeder/run/way-back';
import { decodeRun } from '../lib/private/contracts/seed-run';

/** Starts runs on Step Functions, and tells CloudFormation what has come of them. */

const logger = new Logger({ serviceName: METRICS.service });
const s3 = createS3();
const executions = new Executions(new SFNClient({}), process.env.STATE_MACHINE_ARN ?? '');

/** CloudFormation waits for an hour; the framework asks, and has to answer. */
const CLOUDFORMATION_WAITS = 55 * 60_000;

const REPORT_WITHIN = 60_000;

/** How long the workers of a run that has been stopped may go on with requests under way. */
const LAST_REQUESTS = 30_000;

export interface Started {
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
  /** Handed to `isComplete`. Absent where nothing is to be waited for. */
  readonly Execution?: string;
  readonly Prefix?: string;
  /** Milliseconds since 1970 at which CloudFormation stops waiting. */
  readonly Deadline?: number;
  /** In place of the event's own, which the framework would keep in the waiter's history, values of attributes and all. */
  readonly ResourceProperties: { readonly Run: unknown };
  readonly OldResourceProperties: object;
}

export const onEvent = guarded(async (event: CloudFormationCustomResourceEvent): Promise<Started> => {
  const { ResourceProperties, LogicalResourceId: seeder, RequestType: requestType } = event;
  const run = decodeRun(ResourceProperties.Run);
  const removal = requestType === 'Delete';
  const declared = removal ? decodeFormer(ResourceProperties) : decode(ResourceProperties);
  const PhysicalResourceId = removal ? event.PhysicalResourceId : `${declared!.userPoolId}/${seeder}`;
  const id = shortHash([event.StackId, PhysicalResourceId]);
  const seederStore = createRunStore(s3, run.bucket, `seeders/${id}`);
  const state = (await seederStore.get<SeederState>(STATE)) ?? {};
  const settled = await seederStore.get<Settled>(SETTLED);
  const former = requestType === 'Update' ? decodeFormer(event.OldResourceProperties) : undefined;
  const step = stepOf(requestType, declared, former);
  const undone = await runToUndo(state, settled, step, () => isRollingBack(event.StackId));
  // A removal that takes nothing away needs no run, and what was never applied cannot be taken away.
  const failedCreation = state.creation !== undefined && state.creation !== settled?.run;
  const cleans = declared && (declared.onRemoval === 'DESTROY' || failedCreation || undone !== undefined);
  const stripped = { ResourceProperties: { Run: ResourceProperties.Run }, OldResourceProperties: {} };
  if (removal && !cleans) {
    if (state.execution) await executions.stop(state.execution);
    // Its workers look there.
    if (state.run) await seederStore.put(STATE, { ...state, run: undefined } satisfies SeederState);
    return { PhysicalResourceId, ...stripped };
  }

  const attempt = await executions.nextAttempt(
    `${seeder.slice(0, 40)}-${shortHash([event.RequestId, id, ResourceProperties])}`,
  );
  const prefix = `runs/${id}/${attempt.name}`;
  const Execution = attempt.arn;
  const waits = removal || run.waitForCompletion;
  const Data = {
    [RESULT.changedUsers]: '',
    [RESULT.createdUsers]: '',
    [RESULT.unchangedUsers]: '',
    [RESULT.skippedUsers]: '',
    [RESULT.failedUsers]: '',
    [RESULT.report]: `s3://${run.bucket}/${prefix}/${REPORT}`,
    [RESULT.execution]: Execution,
    ...(removal ? {} : noneOf(declared!.wanted)),
  };
  const deadline = Date.now() + CLOUDFORMATION_WAITS;
  const answer = {
    PhysicalResourceId,
    Data,
    ...stripped,
    ...(waits ? { Execution, Prefix: prefix, Deadline: deadline } : {}),
  };
  if (attempt.started) return answer; // CloudFormation has asked for it before

  const stopped = state.execution && state.execution !== Execution && (await executions.stop(state.execution));
  // Before there is a plan, nobody works by it.
  const superseded =
    stopped && state.run && (await createRunStore(s3, run.bucket, state.run).get<object>(PLAN)) !== undefined;
  const begun = state.begun?.slice(state.begun.findIndex((each) => each.run === settled?.run) + 1) ?? [];
  // The pool may hold some of each: that is known where the two that are compared account for all.
  const compared = [former, declared].map((seed) => seed && digestOf(seed));
  const known =
    settled?.declaration !== undefined &&
    [settled, ...begun].every(({ declaration }) => compared.includes(declaration));
  const request: RunRequest = {
    seeder,
    requestType,
    previous: removal ? ResourceProperties : requestType === 'Update' ? event.OldResourceProperties : undefined,
    desired: removal ? undefined : ResourceProperties,
    prune: removal ? true : declared!.prune,
    unsettled: requestType === 'Update' && !known,
    maxConcurrency: run.maxConcurrency,
    toleratedFailures: run.toleratedFailures,
    ...(undone ? { undoes: undone.run } : {}),
    // What has failed goes; whom a former life of the seeder has created was there before.
    ...(removal && failedCreation && !undone ? { ownSince: state.creationSince } : {}),
    memories: [
      ...begun.flatMap((each) => (each.step ? [each.run] : [])).reverse(),
      ...(settled?.memory === undefined ? [] : [settled.memory]),
    ],
    ...(superseded ? { notBefore: Date.now() + LAST_REQUESTS } : {}),
    ...(waits ? { deadline } : {}),
  };
  const store = createRunStore(s3, run.bucket, prefix);
  await store.put(REQUEST, request);
  // From now on, whoever works for a former run stops.
  await seederStore.put(STATE, {
    run: prefix,
    execution: Execution,
    begun: [
      ...begun,
      {
        run: prefix,
        declaration: removal ? undefined : digestOf(declared!),
        ...(waits ? {} : { detached: true as const }),
        // A run that undoes another is not undone itself.
        ...(!removal && !undone && declared!.formerValues === 'RESTORE' ? { step } : {}),
      },
    ],
    ...(removal
      ? { creation: state.creation, creationSince: state.creationSince }
      : requestType === 'Create' && waits
        ? { creation: prefix, creationSince: Date.now() }
        : {}),
    ...(undone ? { undoing: undone } : {}),
  } satisfies SeederState);
  await executions.start(attempt, { run: { bucket: run.bucket, prefix } });
  return answer;
});

export const isComplete = guarded(async (event: Started) => {
  const { Execution, Prefix, Deadline = Infinity, ResourceProperties } = event;
  if (!Execution || !Prefix) return { IsComplete: true };
  const ended = await executions.describe(Execution);
  const { status } = ended;
  const running = status === 'RUNNING' || status === 'PENDING_REDRIVE';
  if (running && Date.now() < Deadline) return { IsComplete: false };
  if (running) await executions.stop(Execution);

  const { bucket } = decodeRun(ResourceProperties.Run);
  const store = createRunStore(s3, bucket, Prefix);
  const summary = await store.get<Summary>(SUMMARY);
  // EventBridge asks for the report of a run that ended early, a moment after that.
  const soon = (ended.stopDate?.getTime() ?? 0) + REPORT_WITHIN;
  if (!summary && !running && Date.now() < Math.min(soon, Deadline)) return { IsComplete: false };
  if (status === 'SUCCEEDED' && summary?.succeeded) {
    return { IsComplete: true, Data: attributesOfRun(summary, store, Execution) };
  }
  throw new SeedError(
    runFailureMessage(
      running ? { status: 'TOO LATE' } : ended,
      summary,
      Execution,
      `s3://${bucket}/${Prefix}/${REPORT}`,
    ),
  );
});

/** In another pool nothing has been declared yet. */
const stepOf = (requestType: string, declared: Seed | undefined, former: Seed | undefined) =>
  requestType === 'Delete'
    ? digestsOf(declared, undefined)
    : digestsOf(former?.userPoolId === declared!.userPoolId ? former : undefined, declared);

/** Loaded where former values are to come back alone. */
const isRollingBack = async (stackId: string): Promise<boolean> =>
  (await import('./seed-execution.stack.js')).isRollingBack(stackId);

/** What the stack asks for of users, as long as nobody knows. */
const noneOf = (wanted: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.keys(wanted).flatMap((key) => Object.values(wantedResult(key)).map((attribute) => [attribute, ''])),
  );

const shortHash = (parts: unknown): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

/** An error's own words may quote a value. */
function guarded<E, A>(handler: (event: E) => Promise<A>) {
  return async (event: E): Promise<A> => {
    try {
      return await handler(event);
    } catch (error) {
      throw asSeedError(error, logger);
    }
  };
}
