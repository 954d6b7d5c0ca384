import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inProcess, startLambdaEndpoint } from './lambda-endpoint';
import { LambdaRunner } from './lambda-runner';
import type { LambdaRunnerOptions } from './lambda-runner';

const HANDLER = `
let count = 0;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
class PoolError extends Error { constructor(message) { super(message); this.name = 'PoolError'; } }
exports.handler = async (event, context) => {
  count += 1;
  switch (event.do) {
    case 'echo': return event;
    case 'undefined': return { kept: 1, dropped: undefined };
    case 'nothing': return undefined;
    case 'env': return process.env;
    case 'count': return { count, pid: process.pid };
    case 'context': {
      const before = context.getRemainingTimeInMillis();
      await sleep(50);
      return { before, after: context.getRemainingTimeInMillis(), memory: context.memoryLimitInMB, name: context.functionName, id: context.awsRequestId };
    }
    case 'log': console.log('to stdout'); console.error('to stderr'); process.stdout.write('no line break'); return null;
    case 'flood': for (let line = 0; line < 20000; line++) console.log('line ' + line); return null;
    case 'throw': throw new PoolError('no such pool');
    case 'throwText': throw 'plain';
    case 'reject': Promise.reject(new Error('nobody listens')); await sleep(500); return null;
    case 'crash': setTimeout(() => { throw new RangeError('out of turn'); }); await sleep(500); return null;
    case 'exit': process.exit(7);
    case 'sleep': console.log('going to sleep'); await sleep(event.ms); return { slept: event.ms };
    case 'gobble': { const hoard = []; for (;;) hoard.push(new Array(1e5).fill(Math.random())); }
    case 'huge': return 'x'.repeat(7e6);
  }
};`;

let directory: string;
const runners: LambdaRunner[] = [];

const bundleOf = (source: string): string => {
  const bundle = path.join(mkdtempSync(path.join(directory, 'bundle-')), 'index.js');
  writeFileSync(bundle, source);
  return bundle;
};

const runnerOf = (options: Partial<LambdaRunnerOptions> = {}): LambdaRunner => {
  const runner = new LambdaRunner({ bundle: bundleOf(HANDLER), ...options });
  runners.push(runner);
  return runner;
};

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'lambda-runner-'));
});

afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.stop())));

afterAll(() => rmSync(directory, { recursive: true }));

describe('a warm environment', () => {
  test('serves one event after another in the same process', async () => {
    const fn = runnerOf();
    const [first, second] = [await fn.invoke({ do: 'count' }), await fn.invoke({ do: 'count' })];
    const pid = expect.any(Number);
    expect([first.payload, second.payload]).toEqual([
      { count: 1, pid },
      { count: 2, pid: (first.payload as { pid: number }).pid },
    ]);
    expect(fn.coldStarts).toBe(1);
  });

  test('events at the same time get an environment each', async () => {
    const fn = runnerOf();
    await Promise.all([fn.invoke({ do: 'sleep', ms: 50 }), fn.invoke({ do: 'sleep', ms: 50 })]);
    expect(fn.coldStarts).toBe(2);
  });
});

describe('what crosses the wire', () => {
  test('is JSON: undefined disappears, nothing becomes null', async () => {
    const fn = runnerOf();
    expect(await fn.invoke({ do: 'echo', gone: undefined, date: new Date(0) })).toEqual({
      payload: { do: 'echo', date: '1970-01-01T00:00:00.000Z' },
    });
    const { payload } = await fn.invoke({ do: 'undefined' });
    expect(Object.keys(payload as object)).toEqual(['kept']);
    expect(await fn.invoke({ do: 'nothing' })).toEqual({ payload: null });
  });

  test('fits into 6 MB', async () => {
    const { functionError } = await runnerOf().invoke({ do: 'huge' });
    expect(functionError?.errorType).toBe('Function.ResponseSizeTooLarge');
  });
});

