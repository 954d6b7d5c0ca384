import { Lazy } from 'aws-cdk-lib';
import { checkRunSettings, runWire } from '../../../../../lib/private/seeder/run/settings';
import { inWords } from '../../../../../lib/private/finding';
import type { StepFunctionsEngineOptions } from '../../../../../lib/seed-engine';

describe('the wire', () => {
  test('says what the defaults are', () => {
    expect(runWire({}, 'bucket')).toEqual({
      Bucket: 'bucket',
      MaxConcurrency: '1',
      ToleratedFailures: '0',
      WaitForCompletion: 'true',
    });
  });

  test('is text, as everything arrives', () => {
    const options = { maxConcurrency: 4, toleratedFailures: 10, waitForCompletion: false };
    expect(runWire(options, 'bucket')).toEqual({
      Bucket: 'bucket',
      MaxConcurrency: '4',
      ToleratedFailures: '10',
      WaitForCompletion: 'false',
    });
  });
});

test.each<StepFunctionsEngineOptions>([
  {},
  { maxConcurrency: 1, toleratedFailures: 0, waitForCompletion: true },
  { maxConcurrency: 1000, toleratedFailures: 1_000_000, waitForCompletion: false },
])('%j is fine', (options) => {
  expect(checkRunSettings(options)).toEqual([]);
});

const WHOLE = (name: string, range: string, remedy: string) =>
  `${name} of SeedEngine.stepFunctions() must be a whole number ${range}, known at synth; ${remedy}`;
const CONCURRENCY = WHOLE('maxConcurrency', 'from 1 to 1000', 'leave it out for 1');
const FAILURES = WHOLE('toleratedFailures', 'from 0', 'leave it out for 0');

test.each<[string, StepFunctionsEngineOptions, string]>([
  ['no worker', { maxConcurrency: 0 }, CONCURRENCY],
  ['too many workers', { maxConcurrency: 1001 }, CONCURRENCY],
  ['part of a worker', { maxConcurrency: 1.5 }, CONCURRENCY],
  ['not a number', { maxConcurrency: NaN }, CONCURRENCY],
  ['a text', { maxConcurrency: '4' as never }, CONCURRENCY],
  ['a token', { maxConcurrency: Lazy.number({ produce: () => 2 }) }, CONCURRENCY],
  ['fewer failures than none', { toleratedFailures: -1 }, FAILURES],
  ['part of a failure', { toleratedFailures: 0.5 }, FAILURES],
  ['a token for failures', { toleratedFailures: Lazy.number({ produce: () => 2 }) }, FAILURES],
  [
    'perhaps',
    { waitForCompletion: 'perhaps' as never },
    'waitForCompletion of SeedEngine.stepFunctions() must be true or false, known at synth; declare a boolean',
  ],
])('%s is found', (_, options, words) => {
  expect(checkRunSettings(options).map(inWords)).toEqual([words]);
});

test('all mistakes are found at once', () => {
  expect(checkRunSettings({ maxConcurrency: 0, toleratedFailures: -1 })).toHaveLength(2);
});
