import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { decode, type Seed } from '../lib/private/contracts/seed';
import { METRICS, RESULT } from '../lib/private/contracts/seed-results';
import { type Budget, budgetOf } from './seeder/budget';
import { createClient, createCognito } from './seeder/cognito';
import { comparesWithPool, type Refused } from './seeder/comparison';
import { reasonOf } from './seeder/failure';
import { Gauge } from './seeder/gauge';
import type { Formers } from './seeder/journal';
import { type Memory, MemoryLost, openMemory, remembers } from './seeder/memory';
import { adaptivePace, LISTS_PER_SECOND, pacesAt, systemClock, workersFor } from './seeder/pace';
import type { Passwords } from './seeder/passwords';
import { patience } from './seeder/patience';
import { type Declaration, NOTHING } from './seeder/plan';
import { createPoolReader } from './seeder/pool-reader';
import { clientsOf } from './seeder/pool-role';
import {
  attributesOf,
  failureMessage,
  type PlaceOf,
  problemLines,
  type ReportLine,
  reportLines,
  refusalMessage,
  wayBackMessage,
} from './seeder/report';
import { asSeedError, SeedError } from './seeder/seed-error';
import { type Request, rulesOfRequest, type Step, stepBetween } from './seeder/step';
import { countOutcome, tellOutcome, tellWayBack } from './seeder/tell';
import { type Surroundings, transition } from './seeder/transition';
import { goBack } from './seeder/way-back';
import { wantedAttributes } from './seeder/wanted';

const logger = new Logger({ serviceName: METRICS.service });
const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });
const clientFor = clientsOf(createClient, () => import('./user-attributes-seeder.role.js'));

/** The event handler of a Provider, which answers CloudFormation. */
export const handler = async (event: CloudFormationCustomResourceEvent, context: Context) => {
  try {
    return await answer(event, context);
  } catch (error) {
    throw asSeedError(error instanceof MemoryLost ? withoutMemory(error) : error, logger);
  }
};

const withoutMemory = ({ message }: MemoryLost): SeedError =>
  new SeedError(
    `What users had before cannot be kept in the bucket (${message}): look at its policy and key. Nothing was changed.`,
  );

