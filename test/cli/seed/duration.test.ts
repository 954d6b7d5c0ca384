import { durationOf } from '../../../cli/seed/step/duration';

const LAMBDA = { kind: 'lambda' } as const;
const requests = { pages: 0, reads: 0, writes: 0, toUndo: 0 };

test('reads and writes are sent one after the other, pages at a pace of their own', () => {
  const { requests: sent, seconds } = durationOf({ pages: 15, reads: 20, writes: 30, toUndo: 0 }, 10, LAMBDA, false);
  expect([sent, seconds]).toEqual([65, 1 + 2 + 3]);
});

test('half of the time of a function is kept for putting users back', () => {
  const half = ((14 * 60 - 5) / 2) * 10;
  expect(durationOf({ ...requests, writes: half - 10 }, 10, LAMBDA, false)).toMatchObject({ fitsLambda: true });
  expect(durationOf({ ...requests, writes: half + 10 }, 10, LAMBDA, false)).toMatchObject({
    fitsLambda: false,
    tooLong: expect.stringContaining('SeedEngine.stepFunctions()'),
  });
  expect(durationOf({ ...requests, toUndo: half + 10 }, 10, LAMBDA, false).fitsLambda).toBe(false);
  expect(durationOf({ ...requests, writes: half + 10 }, 10, LAMBDA, true).fitsLambda).toBe(true);
});

test('of a file, nobody knows which engine it is for', () => {
  expect(durationOf({ ...requests, writes: 100_000 }, 10, undefined, false)).toMatchObject({
    fitsLambda: false,
    tooLong: undefined,
  });
});

test('CloudFormation waits an hour for Step Functions, where it waits', () => {
  const tooLong = (waitForCompletion: boolean) =>
    durationOf({ ...requests, writes: 40_000 }, 10, { kind: 'step-functions', waitForCompletion }, false).tooLong;
  expect([tooLong(true), tooLong(false)]).toEqual([expect.stringContaining('waitForCompletion: false'), undefined]);
});
