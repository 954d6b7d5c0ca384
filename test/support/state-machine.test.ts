import { LocalStateMachine, type StateMachineOptions } from './state-machine';

const task = (handler: string, more: object = {}) => ({ Type: 'Task', Resource: `\${${handler}}`, End: true, ...more });

const machine = (
  States: Record<string, any>,
  functions: StateMachineOptions['functions'] = {},
  wait?: StateMachineOptions['wait'],
): LocalStateMachine => {
  // As CDK writes it: the definition's text, interrupted by references.
  const text = JSON.stringify({ StartAt: Object.keys(States)[0], States });
  const parts = text.split(/\$\{(\w+)\}/).map((part, at) => (at % 2 ? { 'Fn::GetAtt': [part, 'Arn'] } : part));
  const template = {
    Resources: {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { DefinitionString: { 'Fn::Join': ['', parts] } },
      },
      One: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'index.one' } },
    },
  };
  return new LocalStateMachine({ template, logicalId: 'Machine', functions, wait });
};

const failure = (name: string) => Object.assign(new Error('no'), { name });

test('a task gets its parameters, and its answer a place in the data', async () => {
  const one = jest.fn(() => ({ done: true }));
  const result = await machine(
    { A: task('One', { Parameters: { 'place.$': '$.a.b[1]', fixed: 1 }, ResultPath: '$.one' }) },
    { 'index.one': one },
  ).start({ a: { b: ['x', 'y'] } });
  expect(one).toHaveBeenCalledWith({ place: 'y', fixed: 1 });
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { a: { b: ['x', 'y'] }, one: { done: true } } });
});

test('a path to nothing ends the execution', async () => {
  const result = await machine({ A: task('One', { Parameters: { 'place.$': '$.a' } }) }).start({});
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: 'there is nothing at $.a' });
});

describe('a retry', () => {
  const Retry = [
    { ErrorEquals: ['Lambda.Unknown'], IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 5, MaxAttempts: 4 },
    { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 },
  ];

  test('has attempts and pauses for each kind of error', async () => {
    const errors = ['Lambda.Unknown', 'Mine', ...Array(3).fill('Lambda.Unknown')];
    const pauses: number[] = [];
    const one = () => {
      const name = errors.shift();
      if (name) throw failure(name);
    };
    const wait = async (milliseconds: number) => void pauses.push(milliseconds);
    const result = await machine({ A: task('One', { Retry }) }, { 'index.one': one }, wait).start({});
    expect(result.status).toBe('SUCCEEDED');
    expect(pauses).toEqual([2000, 1000, 4000, 5000, 5000]);
  });

  test('comes to an end', async () => {
    const one = jest.fn(() => {
      throw failure('Mine');
    });
    const result = await machine({ A: task('One', { Retry }) }, { 'index.one': one }).start({});
    expect(result).toMatchObject({ status: 'FAILED', error: 'Mine' });
    expect(one).toHaveBeenCalledTimes(2);
  });
});

describe('a Map', () => {
  const States = {
    M: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'item.$': '$$.Map.Item.Value', 'common.$': '$.common' },
      MaxConcurrencyPath: '$.most',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'A', States: { A: task('One') } },
      ResultPath: null,
      End: true,
    },
  };

  test('runs as many children at once as it may', async () => {
    let running = 0;
    let most = 0;
    const items: number[] = [];
    const one = async ({ item, common }: { item: number; common: string }) => {
      expect(common).toBe('c');
      items.push(item);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    const input = { items: [1, 2, 3, 4, 5], most: 2, common: 'c' };
    const result = await machine(States, { 'index.one': one }).start(input);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: input });
    expect([items, most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  test('may be empty', async () => {
    expect(await machine(States).start({ items: [], most: 1, common: '' })).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('fails with its first child, starts no other, and is redriven without those that succeeded', async () => {
    const items: number[] = [];
    let broken = true;
    const one = ({ item }: { item: number }) => {
      items.push(item);
      if (broken && item === 2) throw failure('Mine');
    };
    const failed = await machine(States, { 'index.one': one }).start({ items: [1, 2, 3], most: 1, common: '' });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(items.splice(0)).toEqual([1, 2]);
    broken = false;
    expect(await failed.redrive()).toMatchObject({ status: 'SUCCEEDED' });
    expect(items).toEqual([2, 3]);
  });
});

test('a state passes on no more than Step Functions carries', async () => {
  const result = await machine({ A: task('One') }).start('x'.repeat(262_144));
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});

test.each<[string, Record<string, any>]>([
  ['type', { A: { Type: 'Parallel' } }],
  ['field', { A: task('One', { Catch: [] }) }],
  ['condition', { A: { Type: 'Choice', Choices: [{ Variable: '$.a', StringEquals: 'a', Next: 'A' }] } }],
  ['path', { A: task('One', { Parameters: { 'a.$': 'States.UUID()' } }) }],
])('a %s that it does not know is the test’s mistake', async (_, States) => {
  await expect(machine(States, { 'index.one': () => ({}) }).start({ a: 'a' })).rejects.toThrow('known');
});