describe('the handler sees', () => {
  test('its own variables and those of Lambda, none of this process', async () => {
    process.env.LAMBDA_RUNNER_SECRET = 'inherited';
    const { payload } = await runnerOf({ env: { TABLE: 'blue' }, functionName: 'seeder', memoryMb: 256 }).invoke({
      do: 'env',
    });
    delete process.env.LAMBDA_RUNNER_SECRET;
    expect(payload).toMatchObject({
      TABLE: 'blue',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'seeder',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: expect.stringMatching(/^AWS_Lambda_nodejs/),
      AWS_SESSION_TOKEN: expect.any(String),
    });
    for (const name of ['LAMBDA_RUNNER_SECRET', 'HOME', 'NODE_OPTIONS', 'JEST_WORKER_ID'])
      expect(payload).not.toHaveProperty(name);
  });

  test('the time it has left, counted down', async () => {
    const { payload } = await runnerOf({ timeoutSeconds: 2, functionName: 'seeder' }).invoke({ do: 'context' });
    const { before, after, ...rest } = payload as { before: number; after: number };
    expect(before).toBeGreaterThan(1500);
    expect(before).toBeLessThanOrEqual(2000);
    expect(before - after).toBeGreaterThanOrEqual(45);
    expect(rest).toEqual({ memory: '128', name: 'seeder', id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });
});

test('what the handler writes is in the logs once the answer is there', async () => {
  const fn = runnerOf();
  await fn.invoke({ do: 'log' });
  expect([...fn.logs].sort()).toEqual(['no line break', 'to stderr', 'to stdout']);
  await fn.invoke({ do: 'flood' });
  expect(fn.logs).toHaveLength(20_003);
});

describe('a failure', () => {
  test('of the handler is reported as Lambda does, and leaves the environment warm', async () => {
    const fn = runnerOf();
    expect(await fn.invoke({ do: 'throw' })).toEqual({
      functionError: {
        errorType: 'PoolError',
        errorMessage: 'no such pool',
        trace: expect.arrayContaining(['PoolError: no such pool', expect.stringContaining('index.js')]),
      },
    });
    expect(await fn.invoke({ do: 'throwText' })).toEqual({
      functionError: { errorType: 'string', errorMessage: 'plain', trace: [] },
    });
    expect(fn.coldStarts).toBe(1);
  });

  test.each([
    ['reject', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'nobody listens' }],
    ['crash', { errorType: 'RangeError', errorMessage: 'out of turn' }],
    ['exit', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 7') }],
  ])('by %s ends the environment', async (how, error) => {
    const fn = runnerOf();
    const { functionError } = await fn.invoke({ do: how });
    expect(functionError).toMatchObject(error);
    expect((await fn.invoke({ do: 'count' })).payload).toMatchObject({ count: 1 });
    expect(fn.coldStarts).toBe(2);
  });

  test('to load is reported at every invocation', async () => {
    const broken = runnerOf({ bundle: bundleOf('console.log("loading"); throw new TypeError("no client")') });
    for (const coldStarts of [1, 2]) {
      const { functionError } = await broken.invoke({});
      expect(functionError).toMatchObject({ errorType: 'TypeError', errorMessage: 'no client' });
      expect(broken.coldStarts).toBe(coldStarts);
    }
    expect(broken.logs).toEqual(['loading', 'loading']);
    const empty = runnerOf({ bundle: bundleOf('exports.main = 1') });
    expect((await empty.invoke({})).functionError?.errorType).toBe('Runtime.HandlerNotFound');
  });

  test('to answer in time kills the environment, and its logs survive', async () => {
    const fn = runnerOf({ timeoutSeconds: 0.25 });
    const started = performance.now();
    const { functionError } = await fn.invoke({ do: 'sleep', ms: 5000 });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(functionError).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 0\.25 seconds$/),
    });
    expect(fn.logs).toEqual(['going to sleep']);
    expect((await fn.invoke({ do: 'count' })).payload).toMatchObject({ count: 1 });
  });

  test('for want of memory ends the environment', async () => {
    const fn = runnerOf({ memoryMb: 32, timeoutSeconds: 20 });
    const { functionError } = await fn.invoke({ do: 'gobble' });
    expect(functionError?.errorType).toBe('Runtime.ExitError');
    expect(fn.logs.join('\n')).toContain('heap out of memory');
  });

  test('by kill() befalls what is under way; the next event starts cold', async () => {
    const fn = runnerOf({ timeoutSeconds: 10 });
    await fn.invoke({ do: 'count' });
    const underWay = fn.invoke({ do: 'sleep', ms: 5000 });
    fn.kill();
    expect((await underWay).functionError).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed'),
    });
    expect((await fn.invoke({ do: 'count' })).payload).toMatchObject({ count: 1 });
  });
});

describe('the endpoint', () => {
  const post = (endpoint: string, name: string, event: object, headers: Record<string, string> = {}) =>
    fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
      method: 'POST',
      body: JSON.stringify(event),
      headers,
    });

  test('serves functions by name and by ARN, and reports their errors', async () => {
    const lambda = await startLambdaEndpoint({ message: runnerOf() });
    lambda.functions.set(
      'here',
      inProcess(() => ({ from: 'this process', dropped: undefined })),
    );
    try {
      expect(await (await post(lambda.endpoint, 'message', { do: 'echo' })).json()).toEqual({ do: 'echo' });
      const arn = encodeURIComponent('arn:aws:lambda:us-east-1:123456789012:function:here');
      expect(await (await post(lambda.endpoint, arn, {})).text()).toBe('{"from":"this process"}');

      const failed = await post(lambda.endpoint, 'message', { do: 'throw' });
      expect([failed.status, failed.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
      expect(await failed.json()).toMatchObject({ errorType: 'PoolError', errorMessage: 'no such pool' });

      const unknown = await post(lambda.endpoint, 'nobody', {});
      expect([unknown.status, unknown.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException']);

      const queued = await post(lambda.endpoint, 'message', { do: 'count' }, { 'x-amz-invocation-type': 'Event' });
      expect(queued.status).toBe(202);
    } finally {
      await lambda.stop();
    }
  });
});
