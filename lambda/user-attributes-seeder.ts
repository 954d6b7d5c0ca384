import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { decode, MalformedProperties, METRICS, RESULT, type Seed } from '../lib/private/contracts/seed';
import { type Budget, budgetOf } from './seeder/budget';
import { createClient, createCognito } from './seeder/cognito';
import { comparesWithPool, type Refused } from './seeder/comparison';
import { reasonOf } from './seeder/failure';
import { Gauge } from './seeder/gauge';
import { adaptivePace, LISTS_PER_SECOND, systemClock } from './seeder/pace';
import { patience } from './seeder/patience';
import { type Declaration, NOTHING } from './seeder/plan';
import { createPoolReader } from './seeder/pool-reader';
import {
  attributesOf,
  displayName,
  failureMessage,
  type PlaceOf,
  problemLines,
  type ReportLine,
  reportLines,
  refusalMessage,
} from './seeder/report';
import { type Request, type Step, stepBetween } from './seeder/step';
import { type Outcome, transition } from './seeder/transition';

const logger = new Logger({ serviceName: METRICS.service });
const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });
const client = createClient();

/** The event handler of a Provider, which answers CloudFormation. */
export const handler = async (event: CloudFormationCustomResourceEvent, context: Context) => {
  try {
    return await answer(event, context);
  } catch (error) {
    if (error instanceof SeedError) throw error;
    if (error instanceof MalformedProperties) throw new SeedError(error.message);
    const { name, stack = '' } = error as Error;
    logger.error('Unexpected', { name, at: stack.split('\n').filter((line) => line.startsWith('    at ')) });
    throw new SeedError(`The function failed unexpectedly (${name}): see its log, and report it.`);
  }
};

const answer = async (event: CloudFormationCustomResourceEvent, context: Context) => {
  switch (event.RequestType) {
    case 'Create': {
      const seed = decode(event.ResourceProperties);
      return { PhysicalResourceId: physicalId(event, seed), Data: await carryOut(event, context, seed, create(seed)) };
    }
    case 'Update': {
      const old = decodeFormer(event.OldResourceProperties);
      const declared = decode(event.ResourceProperties);
      // The way back to a slow declaration has to be as quick as the way forward was.
      const requestsPerSecond = Math.max(declared.requestsPerSecond, old?.requestsPerSecond ?? 0);
      const seed = { ...declared, requestsPerSecond };
      return {
        PhysicalResourceId: physicalId(event, seed),
        Data: await carryOut(event, context, seed, update(seed, old)),
      };
    }
    case 'Delete': {
      const { PhysicalResourceId } = event;
      const seed = decodeFormer(event.ResourceProperties);
      // Where nothing is to go, nobody has to be read.
      return seed && (seed.onRemoval === 'DESTROY' || seed.source.kind === 'inline')
        ? { PhysicalResourceId, Data: await carryOut(event, context, seed, remove(seed)) }
        : { PhysicalResourceId };
    }
  }
};

/** The pool and the construct: another pool means another resource, whose former self CloudFormation then removes. */
const physicalId = ({ LogicalResourceId }: CloudFormationCustomResourceEvent, { userPoolId }: Seed): string =>
  `${userPoolId}/${LogicalResourceId}`;

/** What cannot be read has never been applied either, and must not stand in the way back. */
const decodeFormer = (properties: unknown): Seed | undefined => {
  try {
    return decode(properties);
  } catch {
    logger.warn('The former properties cannot be read, so nothing has been applied under them');
    return undefined;
  }
};

const create = (seed: Seed): Request => ({
  previous: undefined,
  desired: seed,
  prune: seed.prune,
  onMissingUser: seed.onMissingUser,
});

/** In another pool nothing has been declared yet. */
const update = (seed: Seed, old: Seed | undefined): Request => ({
  ...create(seed),
  previous: old?.userPoolId === seed.userPoolId ? old : undefined,
});

const remove = (seed: Seed): Request => ({
  previous: seed,
  desired: undefined,
  prune: seed.onRemoval === 'DESTROY',
  onMissingUser: 'SKIP',
});

const carryOut = async (event: CloudFormationCustomResourceEvent, context: Context, seed: Seed, request: Request) => {
  const clock = systemClock;
  const { userPoolId, requestsPerSecond } = seed;
  const budget = budgetOf(context.getRemainingTimeInMillis(), requestsPerSecond, request.desired !== undefined, clock);
  const pace = adaptivePace(requestsPerSecond, clock);
  const readPace = adaptivePace(requestsPerSecond, clock);
  const gauge = new Gauge(
    metrics,
    { [METRICS.poolDimension]: userPoolId, [METRICS.seederDimension]: event.LogicalResourceId },
    pace,
  );
  let throttled = 0;
  const onThrottle = () => {
    throttled++;
    gauge.count(METRICS.throttledRequests);
  };
  const until = (sendUntil: number) => ({ clock, sendUntil, waitUntil: budget.restoringUntil, onThrottle });
  const cognitoUntil = (sendUntil: number) =>
    createCognito({ client, userPoolId, pace, readPace, ...until(sendUntil) });
  // Enough to hold the pace where an answer takes a second.
  const workers = Math.min(100, Math.max(1, Math.ceil(requestsPerSecond)));
  const cognito = cognitoUntil(budget.changesUntil);
  const listPace = adaptivePace(LISTS_PER_SECOND, clock);
  const reader = createPoolReader(client, userPoolId, listPace, patience(until(budget.changesUntil)));

  try {
    const step = await stepOf(request, budget, (limit) => ({ reader, cognito, workers, limit }));
    if ('problems' in step) {
      await writeReport(event, seed, problemLines(step));
      throw refused(event, step);
    }
    const outcome = await transition(step, {
      cognito,
      cognitoForRestoring: cognitoUntil(budget.restoringUntil),
      workers,
      budget,
    });
    const placeOf: PlaceOf = (username) => step.placeOf?.(username);
    count(gauge, outcome);
    tell(event, outcome, throttled, placeOf);
    const report = await writeReport(event, seed, reportLines(outcome, placeOf));
    if (outcome.failed.length > 0 || outcome.refusal) throw new SeedError(failureMessage(outcome, placeOf));
    return { ...attributesOf(outcome), ...(report === undefined ? {} : { [RESULT.report]: report }) };
  } finally {
    gauge.end();
  }
};

