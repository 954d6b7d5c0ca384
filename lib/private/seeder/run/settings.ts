import { Token } from 'aws-cdk-lib';
import type { StepFunctionsEngineOptions } from '../../../seed-engine';
import type { RunWire } from '../../contracts/seed-run';
import type { Problem } from '../../finding';

/** Lambda runs a thousand functions at a time for an account that has not asked for more. */
const MOST_WORKERS = 1000;

/** What the custom resource's properties say of the engine, as its property `Run`. */
export const runWire = (options: StepFunctionsEngineOptions, bucketName: string): RunWire => ({
  Bucket: bucketName,
  MaxConcurrency: String(options.maxConcurrency ?? 1),
  ToleratedFailures: String(options.toleratedFailures ?? 0),
  WaitForCompletion: String(options.waitForCompletion ?? true),
});

export const checkRunSettings = (options: StepFunctionsEngineOptions): Problem[] => [
  ...checkWhole('maxConcurrency', options.maxConcurrency, 1, MOST_WORKERS),
  ...checkWhole('toleratedFailures', options.toleratedFailures, 0, Number.MAX_SAFE_INTEGER),
  ...checkBoolean('waitForCompletion', options.waitForCompletion),
];

const checkWhole = (name: string, value: unknown, least: number, most: number): Problem[] =>
  value === undefined ||
  (!Token.isUnresolved(value) && Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most)
    ? []
    : [
        {
          rule: `${name} of SeedEngine.stepFunctions() must be a whole number ${most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`}, known at synth`,
          remedy: `leave it out for ${least}`,
        },
      ];

const checkBoolean = (name: string, value: unknown): Problem[] =>
  value === undefined || typeof value === 'boolean'
    ? []
    : [
        {
          rule: `${name} of SeedEngine.stepFunctions() must be true or false, known at synth`,
          remedy: 'declare a boolean',
        },
      ];
