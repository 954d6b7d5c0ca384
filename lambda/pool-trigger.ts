/** Attaches the CustomMessage trigger to a pool that another app declares, and looks from time to time whether it is still there. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { METRICS } from '../lib/private/contracts/message';
import {
  type Attachment,
  decode,
  decodeFormer,
  encodeFormer,
  type Former,
  type Look,
  REATTACHED_TRIGGERS,
} from '../lib/private/contracts/pool-trigger';
import { attaching, checking, detaching, refuseToDisplace } from './pool-trigger/choices';
import { patience } from './pool-trigger/patience';
import { createClient, createPools, type Pools } from './pool-trigger/pools';
import { type Choose, type Outcome, setTrigger } from './pool-trigger/set-trigger';
import { settingsOf, triggerOf } from './pool-trigger/settings';
import { asTriggerError, Refusal, TriggerError } from './pool-trigger/trigger-error';
import { systemClock } from './seeder/pace';
import { clientsOf } from './seeder/pool-role';

const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });
const clientFor = clientsOf(createClient, () => import('./pool-trigger.role.js'));
const poolsOf = ({ poolRoleArn }: Look | Attachment): Pools => createPools(clientFor(poolRoleArn));

/** What the schedule sends: the properties of the resource that attaches. */
type Event = CloudFormationCustomResourceEvent | Record<string, unknown>;

/** The event handler of a Provider, which answers CloudFormation, and the target of a schedule. */
export const handler = async (event: Event, context: Context) => {
  try {
    return isRequest(event) ? await answer(event, context) : await check(event, context);
  } catch (error) {
    const properties = (isRequest(event) ? event.ResourceProperties : event) as { UserPoolId?: string };
    const told = asTriggerError(error, properties.UserPoolId);
    console.error({ message: told.message });
    throw told;
  }
};

const isRequest = (event: Event): event is CloudFormationCustomResourceEvent => 'RequestType' in event;

const answer = async (event: CloudFormationCustomResourceEvent, context: Context) => {
  if (event.RequestType === 'Delete') {
    const { PhysicalResourceId } = event;
    const request = decodeFormerProperties(event.ResourceProperties);
    if (request?.step === 'ATTACH') await remove(request, context);
    return { PhysicalResourceId };
  }
  const request = decode(event.ResourceProperties);
  if (request.step === 'LOOK') {
    const former = event.RequestType === 'Update' ? decodeFormer(event.PhysicalResourceId) : undefined;
    return { PhysicalResourceId: await look(request, former, context) };
  }
  switch (event.RequestType) {
    case 'Create':
      await attach(request, attaching(request), context);
      break;
    case 'Update':
      await update(request, event, context);
      break;
  }
  // The pool and the construct: another pool means another resource, whose former self CloudFormation then removes.
  return { PhysicalResourceId: `${request.userPoolId}/${event.LogicalResourceId}` };
};

/** What cannot be read has never been applied either, and must not stand in the way back. */
const decodeFormerProperties = (properties: unknown): Look | Attachment | undefined => {
  try {
    return decode(properties);
  } catch {
    console.warn({ message: 'The former properties cannot be read, so nothing has been attached under them' });
    return undefined;
  }
};

/** @returns the physical id, which keeps what has been found: it stays as long as the pool does */
const look = async (request: Look, former: Former | undefined, context: Context): Promise<string> => {
  const { userPoolId, functionArn } = request;
  // Of two pools, a deployment that fails comes back to the first, which has been looked at already.
  const known = [former, former?.previous].find((one) => one?.userPoolId === userPoolId);
  if (known) return encodeFormer(known)!;
  const live = triggerOf(settingsOf(await patienceOf(context)(() => poolsOf(request).describe(userPoolId))));
  const formerArn = live === functionArn ? undefined : live;
  if (formerArn !== undefined) refuseToDisplace(formerArn, request);
  const previous = former && { userPoolId: former.userPoolId, formerArn: former.formerArn };
  const id = encodeFormer({ userPoolId, formerArn, previous }) ?? encodeFormer({ userPoolId, formerArn });
  if (id !== undefined) return id;
  throw new TriggerError(`The ARN of the function that ${userPoolId} has is too long to be kept: remove it first.`);
};

const update = async (
  request: Attachment,
  { OldResourceProperties, StackId }: { OldResourceProperties: unknown; StackId: string },
  context: Context,
): Promise<void> => {
  const old = decodeFormerProperties(OldResourceProperties);
  if (old?.userPoolId !== request.userPoolId) return attach(request, attaching(request), context);
  try {
    const { changed, before } = await set(request, attaching(request, [old.functionArn]), context);
    if (changed && before !== old.functionArn) tellReattached(request, before);
  } catch (error) {
    if (!(error instanceof Refusal) || !(await isRollingBack(StackId))) throw error;
    // The update was refused for the same reason: the pool is as it was before it.
    console.warn({ message: `The way back leaves the pool as it is: ${error.message}` });
  }
};

const isRollingBack = async (stackId: string) => (await import('./pool-trigger.stack.js')).isRollingBack(stackId);

const attach = async (request: Attachment, choose: Choose, context: Context): Promise<void> => {
  const { changed, before } = await set(request, choose, context);
  if (changed && before !== undefined) console.info({ message: 'Displaced', userPool: request.userPoolId, before });
};

const check = async (event: Record<string, unknown>, context: Context): Promise<void> => {
  const request = decode(event);
  if (request.step !== 'ATTACH') throw new TriggerError('The schedule sends no attachment: deploy the stack again.');
  const { changed, before } = await set(request, checking(request), context);
  if (changed) tellReattached(request, before);
};

const set = (request: Attachment, choose: Choose, context: Context): Promise<Outcome> =>
  setTrigger(choose, {
    pools: poolsOf(request),
    userPoolId: request.userPoolId,
    patience: patienceOf(context),
    mayPass: (role) => role === request.smsRoleArn,
  });

/** A pool that is gone has no trigger either. */
const remove = async (request: Attachment, context: Context): Promise<void> => {
  try {
    const { userPoolId } = request;
    await setTrigger(detaching(request), { pools: poolsOf(request), userPoolId, patience: patienceOf(context) });
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
  }
};

/** Somebody has taken the trigger away: an update of the pool by CloudFormation does, for one. */
const tellReattached = ({ userPoolId, functionArn }: Attachment, before: string | undefined): void => {
  console.warn({
    message: 'The trigger was gone, and has been attached again',
    userPool: userPoolId,
    before,
    functionArn,
  });
  const metric = metrics.singleMetric();
  metric.addDimension(METRICS.poolDimension, userPoolId);
  metric.addMetric(REATTACHED_TRIGGERS, MetricUnit.Count, 1);
};

/** Time to read back, and to put back, after the last try. */
const RESERVE = 60_000;

const patienceOf = (context: Context) =>
  patience({
    clock: systemClock,
    until: systemClock.now() + Math.max(1_000, context.getRemainingTimeInMillis() - RESERVE),
  });
