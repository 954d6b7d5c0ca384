import type { IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * Options of `SeedEngine.lambda()`.
 */
export interface LambdaEngineOptions {
  /**
   * Where reports go, below `reports/`: JSON Lines, a line for each user who failed, was skipped, was created or deleted, with
   * usernames, those that are addresses shortened, and no values. Below `former/` go the values that `FormerValues.RESTORE` remembers: keep the bucket private
   * and encrypted, and let what lies there expire no earlier than you want to go back.
   *
   * @default - a bucket of the stack's own where former values are remembered, which also gets the reports; else none, and the
   * function's log alone has the lines of reports
   */
  readonly bucket?: IBucket;
}

/**
 * Options of `SeedEngine.stepFunctions()`.
 */
export interface StepFunctionsEngineOptions {
  /**
   * How many workers apply changes at the same time: a whole number from 1 to 1,000. They share `requestsPerSecond`. One is
   * enough to fill Cognito's default quota; more serve bought capacity alone.
   *
   * @default 1
   */
  readonly maxConcurrency?: number;

  /**
   * How many users may fail before the deployment fails: a whole number, at least 0. While more have failed, nobody is
   * messaged.
   *
   * @default 0
   */
  readonly toleratedFailures?: number;

  /**
   * Whether the deployment waits until the run is over, up to the hour that CloudFormation allows. Where it does not wait, it
   * succeeds as soon as the run has started, and the run goes on for up to seven days.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
   */
  readonly waitForCompletion?: boolean;

  /**
   * Where runs keep their objects, reports and former values included, below `runs/`, and seeders what the next run has to know,
   * below `seeders/`. They hold usernames and attribute values: keep the bucket private and encrypted.
   *
   * @default - a bucket of the stack's own, encrypted with keys that S3 manages. What runs keep expires after 90 days, and the
   * bucket stays when the stack is removed
   */
  readonly bucket?: IBucket;
}

/**
 * Where a seeder's changes are planned and applied.
 */
export class SeedEngine {
  /**
   * In one Lambda function, within its 15 minutes. A deployment that would take longer fails before its first write.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
   */
  public static lambda(options: LambdaEngineOptions = {}): SeedEngine {
    return new SeedEngine(undefined, options);
  }

  /**
   * In a Step Functions state machine that all seeders of the stack share: for as many users as there are. What has been
   * applied is kept when a worker ends early, and a failed execution can be redriven.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
   */
  public static stepFunctions(options: StepFunctionsEngineOptions = {}): SeedEngine {
    return new SeedEngine(options, {});
  }

  private constructor(
    /**
     * Undefined: in one Lambda function.
     *
     * @internal
     */
    public readonly _stepFunctions: StepFunctionsEngineOptions | undefined,
    /** @internal */
    public readonly _lambda: LambdaEngineOptions,
  ) {}
}
