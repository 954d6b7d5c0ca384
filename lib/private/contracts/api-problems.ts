/**
 * What the API answers where it does not do what was asked: problem details after RFC 9457. The document of the API and the
 * function that answers share this list.
 */

/** What an answer's `type` begins with; the code follows, as the anchor of its section. */
export const PROBLEM_TYPE =
  'https://github.com/cdk-cognito-user-attributes/cdk-cognito-user-attributes/blob/main/docs/self-service.md#';

export interface ProblemWire {
  readonly status: number;
  readonly title: string;
  /** After how many seconds it may be worth another try. */
  readonly retryAfter?: number;
}

export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The body is not what this call takes' },
  'token-refused': { status: 401, title: 'Sign in again' },
  'not-permitted': { status: 403, title: 'You may not do this' },
  'no-such-attribute': { status: 404, title: 'There is no such attribute here' },
  'value-taken': { status: 409, title: 'This value cannot be used' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has to be JSON' },
  'values-refused': { status: 422, title: 'Some values cannot be taken' },
  'code-mismatch': { status: 422, title: 'The code is wrong' },
  'code-expired': { status: 422, title: 'The code is no longer valid' },
  'code-not-delivered': { status: 422, title: 'The code could not be delivered' },
  'refused-by-trigger': { status: 422, title: 'The user pool refused the change' },
  'too-many-requests': { status: 429, title: 'Too many requests', retryAfter: 2 },
  'too-many-attempts': { status: 429, title: 'Too many attempts', retryAfter: 900 },
  'pool-misconfigured': { status: 502, title: 'The user pool cannot do this' },
  'temporarily-unavailable': { status: 503, title: 'Temporarily unavailable', retryAfter: 5 },
  'internal-error': { status: 500, title: 'Something went wrong' },
} as const satisfies Readonly<Record<string, ProblemWire>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What is wrong with one part of a body, by a code that a page can translate. */
export const VALUE_ERRORS = {
  'not-writable': 'You cannot change this attribute.',
  'not-a-text': 'A value is a text, or null to delete it.',
  'too-long': 'The value is too long.',
  pattern: 'The value does not have the right form.',
  'not-allowed': 'The value is none of those allowed.',
  format: 'The value does not have the form of this attribute.',
  required: 'This attribute cannot be deleted.',
  'unknown-metadata': 'This key of clientMetadata cannot be sent.',
  'metadata-refused': 'The value of this key of clientMetadata cannot be sent.',
  refused: 'The user pool does not take this value.',
} as const;

export type ValueErrorCode = keyof typeof VALUE_ERRORS;
