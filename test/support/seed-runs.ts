import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { SeedRuns } from '../../lib/private/seeder/run/seed-runs';
import type { InvokeResult } from './lambda-environment';
import type { Invocable } from './lambda-endpoint';
import { LambdaRunner } from './lambda-runner';
import { type LocalS3, startLocalS3 } from './local-s3';
import { type LocalStepFunctions, startLocalStepFunctions } from './local-step-functions';
import { LocalStateMachine } from './state-machine';

const ASSETS = path.join(__dirname, '../../assets');
const STEPS = ['list', 'plan', 'apply', 'tally', 'report'] as const;

/** A stack's state machine and functions with buckets and executions of their own: what `SeedEngine.stepFunctions()` deploys. */
export interface LocalSeedRuns {
  readonly s3: LocalS3;
  readonly stepFunctions: LocalStepFunctions;
  readonly functions: Readonly<Record<(typeof STEPS)[number], LambdaRunner>>;
  /** The Provider in front, as CloudFormation sees it. */
  readonly provider: Invocable;
  logs(): string[];
  stop(): Promise<void>;
}

export const startLocalSeedRuns = async (
  cognitoEndpoint: string,
  {
    wrapApply = (apply) => apply,
    env: more = {},
  }: { readonly wrapApply?: (apply: LambdaRunner) => Invocable; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<LocalSeedRuns> => {
  const s3 = await startLocalS3();
  const template = synthesized();
  const stepFunctions = await startLocalStepFunctions(() => machine);
  const env = {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognitoEndpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SFN: stepFunctions.endpoint,
    STATE_MACHINE_ARN: stepFunctions.stateMachineArn,
    ...more,
  };
  const runner = (asset: string, handler: string, timeoutSeconds: number, memoryMb: number) =>
    new LambdaRunner({ bundle: path.join(ASSETS, asset, 'index.js'), handler, env, timeoutSeconds, memoryMb });
  const functions = {
    list: runner('seed-run', 'list', 900, 1024),
    plan: runner('seed-run', 'plan', 900, 2048),
    apply: runner('seed-run', 'apply', 900, 1769),
    tally: runner('seed-run', 'tally', 300, 512),
    report: runner('seed-run', 'report', 300, 512),
  };
  const onEvent = runner('seed-execution', 'onEvent', 840, 512);
  const isComplete = runner('seed-execution', 'isComplete', 300, 512);
  const machine: LocalStateMachine = new LocalStateMachine({
    template,
    functions: {
      ...Object.fromEntries(STEPS.map((name) => [`index.${name}`, functions[name]])),
      'index.apply': wrapApply(functions.apply),
    },
  });
  stepFunctions.onFailure = (input) => functions.report.invoke({ detail: { input: JSON.stringify(input) } });

  return {
    s3,
    stepFunctions,
    functions,
    provider: { invoke: (event) => provide(onEvent, isComplete, event) },
    logs: () => [...Object.values(functions), onEvent, isComplete].flatMap(({ logs }) => logs),
    stop: async () => {
      await stepFunctions.idle();
      await Promise.all([...Object.values(functions), onEvent, isComplete].map((each) => each.stop()));
      await stepFunctions.stop();
      await s3.stop();
    },
  };
};

/** The Provider framework: asks until the resource is complete, and keeps the deletion after a failed creation. */
const provide = async (onEvent: Invocable, isComplete: Invocable, event: unknown): Promise<InvokeResult> => {
  const started = await onEvent.invoke(event);
  if (started.functionError) return started;
  const answer = started.payload as Record<string, unknown> & { Data?: object };
  for (;;) {
    const asked = await isComplete.invoke({ ...(event as object), ...answer });
    if (asked.functionError) return asked;
    const { IsComplete, Data } = asked.payload as { IsComplete: boolean; Data?: object };
    if (IsComplete) return { payload: { ...answer, Data: { ...answer.Data, ...Data } } };
    await sleep(100);
  }
};

const synthesized = (): object => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  SeedRuns.of(stack);
  return app.synth().getStackArtifact(stack.artifactId).template as object;
};
