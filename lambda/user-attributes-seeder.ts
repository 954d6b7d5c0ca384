import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { decode, MalformedProperties, METRICS, type Seed } from '../lib/private/contracts/seed';
import { budgetOf } from './seeder/budget';
import { createClient, createCognito } from './seeder/cognito';
import { evenPace, systemClock } from './seeder/pace';
import { NOTHING } from './seeder/plan';
import { attributesOf, displayName, failureMessage } from './seeder/report';
import { type Outcome, type Step, transition } from './seeder/transition';

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
      return seed
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

const create = (seed: Seed): Step => ({
  previous: NOTHING,
  desired: seed,
  prune: seed.prune,
  onMissingUser: seed.onMissingUser,
  removal: false,
});

/** In another pool nothing has been declared yet. */
const update = (seed: Seed, old: Seed | undefined): Step => ({
  ...create(seed),
  previous: old?.userPoolId === seed.userPoolId ? old : NOTHING,
});

const remove = (seed: Seed): Step => ({
  previous: seed,
  desired: NOTHING,
  prune: seed.onRemoval === 'DESTROY',
  onMissingUser: 'SKIP',
  removal: true,
});

const carryOut = async (event: CloudFormationCustomResourceEvent, context: Context, seed: Seed, step: Step) => {
  let throttled = 0;
  const clock = systemClock;
  const { userPoolId, requestsPerSecond } = seed;
  const budget = budgetOf(context.getRemainingTimeInMillis(), requestsPerSecond, !step.removal, clock);
  const pace = evenPace(requestsPerSecond, clock);
  const onThrottle = () => throttled++;
  const waitUntil = budget.restoringUntil;
  const cognitoUntil = (sendUntil: number) =>
    createCognito({ client, userPoolId, pace, clock, sendUntil, waitUntil, onThrottle });

  const outcome = await transition(step, {
    cognito: cognitoUntil(budget.changesUntil),
    cognitoForRestoring: cognitoUntil(budget.restoringUntil),
    // Enough to hold the pace where an answer takes a second; never more than Cognito answers one account.
    workers: Math.min(20, Math.max(1, Math.ceil(requestsPerSecond))),
    budget,
  });
  tell(event, seed, outcome, throttled);

  if (outcome.failed.length > 0 || outcome.refusal) throw new SeedError(failureMessage(outcome));
  return attributesOf(outcome);
};

/** Names and counts for the log and the metrics, never a value. */
const tell = (event: CloudFormationCustomResourceEvent, seed: Seed, outcome: Outcome, throttled: number) => {
  const { RequestType: requestType, RequestId: requestId, LogicalResourceId: seeder } = event;
  const { planned, changed, unchanged, skipped, failed, notRestored = [], refusal } = outcome;
  const log = logger.createChild({ persistentLogAttributes: { seeder, requestType, requestId } });

  for (const { username, failure } of failed) log.error('Failed', { user: displayName(username), ...failure });
  for (const username of notRestored) log.error('Not restored', { user: displayName(username) });
  for (const username of skipped) log.warn('Skipped: the pool has no such user', { user: displayName(username) });
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

  metrics.addDimensions({ [METRICS.poolDimension]: seed.userPoolId, [METRICS.seederDimension]: seeder });
  metrics.addMetric(METRICS.changedUsers, MetricUnit.Count, changed.length);
  // Of a refused plan, nobody is changed.
  metrics.addMetric(METRICS.failedUsers, MetricUnit.Count, refusal ? Math.max(planned, failed.length) : failed.length);
  metrics.addMetric(METRICS.throttledRequests, MetricUnit.Count, throttled);
  metrics.publishStoredMetrics();
};

class SeedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SeedError';
    // The Provider framework puts the stack into its answer, which may take 4,096 bytes in all.
    this.stack = `${this.name}: ${message}`;
  }
}
