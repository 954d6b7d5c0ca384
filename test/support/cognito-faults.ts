import type { QuotaCategory } from './cognito-quota';

/** One request as the proxy saw it. Names only: a test may print it. */
export interface CognitoCall {
  readonly operation: string;
  readonly category?: QuotaCategory;
  readonly userPoolId?: string;
  /** The access key id of whoever asked. */
  readonly signer?: string;
  readonly username?: string;
  readonly groupName?: string;
  /** Of `UserAttributes` or `UserAttributeNames`. */
  readonly attributeNames: readonly string[];
  readonly clientMetadataKeys: readonly string[];
  /** When the request arrived, in `performance.now()`. */
  readonly at: number;
  /** When it was answered; undefined while it is under way. */
  answeredAt?: number;
  /** HTTP status; undefined where the connection was reset. */
  status?: number;
  /** `TooManyRequestsException` and its like, `ConnectionReset`; undefined where the call succeeded. */
  errorType?: string;
  /** Whether the pool carried it out, whatever the caller was told. */
  applied: boolean;
}

export type Fault = (
  | { readonly kind: 'throttle' }
  | { readonly kind: 'internalError' }
  | { readonly kind: 'error'; readonly type: string; readonly message?: string; readonly status?: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'latency'; readonly milliseconds: number }
) & {
  /** `after`: the pool carries the request out, then the fault befalls its answer. @default before */
  readonly when?: 'after' | 'before';
};

/** Asked once a request, before anything is forwarded; a hook may count. */
export type Faults = (call: CognitoCall) => Fault | undefined;