const answer = async (event: CloudFormationCustomResourceEvent, context: Context) => {
  switch (event.RequestType) {
    case 'Create': {
      const seed = decode(event.ResourceProperties);
      return { PhysicalResourceId: physicalId(event, seed), Data: await carryOut(event, context, create(seed)) };
    }
    case 'Update': {
      const seed = decode(event.ResourceProperties);
      const request = update(seed, decodeFormer(event.OldResourceProperties));
      return { PhysicalResourceId: physicalId(event, seed), Data: await carryOut(event, context, request) };
    }
    case 'Delete': {
      const { PhysicalResourceId } = event;
      const seed = decodeFormer(event.ResourceProperties);
      // Where nothing is to go, nobody has to be read.
      return seed && (seed.onRemoval === 'DESTROY' || seed.source.kind === 'inline' || remembers(seed))
        ? { PhysicalResourceId, Data: await carryOut(event, context, remove(seed)) }
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

const carryOut = async (event: CloudFormationCustomResourceEvent, context: Context, request: Request) => {
  const clock = systemClock;
  const { previous, desired } = request;
  const { userPoolId, poolRoleArn } = (desired ?? previous)!;
  const client = clientFor(poolRoleArn);
  // The way back to a slow declaration has to be as quick as the way forward was.
  const requestsPerSecond = Math.max(desired?.requestsPerSecond ?? 0, previous?.requestsPerSecond ?? 0);
  const memory = remembers(previous, desired) ? await memoryOf(event, request) : undefined;
  const puts = desired !== undefined && !memory?.wayBack;
  const budget = budgetOf(context.getRemainingTimeInMillis(), requestsPerSecond, puts, clock);
  const paces = pacesAt(requestsPerSecond, clock);
  const gauge = new Gauge(
    metrics,
    { [METRICS.poolDimension]: userPoolId, [METRICS.seederDimension]: event.LogicalResourceId },
    paces.update,
  );
  let throttled = 0;
  const onThrottle = () => {
    throttled++;
    gauge.count(METRICS.throttledRequests);
  };
  const until = (sendUntil: number) => ({ clock, sendUntil, waitUntil: budget.restoringUntil, onThrottle });
  const cognitoUntil = (sendUntil: number) => createCognito({ client, userPoolId, paces, ...until(sendUntil) });
  const workers = workersFor(requestsPerSecond);
  const cognito = cognitoUntil(budget.changesUntil);
  const listPace = adaptivePace(LISTS_PER_SECOND, clock);
  const reader = createPoolReader(client, userPoolId, listPace, patience(until(budget.changesUntil)));

  try {
    const plan = () => stepOf(request, budget, memory?.formers ?? {}, (limit) => ({ reader, cognito, workers, limit }));
    const surroundings: Surroundings = {
      cognito,
      cognitoForRestoring: cognitoUntil(budget.restoringUntil),
      passwords: lazyPasswords(),
      workers,
      budget,
    };
    const wanted = async () => (desired ? wantedAttributes(desired.wanted, surroundings.cognitoForRestoring) : {});
    if (memory?.wayBack) {
      const outcome = await goBack(memory.wayBack, plan, surroundings);
      countOutcome(gauge, outcome);
      tellWayBack(childLogger(event), outcome, throttled);
      const report = await writeReport(
        event,
        request,
        reportLines(outcome, () => undefined),
      );
      if (outcome.notRestored!.length > 0) throw new SeedError(wayBackMessage(outcome.notRestored!));
      if (!desired) await memory.forget().catch(() => undefined);
      return { ...attributesOf(outcome), ...reportedAt(report), ...(await wanted()) };
    }
    if (!desired && !request.prune && previous!.source.kind !== 'inline') {
      await memory?.forget();
      return {};
    }
    const step = await plan();
    if ('problems' in step) {
      await writeReport(event, request, problemLines(step));
      throw refused(event, step);
    }
    const outcome = await transition(step, { ...surroundings, ...memory?.witness(step) });
    const placeOf: PlaceOf = (username) => step.placeOf?.(username);
    countOutcome(gauge, outcome);
    tellOutcome(childLogger(event), outcome, throttled, placeOf);
    const report = await writeReport(event, request, reportLines(outcome, placeOf));
    if (outcome.failed.length > 0 || outcome.refusal) throw new SeedError(failureMessage(outcome, placeOf));
    if (!desired) await memory?.forget();
    return { ...attributesOf(outcome), ...reportedAt(report), ...(await wanted()) };
  } finally {
    gauge.end();
  }
};

/** Where there is a bucket for it: CloudFormation fails without an attribute that the stack refers to. */
const reportedAt = (report: string | undefined) => (report === undefined ? {} : { [RESULT.report]: report });

const memoryOf = async (
  { StackId: stackId, RequestId: requestId, LogicalResourceId: seeder }: CloudFormationCustomResourceEvent,
  { previous, desired }: Request,
): Promise<Memory> => {
  const { journals, isRollingBack } = await import('./user-attributes-seeder.bulk.js');
  const surroundings = { journals, isRollingBack: () => isRollingBack(stackId) };
  return openMemory({ stackId, requestId, seeder, previous, desired }, surroundings);
};

/** Where a bucket is declared for it. A report that cannot be written must not undo what has been applied. */
const writeReport = async (
  { LogicalResourceId, RequestId }: CloudFormationCustomResourceEvent,
  { previous, desired }: Request,
  lines: readonly ReportLine[],
): Promise<string | undefined> => {
  const { bucket } = (desired ?? previous)!;
  if (bucket === undefined) return undefined;
  try {
    const bulk = await import('./user-attributes-seeder.bulk.js');
    return await bulk.writeReport(bucket, `${LogicalResourceId}/${RequestId}.jsonl`, lines);
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
  formers: Formers,
  surroundings: (limit: number) => Omit<Parameters<Bulk['planBulk']>[1], 'formers'>,
): Promise<Step | Refused> => {
  const { previous, desired, onMissingUser } = request;
  const former = declarationOf(previous);
  const next = declarationOf(desired);
  if (former && next && !comparesWithPool(previous, desired)) {
    const terms = { rules: rulesOfRequest(request), onMissingUser, removal: desired === undefined };
    return stepBetween(former, next, terms, (username) =>
      Object.hasOwn(formers, username) ? formers[username] : undefined,
    );
  }
  const { planBulk } = await import('./user-attributes-seeder.bulk.js');
  const planned = await planBulk(request, { ...surroundings(budget.mostChanges), formers }).catch((error): Refused => {
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

/** Most seeders need no secret. */
const lazyPasswords = (): Passwords => {
  let passwords: Passwords | undefined;
  return {
    of: async (source) => {
      passwords ??= (await import('./user-attributes-seeder.secrets.js')).createPasswords();
      return passwords.of(source);
    },
  };
};