/** Where a bucket is declared for it. A report that cannot be written must not undo what has been applied. */
const writeReport = async (
  { LogicalResourceId, RequestId }: CloudFormationCustomResourceEvent,
  { reportBucket }: Seed,
  lines: readonly ReportLine[],
): Promise<string | undefined> => {
  if (reportBucket === undefined) return undefined;
  try {
    const bulk = await import('./user-attributes-seeder.bulk.js');
    return await bulk.writeReport(reportBucket, `${LogicalResourceId}/${RequestId}.jsonl`, lines);
  } catch (error) {
    logger.error('The report cannot be written', { name: (error as Error).name });
    return '';
  }
};

type Bulk = typeof import('./user-attributes-seeder.bulk.js');

/** The step, as far as it could be carried out in time. */
const stepOf = async (
  request: Request,
  budget: Budget,
  surroundings: (limit: number) => Parameters<Bulk['planBulk']>[1],
): Promise<Step | Refused> => {
  const { previous, desired, prune, onMissingUser } = request;
  const former = declarationOf(previous);
  const next = declarationOf(desired);
  if (former && next && !comparesWithPool(previous, desired)) {
    return stepBetween(former, next, { prune, onMissingUser, removal: desired === undefined });
  }
  const { planBulk } = await import('./user-attributes-seeder.bulk.js');
  const planned = await planBulk(request, surroundings(budget.mostChanges)).catch((error): Refused => {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    return { refusal: `The pool cannot be read: ${reason}.`, problems: [] };
  });
  if ('refusal' in planned) return planned;
  if (planned.previousLost) {
    logger.warn('The former file is gone: all that is declared is applied anew, and nothing that left it is deleted');
  }
  const tooMany = budget.tooManyToChange(planned.planned);
  return tooMany ? { refusal: tooMany, problems: [] } : planned.step;
};

/** As far as it stands in the properties. */
const declarationOf = (seed: Seed | undefined): Declaration | undefined => {
  if (!seed) return NOTHING;
  return seed.source.kind === 'inline' ? { users: seed.source.users, clientMetadata: seed.clientMetadata } : undefined;
};

/** A declaration that cannot be carried out at all. */
const refused = (event: CloudFormationCustomResourceEvent, { refusal, problems, file }: Refused): SeedError => {
  const log = childLogger(event);
  for (const problem of problems) log.error('Mistake', { file, ...problem });
  log.info('Report', { refusal });
  return new SeedError(refusalMessage({ refusal, problems, file }));
};

const childLogger = ({ RequestType, RequestId, LogicalResourceId }: CloudFormationCustomResourceEvent) =>
  logger.createChild({
    persistentLogAttributes: { seeder: LogicalResourceId, requestType: RequestType, requestId: RequestId },
  });

const count = (gauge: Gauge, { planned, changed, skipped, failed, refusal }: Outcome): void => {
  // Of a refused plan, nobody is changed.
  const failures = refusal ? Math.max(planned, failed.length) : failed.length;
  gauge.count(METRICS.plannedUsers, planned);
  gauge.count(METRICS.finishedUsers, changed.length + skipped.length + failures);
  gauge.count(METRICS.changedUsers, changed.length);
  gauge.count(METRICS.skippedUsers, skipped.length);
  gauge.count(METRICS.failedUsers, failures);
  gauge.count(METRICS.throttledRequests, 0);
};

/** Names and counts for the log and the metrics, never a value. */
const tell = (
  event: CloudFormationCustomResourceEvent,
  outcome: Outcome,
  throttled: number,
  placeOf: PlaceOf,
): void => {
  const { planned, changed, unchanged, skipped, failed, notRestored = [], refusal } = outcome;
  const log = childLogger(event);
  const named = (username: string) => ({ user: displayName(username), ...placeOf(username) });

  for (const { username, failure } of failed) log.error('Failed', { ...named(username), ...failure });
  for (const username of notRestored) log.error('Not restored', named(username));
  for (const username of skipped) log.warn('Skipped: the pool has no such user', named(username));
  log.info('Report', {
    refusal,
    planned,
    changed: changed.length,
    unchanged,
    skipped: skipped.length,
    failed: failed.length,
    notRestored: notRestored.length,
    throttled,
  });
};

class SeedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SeedError';
    // The Provider framework puts the stack into its answer, which may take 4,096 bytes in all.
    this.stack = `${this.name}: ${message}`;
  }
}
