import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { forEachItem } from '../lambda/seeder/pace';
import { LambdaRunner } from '../test/support/lambda-runner';
import { invoke, type Task } from './seed-function';
import { seedRun } from './seed-run';
import { declaredOf, USER_POOL_ID, usernameOf } from './stand-in/users';
import { ROOT } from './support';

export interface LoopTask extends Task {
  readonly loops: number;
  readonly retryMode: 'standard' | 'adaptive';
}

/** Somebody who gives every user the declared attributes, each in processes of their own. */
export interface Contender {
  readonly name: string;
  /** How many updates a second they can reach at 30 ms each, whatever the quota. */
  readonly fastest: number;
  readonly mostUsers: number;
  run(task: Task, endpoint: string): Promise<void>;
}

/** An hour: nobody is measured by a time-out. */
const TIMEOUT_SECONDS = 3_600;
const CUSTOM_RESOURCES =
  'node_modules/aws-cdk-lib/custom-resource-handlers/dist/custom-resources/aws-custom-resource-handler/index.js';
/** CloudFormation does not say how many independent resources it creates at a time. */
const RESOURCES_AT_A_TIME = 10;
/** A stack has at most 500 resources; some are the function's and the pool's. */
const RESOURCES = 480;

const folder = mkdtempSync(path.join(tmpdir(), 'bench-seed-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The loops, as a function that brings its SDK along. */
const bundleLoops = (): string => {
  const outfile = path.join(folder, 'index.js');
  buildSync({
    entryPoints: [path.join(__dirname, 'seed-loops.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'error',
  });
  return outfile;
};

const runnerOf = (file: string, endpoint: string, env: Record<string, string> = {}): LambdaRunner =>
  new LambdaRunner({
    bundle: file,
    env: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint, ...env },
    timeoutSeconds: TIMEOUT_SECONDS,
    memoryMb: 512,
  });

const loopsOf = (name: string, file: string, loops: number, retryMode: LoopTask['retryMode']): Contender => ({
  name,
  fastest: loops * 30,
  mostUsers: Infinity,
  run: async (task, endpoint) => {
    const runner = runnerOf(file, endpoint);
    const event: LoopTask = { ...task, loops, retryMode };
    await invoke(runner, event).finally(() => runner.stop());
  },
});

const customResource = (user: number) => ({
  RequestType: 'Create',
  ResponseURL: 'https://cloudformation.invalid/answer',
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/bench/1',
  RequestId: String(user),
  LogicalResourceId: `User${user}`,
  ResourceType: 'Custom::AWS',
  ResourceProperties: {
    Create: JSON.stringify({
      service: 'CognitoIdentityServiceProvider',
      action: 'adminUpdateUserAttributes',
      parameters: {
        UserPoolId: USER_POOL_ID,
        Username: usernameOf(user),
        UserAttributes: Object.entries(declaredOf(user)).map(([Name, Value]) => ({ Name, Value })),
      },
      physicalResourceId: { id: usernameOf(user) },
    }),
    InstallLatestAwsSdk: 'false',
  },
});

export const contenders = (): readonly Contender[] => {
  const loops = bundleLoops();
  return [
    {
      name: 'this seeder',
      fastest: Infinity,
      mostUsers: Infinity,
      run: seedRun,
    },
    {
      name: 'AwsCustomResource, one a user',
      fastest: RESOURCES_AT_A_TIME * 20,
      mostUsers: RESOURCES,
      run: async ({ users }, endpoint) => {
        const redirect = path.join(__dirname, 'stand-in/answer-url.js');
        const runner = runnerOf(path.join(ROOT, CUSTOM_RESOURCES), endpoint, {
          ANSWER_URL: endpoint,
          NODE_OPTIONS: `--require ${redirect}`,
        });
        try {
          const all = Array.from({ length: users }, (_, user) => user);
          await forEachItem(all, RESOURCES_AT_A_TIME, (user) => invoke(runner, customResource(user)));
        } finally {
          await runner.stop();
        }
      },
    },
    loopsOf('one loop', loops, 1, 'standard'),
    loopsOf('ten loops', loops, 10, 'standard'),
    loopsOf('ten loops, adaptive retry', loops, 10, 'adaptive'),
  ];
};
