import { durationOf } from '../../../cli/seed/step/duration';

const LAMBDA = { kind: 'lambda' } as const;
const run = (waitForCompletion: boolean) =>
  ({ kind: 'step-functions', waitForCompletion, toleratedFailures: 0 }) as const;
const NOTHING = { planned: 0, reads: 0, writes: 0, toUndo: 0 };
const onFunction = (requests: Partial<typeof NOTHING>, pages = 0) => ({
  pages,
  onFunction: { ...NOTHING, ...requests },
  onRun: { reads: 0, writes: 0 },
});
const onRun = (writes: number, reads = 0, pages = 0) => ({ pages, onFunction: NOTHING, onRun: { reads, writes } });

describe('one function', () => {
  test('reads and writes are sent one after the other, pages at a pace of their own', () => {
    const { lambda, stepFunctions } = durationOf(onFunction({ reads: 20, writes: 30 }, 15), 10, LAMBDA, false);
    expect(lambda).toEqual({ requests: 65, seconds: 1 + 2 + 3, refusal: undefined });
    expect(stepFunctions).toBeUndefined();
  });

  const half = ((14 * 60 - 5) / 2) * 10;
  test.each([
    ['changes', { writes: half }, true],
    ['puts back', { toUndo: half }, false],
    ['looks at', { planned: half }, true],
  ])('half of the time is kept for putting users back: what it %s', (_, requests, isAllWithoutOne) => {
    const more = Object.fromEntries(Object.entries(requests).map(([name, value]) => [name, value + 10]));
    const less = Object.fromEntries(Object.entries(requests).map(([name, value]) => [name, value - 10]));
    expect(durationOf(onFunction(less), 10, LAMBDA, false).tooLong).toBeUndefined();
    expect(durationOf(onFunction(more), 10, LAMBDA, false).tooLong).toContain('SeedEngine.stepFunctions()');
    if (isAllWithoutOne) expect(durationOf(onFunction(more), 10, LAMBDA, true).tooLong).toBeUndefined();
  });
});

describe('Step Functions', () => {
  test('reads are sent beside the writes, after the pages', () => {
    const { lambda, stepFunctions } = durationOf(onRun(300, 200, 30), 10, run(true), false);
    expect(stepFunctions).toEqual({ updates: 300, reads: 200, seconds: 2 + 30, refusal: undefined });
    expect(lambda).toBeUndefined();
    expect(durationOf(onRun(100, 200), 10, run(true), false).stepFunctions!.seconds).toBe(20);
  });

  test('whole minutes count, of the 55 that are waited for, less those that the list takes', () => {
    const tooLong = (writes: number, pages = 0) => durationOf(onRun(writes, 0, pages), 10, run(true), false).tooLong;
    expect(tooLong(54 * 600)).toBeUndefined();
    expect(tooLong(54 * 600 + 1)).toBe(
      'The plan needs 32401 requests: at 10 a second that is 55 min, and CloudFormation waits for 54 min more. ' +
        'Declare waitForCompletion: false, raise requestsPerSecond, or declare fewer users a seeder.',
    );
    expect(tooLong(54 * 600, 900)).toContain('CloudFormation waits for 53 min more');
  });

  test('nothing is too long where nobody waits', () => {
    expect(durationOf(onRun(1_000_000), 10, run(false), false).tooLong).toBeUndefined();
  });
});

test('of a file, nobody knows which engine it is for: both are told, and none is refused', () => {
  const requests = { pages: 0, onFunction: { ...NOTHING, writes: 100_000 }, onRun: { reads: 0, writes: 100_000 } };
  const { lambda, stepFunctions, tooLong } = durationOf(requests, 10, undefined, false);
  expect([lambda?.refusal, stepFunctions?.refusal, tooLong]).toEqual([
    expect.stringContaining('100000 requests'),
    expect.stringContaining('100000 requests'),
    undefined,
  ]);
});
