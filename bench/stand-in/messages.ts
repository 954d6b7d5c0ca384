import type { Taken } from './quota';

/** What the benchmark and the process of the stand-in tell each other. */
export interface Setting {
  /** How many users the pool has. */
  readonly users: number;
  /** Requests a second of the category UserUpdate. */
  readonly quota: number;
  /** Requests a second of the same category that somebody else sends. */
  readonly othersPerSecond: number;
  /** Beside the type TooManyRequestsException: Cognito's own is 400, that of gateways 429. */
  readonly throttleStatus: 400 | 429;
}

export interface Record {
  readonly ours: Taken;
  readonly others: Taken;
  /** Users whose attributes are as declared. */
  readonly right: number;
}

export type Request = { readonly reset: Setting } | { readonly report: true };
export type Answer = { readonly endpoint: string } | { readonly record: Record } | { readonly ready: true };
