import type { Operation } from '../../lib/private/contracts/api';
import type { ProblemCode } from '../../lib/private/contracts/api-problems';
import { Problem, valueError } from './problem';

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What the caller learns of an error of Cognito's, by its name. Its message may quote a value, or a trigger's own words. */
const CODES: Readonly<Record<string, ProblemCode>> = {
  AliasExistsException: 'value-taken',
  CodeDeliveryFailureException: 'code-not-delivered',
  CodeMismatchException: 'code-mismatch',
  ExpiredCodeException: 'code-expired',
  ForbiddenException: 'not-permitted',
  InternalErrorException: 'temporarily-unavailable',
  InvalidEmailRoleAccessPolicyException: 'pool-misconfigured',
  InvalidLambdaResponseException: 'pool-misconfigured',
  InvalidSmsRoleAccessPolicyException: 'pool-misconfigured',
  InvalidSmsRoleTrustRelationshipException: 'pool-misconfigured',
  LimitExceededException: 'too-many-attempts',
  NotAuthorizedException: 'token-refused',
  OperationNotEnabledException: 'pool-misconfigured',
  PasswordResetRequiredException: 'not-permitted',
  ResourceNotFoundException: 'pool-misconfigured',
  TooManyFailedAttemptsException: 'too-many-attempts',
  TooManyRequestsException: 'too-many-requests',
  UnexpectedLambdaException: 'pool-misconfigured',
  UserLambdaValidationException: 'refused-by-trigger',
  UserNotConfirmedException: 'not-permitted',
  UserNotFoundException: 'token-refused', // deleted since the token was issued
};

/** What a parameter that Cognito does not take means, by what was asked: one that names no attribute. */
const INVALID: Readonly<Record<Operation, ProblemCode>> = {
  read: 'token-refused',
  change: 'values-refused',
  sendCode: 'code-not-delivered', // there is no address to send it to, or the pool sends none
  confirm: 'code-mismatch',
  remove: 'not-permitted', // the pool requires the attribute
};

/**
 * @param operation what was asked; undefined where that has not been found out
 * @param names the attributes that were sent: Cognito's message is searched for them, and never repeated
 */
export function problemOf(error: unknown, operation: Operation | undefined, names: readonly string[]): Problem {
  if (error instanceof Problem) return error;
  const { name = '', message = '', $metadata } = (error ?? {}) as SdkError;
  // Two reasons share a name: the client of the token may not write, and the token is no longer valid.
  if (name === 'NotAuthorizedException' && /unauthorized attribute/i.test(message)) return new Problem('not-permitted');
  // Such as two headers that API Gateway has made one of.
  if (name === 'InvalidParameterException' && message.includes("'accessToken'")) return new Problem('token-refused');
  if (name === 'InvalidParameterException' && operation) {
    const named = operation === 'change' ? names.filter((candidate) => mentions(message, candidate)) : [];
    const errors = named.map((attribute) => valueError('refused', 'attributes', attribute));
    return new Problem(INVALID[operation], undefined, errors);
  }
  if (Object.hasOwn(CODES, name)) return new Problem(CODES[name]);
  const status = $metadata?.httpStatusCode;
  if (status === 429 || /throttl/i.test(name)) return new Problem('too-many-requests');
  if (isUnanswered(error) || (status !== undefined && status >= 500)) return new Problem('temporarily-unavailable');
  return new Problem(status === undefined ? 'internal-error' : 'pool-misconfigured');
}

/** A time-out, a reset, a name that did not resolve: Node's codes of the system, and none of its own (`ERR_…`). */
const isUnanswered = (error: unknown): boolean => {
  const { name, code } = (error ?? {}) as { readonly name?: string; readonly code?: unknown };
  return name === 'TimeoutError' || (typeof code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(code));
};

const mentions = (message: string, attribute: string): boolean =>
  message.split(/[^\p{L}\p{N}:_.-]+/u).some((word) => word.replace(/^user\./, '').replace(/[:.]$/, '') === attribute);
