import { Template } from 'aws-cdk-lib/assertions';
import type {
  ApplyAnswer,
  ApplyEvent,
  ListAnswer,
  PlanAnswer,
  ReportAnswer,
  RunInput,
  TallyAnswer,
} from '../../../../../lib/private/contracts/seed-run';
import { type ExecutionResult, LocalStateMachine } from '../../../../support/state-machine';
import { RunsStack } from './runs-stack';

interface Steps {
  list(event: RunInput): ListAnswer;
  plan(event: RunInput): PlanAnswer;
  apply(event: ApplyEvent): ApplyAnswer | Promise<ApplyAnswer>;
  tally(event: RunInput): TallyAnswer;
  report(event: RunInput): ReportAnswer;
}

const template = Template.fromStack(new RunsStack().withDefaults()).toJSON();
const input: RunInput = { run: { bucket: 'bucket', prefix: 'runs/stack/seeder/1' } };
const PLAN: PlanAnswer = { refused: false, chunks: [0, 1, 2], messages: [], concurrency: 1 };

const machine = (steps: Partial<Steps>, wait?: (milliseconds: number) => Promise<unknown>): LocalStateMachine => {
  const all: Steps = {
    list: () => ({ done: true }),
    plan: () => PLAN,
    apply: () => ({ done: true }),
    tally: () => ({ proceed: true }),
    report: () => ({ succeeded: true }),
    ...steps,
  };
  const functions = Object.fromEntries(Object.entries(all).map(([name, step]) => [`index.${name}`, step]));
  return new LocalStateMachine({ template, functions, wait });
};

const run = (steps: Partial<Steps> = {}): Promise<ExecutionResult> => machine(steps).start(input);

/** Answers one after the other. */
const inTurn = <T>(...answers: T[]): (() => T) => {
  return () => (answers.length > 1 ? answers.shift()! : answers[0]);
};

const failure = (name: string) => Object.assign(new Error('no'), { name });

describe('the definition', () => {
  // The package brings no types.
  const validate =
    jest.requireActual<(definition: object) => { readonly isValid: boolean; readonly errors: unknown[] }>(
      'asl-validator',
    );

  test('is of the Amazon States Language', () => {
    const { isValid, errors } = validate(machine({}).definition);
    expect([isValid, errors]).toEqual([true, []]);
  });

  test('catches nothing: what is caught cannot be redriven', () => {
    expect(JSON.stringify(machine({}).definition)).not.toContain('"Catch"');
  });

  test('limits every distributed map, and names its children', () => {
    const { ApplyChunks, ApplyMessages } = machine({}).definition.States;
    const distributed = {
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      MaxConcurrencyPath: '$.plan.concurrency',
    };
    expect([ApplyChunks, ApplyMessages]).toMatchObject([
      { ...distributed, Label: 'ApplyChunks' },
      { ...distributed, Label: 'ApplyMessages' },
    ]);
  });
});

test('the users are listed, the changes planned, applied and reported', async () => {
  const result = await run();
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { ...input, report: { succeeded: true } } });
  const chunk = ['ApplyChunk', 'ChunkApplied', 'ChunkSucceeded'];
  expect(result.visited).toEqual([
    ...['List', 'Listed', 'Plan', 'Planned', 'ApplyChunks'],
    ...[...chunk, ...chunk, ...chunk],
    ...['ChunksApplied', 'Report', 'Reported', 'Succeeded'],
  ]);
});

test('every step gets the place of the run and nothing of the steps before it', async () => {
  const events: Record<string, unknown[]> = {};
  const noting =
    <E, A>(step: string, answer: A) =>
    (event: E): A => {
      (events[step] ??= []).push(event);
      return answer;
    };
  await run({
    list: noting('list', { done: true }),
    plan: noting('plan', { refused: false, chunks: [4], messages: [7], concurrency: 3 }),
    apply: noting('apply', { done: true }),
    tally: noting('tally', { proceed: true }),
    report: noting('report', { succeeded: true }),
  });
  expect(events).toEqual({
    list: [input],
    plan: [input],
    apply: [
      { ...input, chunk: 4, concurrency: 3 },
      { ...input, chunk: 7, concurrency: 3 },
    ],
    tally: [input],
    report: [input],
  });
});

describe('a step is called again until it is done', () => {
  test('when it lists', async () => {
    const list = jest.fn(inTurn({ done: false }, { done: false }, { done: true }));
    expect((await run({ list })).status).toBe('SUCCEEDED');
    expect(list).toHaveBeenCalledTimes(3);
  });

  test('when it applies a chunk', async () => {
    const chunks: number[] = [];
    const answers = { 0: inTurn(true), 1: inTurn(false, false, true), 2: inTurn(true) } as Record<
      number,
      () => boolean
    >;
    const apply = ({ chunk }: ApplyEvent) => {
      chunks.push(chunk);
      return { done: answers[chunk]() };
    };
    expect((await run({ apply })).status).toBe('SUCCEEDED');
    expect(chunks).toEqual([0, 1, 1, 1, 2]);
  });
});

