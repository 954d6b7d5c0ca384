import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Chain,
  Choice,
  Condition,
  DistributedMap,
  Fail,
  JitterType,
  JsonPath,
  Succeed,
  TaskInput,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** The functions behind the steps. */
export interface WorkflowFunctions {
  readonly list: IFunction;
  readonly plan: IFunction;
  readonly apply: IFunction;
  readonly tally: IFunction;
  readonly report: IFunction;
}

/**
 * The steps of a run, and who follows whom. What passes between them is a RunInput and the steps' answers: see
 * contracts/seed-run.ts.
 *
 * No step catches errors: Step Functions can then redrive a failed execution, and runs again only the chunks that failed. The
 * report of a run that ends in this way is another's to ask for: see run-report-rule.ts.
 */
export const workflow = (scope: Construct, functions: WorkflowFunctions): Chain => {
  const list = step(scope, 'List', functions.list, RUN, '$.list');
  const plan = step(scope, 'Plan', functions.plan, RUN, '$.plan');
  const tally = step(scope, 'Tally', functions.tally, RUN, '$.tally');
  const report = step(scope, 'Report', functions.report, RUN, '$.report');
  const applyChunks = applyAll(scope, 'Chunk', '$.plan.chunks', functions.apply);
  const applyMessages = applyAll(scope, 'Message', '$.plan.messages', functions.apply);

  const anyMessages = Condition.isPresent('$.plan.messages[0]');
  list.next(new Choice(scope, 'Listed').when(Condition.booleanEquals('$.list.done', true), plan).otherwise(list));
  plan.next(
    new Choice(scope, 'Planned')
      .when(Condition.booleanEquals('$.plan.refused', true), report)
      .when(Condition.isPresent('$.plan.chunks[0]'), applyChunks)
      .when(anyMessages, tally)
      .otherwise(report),
  );
  applyChunks.next(new Choice(scope, 'ChunksApplied').when(anyMessages, tally).otherwise(report));
  tally.next(
    new Choice(scope, 'Tallied')
      .when(Condition.booleanEquals('$.tally.proceed', true), applyMessages)
      .otherwise(report),
  );
  applyMessages.next(report);
  report.next(
    new Choice(scope, 'Reported')
      .when(Condition.booleanEquals('$.report.succeeded', true), new Succeed(scope, 'Succeeded'))
      .otherwise(
        new Fail(scope, 'Failed', {
          error: 'SeedFailed',
          cause:
            'The run was refused, or too many users failed. Its report says which and why: see the prefix in the input.',
        }),
      ),
  );
  return Chain.start(list);
};

const RUN = { run: JsonPath.objectAt('$.run') };

/** Applies chunks by their numbers, some at a time. */
const applyAll = (scope: Construct, what: 'Chunk' | 'Message', itemsPath: string, apply: IFunction): DistributedMap => {
  const event = {
    ...RUN,
    chunk: JsonPath.numberAt('$.chunk'),
    concurrency: JsonPath.numberAt('$.concurrency'),
  };
  const applyOne = step(scope, `Apply${what}`, apply, event, '$.apply');
  applyOne.next(
    new Choice(scope, `${what}Applied`)
      .when(
        Condition.booleanEquals('$.apply.done', true),
        // The results of all chunks have to fit into 256 kB together, even where nobody wants them.
        new Succeed(scope, `${what}Succeeded`, { outputPath: JsonPath.DISCARD }),
      )
      .otherwise(applyOne),
  );
  return DistributedMap.jsonPath(scope, `Apply${what}s`, {
    // Names the children, so that the right to redrive them can be limited to them.
    label: `Apply${what}s`,
    itemsPath,
    itemSelector: {
      ...RUN,
      chunk: JsonPath.numberAt('$$.Map.Item.Value'),
      concurrency: JsonPath.numberAt('$.plan.concurrency'),
    },
    maxConcurrencyPath: '$.plan.concurrency',
    resultPath: JsonPath.DISCARD,
  }).itemProcessor(applyOne);
};

const step = (
  scope: Construct,
  id: string,
  lambdaFunction: IFunction,
  payload: Record<string, unknown>,
  resultPath: string,
): TaskStateBase =>
  new LambdaInvoke(scope, id, {
    lambdaFunction,
    payload: TaskInput.fromObject(payload),
    payloadResponseOnly: true,
    resultPath,
    retryOnServiceExceptions: false, // the retries below are more patient
  })
    .addRetry({ errors: ['SeedStopped'], maxAttempts: 0 }) // no other try would help
    .addRetry({ ...BACKOFF, errors: INTERRUPTIONS, maxAttempts: 30 })
    .addRetry({ ...BACKOFF, errors: ['States.TaskFailed'], maxAttempts: 6 });

const BACKOFF = {
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.minutes(1),
  jitterStrategy: JitterType.FULL,
};

/**
 * What ends a function from outside: it goes on from where it was, so that many attempts come to an end too. Everything else
 * it says itself, and says again.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
const INTERRUPTIONS = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
  'Sandbox.Timedout',
];
