import { durationOf } from '../../../cli/seed/step/duration';
import { NO_REQUESTS, type Requests } from '../../../lambda/seeder/requests';

const LAMBDA = { kind: 'lambda' } as const;
const run = (waitForCompletion: boolean) =>
  ({ kind: 'step-functions', waitForCompletion, toleratedFailures: 0 }) as const;
const updates = (number: number): Requests => ({ ...NO_REQUESTS, updates: number });
const NOTHING = { planned: 0, reads: 0, writes: NO_REQUESTS, toUndo: 0 };
const onFunction = (requests: Partial<typeof NOTHING>, pages = 0) => ({
  pages,
  onFunction: { ...NOTHING, ...requests },
  onRun: { reads: 0, writes: NO_REQUESTS, most: NO_REQUESTS },
});
const onRun = (writes: number, reads = 0, pages = 0) => ({
  pages,
  onFunction: NOTHING,
  onRun: { reads, writes: updates(writes), most: updates(writes) },
});

describe('one function', () => {
  test('reads and writes are sent one after the other, pages at a pace of their own', () => {
    const { lambda, stepFunctions } = durationOf(onFunction({ reads: 20, writes: updates(30) }, 15), 10, LAMBDA, false);
    expect(lambda).toEqual({ requests: 65, seconds: 1 + 2 + 3, refusal: undefined });
    expect(stepFunctions).toBeUndefined();
  });

  test('creations, passwords and updates go at the same time', () => {
    const writes = { updates: 20, creations: 50, passwords: 30 };
    expect(durationOf(onFunction({ writes }), 10, LAMBDA, false).lambda).toEqual({
      requests: 100,
      seconds: 5,
      refusal: undefined,
    });
  });

  const half = ((14 * 60 - 5) / 2) * 10;
  test.each([
    ['changes', (number: number) => ({ writes: updates(number) }), true],
    ['creates', (number: number) => ({ writes: { updates: 9, passwords: 9, creations: number } }), true],
    ['puts back', (number: number) => ({ toUndo: number }), false],
    ['looks at', (number: number) => ({ planned: number }), true],
  ])('half of the time is kept for putting users back: what it %s', (_, requests, isAllWithoutOne) => {
    const [more, less] = [requests(half + 10), requests(half - 10)];
    expect(durationOf(onFunction(less), 10, LAMBDA, false).tooLong).toBeUndefined();
    expect(durationOf(onFunction(more), 10, LAMBDA, false).tooLong).toContain('SeedEngine.stepFunctions()');
    if (isAllWithoutOne) expect(durationOf(onFunction(more), 10, LAMBDA, true).tooLong).toBeUndefined();
  });
});

describe('Step Functions', () => {
  test('reads are sent beside the writes, after the pages', () => {
    const { lambda, stepFunctions } = durationOf(onRun(300, 200, 30), 10, run(true), false);
    expect(stepFunctions).toEqual({ ...updates(300), reads: 200, seconds: 2 + 30, refusal: undefined });
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

  test('a run is measured by what it may have to do', () => {
    const requests = { ...onRun(1), onRun: { reads: 0, writes: updates(1), most: updates(100_000) } };
    const { stepFunctions, tooLong } = durationOf(requests, 10, run(true), false);
    expect([stepFunctions?.updates, stepFunctions?.seconds]).toEqual([1, 0.1]);
    expect(tooLong).toContain('100000 requests');
  });

  test('nothing is too long where nobody waits', () => {
    expect(durationOf(onRun(1_000_000), 10, run(false), false).tooLong).toBeUndefined();
  });
});

test('of a file, nobody knows which engine it is for: both are told, and none is refused', () => {
  const writes = updates(100_000);
  const requests = { pages: 0, onFunction: { ...NOTHING, writes }, onRun: { reads: 0, writes, most: writes } };
  const { lambda, stepFunctions, tooLong } = durationOf(requests, 10, undefined, false);
  expect([lambda?.refusal, stepFunctions?.refusal, tooLong]).toEqual([
    expect.stringContaining('100000 requests'),
    expect.stringContaining('100000 requests'),
    undefined,
  ]);
});