test('a refused plan changes nobody, and its report fails the run', async () => {
  const apply = jest.fn();
  const plan = () => ({ ...PLAN, refused: true, messages: [9] });
  const result = await run({ plan, apply, report: () => ({ succeeded: false }) });
  expect(result).toMatchObject({ status: 'FAILED', error: 'SeedFailed', cause: expect.stringContaining('report') });
  expect(result.visited).toEqual(['List', 'Listed', 'Plan', 'Planned', 'Report', 'Reported', 'Failed']);
  expect(apply).not.toHaveBeenCalled();
});

test('a plan without changes is reported', async () => {
  const result = await run({ plan: () => ({ ...PLAN, chunks: [] }) });
  expect(result.status).toBe('SUCCEEDED');
  expect(result.visited).not.toContain('ApplyChunks');
});

describe('people are messaged', () => {
  const plan = () => ({ ...PLAN, chunks: [0], messages: [5, 6] });
  const applied = async (steps: Partial<Steps>): Promise<[ExecutionResult, number[]]> => {
    const chunks: number[] = [];
    const apply = ({ chunk }: ApplyEvent) => {
      chunks.push(chunk);
      return { done: true };
    };
    return [await run({ plan, apply, ...steps }), chunks];
  };

  test('after a good tally of everybody else', async () => {
    const [{ status, visited }, chunks] = await applied({});
    expect([status, chunks]).toEqual(['SUCCEEDED', [0, 5, 6]]);
    expect(visited.indexOf('Tally')).toBeGreaterThan(visited.indexOf('ChunkSucceeded'));
    expect(visited.indexOf('Tally')).toBeLessThan(visited.indexOf('ApplyMessage'));
  });

  test('where there is nobody else', async () => {
    const [{ visited }, chunks] = await applied({ plan: () => ({ ...plan(), chunks: [] }) });
    expect(chunks).toEqual([5, 6]);
    expect(visited).toContain('Tally');
  });

  test('not after a bad one', async () => {
    const [result, chunks] = await applied({
      tally: () => ({ proceed: false }),
      report: () => ({ succeeded: false }),
    });
    expect([result.error, chunks]).toEqual(['SeedFailed', [0]]);
  });
});

test('as many chunks are applied at once as the plan says', async () => {
  let running = 0;
  let most = 0;
  const apply = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return { done: true };
  };
  await run({ plan: () => ({ ...PLAN, chunks: [0, 1, 2, 3, 4], concurrency: 2 }), apply });
  expect(most).toBe(2);
});

describe('a worker', () => {
  test.each(['Sandbox.Timedout', 'Lambda.Unknown', 'Runtime.ExitError', 'Lambda.TooManyRequestsException'])(
    'that ends with %s is called again for half an hour, the pauses growing to a minute',
    async (name) => {
      const pauses: number[] = [];
      let left = 30;
      const apply = () => {
        if (left-- > 0) throw failure(name);
        return { done: true };
      };
      const plan = () => ({ ...PLAN, chunks: [0] });
      const wait = async (milliseconds: number) => void pauses.push(milliseconds / 1000);
      expect(await machine({ plan, apply }, wait).start(input)).toMatchObject({ status: 'SUCCEEDED' });
      expect(pauses.slice(0, 7)).toEqual([2, 4, 8, 16, 32, 60, 60]);
    },
  );

  test('that gives up is not called again', async () => {
    const apply = jest.fn(() => {
      throw failure('SeedStopped');
    });
    expect(await run({ plan: () => ({ ...PLAN, chunks: [0] }), apply })).toMatchObject({ status: 'FAILED' });
    expect(apply).toHaveBeenCalledTimes(1);
  });

  test('that fails by itself is called six times more', async () => {
    const apply = jest.fn(() => {
      throw failure('AccessDenied');
    });
    expect(await run({ plan: () => ({ ...PLAN, chunks: [0] }), apply })).toMatchObject({ status: 'FAILED' });
    expect(apply).toHaveBeenCalledTimes(7);
  });
});

test('a failed chunk fails the execution, and a redrive runs what has not succeeded', async () => {
  const chunks: number[] = [];
  let broken = true;
  const list = jest.fn(() => ({ done: true }));
  const apply = ({ chunk }: ApplyEvent) => {
    chunks.push(chunk);
    if (broken && chunk === 1) throw failure('Mine');
    return { done: true };
  };
  const failed = await run({ list, apply });
  expect(failed).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(failed.visited).not.toContain('Report');
  broken = false;
  chunks.length = 0;
  expect(await failed.redrive()).toMatchObject({ status: 'SUCCEEDED' });
  expect(chunks).toEqual([1, 2]);
  expect(list).toHaveBeenCalledTimes(1);
});

test('ten thousand chunks fit into what Step Functions carries', async () => {
  const chunks = Array.from({ length: 10_000 }, (_, index) => index);
  expect(await run({ plan: () => ({ ...PLAN, chunks }) })).toMatchObject({ status: 'SUCCEEDED' });
});
