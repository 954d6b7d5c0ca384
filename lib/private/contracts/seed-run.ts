/**
 * What the construct, the state machine and its functions tell each other of a run on Step Functions. The state machine
 * carries places and counts alone: the users stand in the run's objects in the bucket.
 */

/** Where a run keeps its objects: `<prefix>/request.json` and what the steps add. */
export interface RunLocation {
  readonly bucket: string;
  /** Without a slash at its end. */
  readonly prefix: string;
}

/** What the custom resource's properties say of the engine, beside the seed's own. */
export interface RunWire {
  readonly Bucket: string;
  readonly MaxConcurrency: string;
  readonly ToleratedFailures: string;
  readonly WaitForCompletion: string;
}

/** The input of the state machine, and of every step. */
export interface RunInput {
  readonly run: RunLocation;
}

/** The answer of `list`, which is called again until it is done. */
export interface ListAnswer {
  readonly done: boolean;
}

/** The answer of `plan`. */
export interface PlanAnswer {
  /** Refused: nothing is written, and the report says why. */
  readonly refused: boolean;
  /** Numbers of the chunks of what can be taken back, and of the rest: messages, invitations, passwords, deletions. */
  readonly chunks: readonly number[];
  readonly messages: readonly number[];
  /** How many workers share the pace. At least 1. */
  readonly concurrency: number;
}

/** The event of `apply`, which is called again until it is done. */
export interface ApplyEvent extends RunInput {
  readonly chunk: number;
  readonly concurrency: number;
}

export interface ApplyAnswer {
  readonly done: boolean;
}

/** The answer of `tally`, between the chunks that message nobody and those that may. */
export interface TallyAnswer {
  /** Whether few enough have failed to message people. */
  readonly proceed: boolean;
}

/** The answer of `report`. */
export interface ReportAnswer {
  readonly succeeded: boolean;
}

export interface RunSettings {
  readonly bucket: string;
  readonly maxConcurrency: number;
  readonly toleratedFailures: number;
  readonly waitForCompletion: boolean;
}

/** @throws naming the field that is not as the construct writes it */
export const decodeRun = (wire: unknown): RunSettings => {
  const { Bucket, MaxConcurrency, ToleratedFailures, WaitForCompletion } = (wire ?? {}) as Partial<RunWire>;
  const settings = {
    bucket: String(Bucket),
    maxConcurrency: Number(MaxConcurrency),
    toleratedFailures: Number(ToleratedFailures),
    waitForCompletion: WaitForCompletion !== 'false',
  };
  if (typeof Bucket !== 'string' || !(settings.maxConcurrency >= 1) || !(settings.toleratedFailures >= 0)) {
    throw new TypeError("The custom resource's Run is not as the construct writes it");
  }
  return settings;
};
