import { GroupNotFound } from './group-not-found';

/**
 * What went wrong, told without Cognito's own words: those may quote the value that they refuse.
 */
export interface Failure {
  /** The error's name, as in Cognito's API reference. */
  readonly name: string;
  /** The attributes that Cognito named. */
  readonly attributes: readonly string[];
  readonly remedy: string;
}

export interface UserFailure {
  /** As declared. */
  readonly username: string;
  readonly failure: Failure;
}

/** Worth another try, and how soon; or one user's own trouble; or the whole pool's. */
export type Kind = 'throttled' | 'transient' | 'user-missing' | 'user' | 'pool-missing' | 'pool';

const THROTTLES = ['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException', 'Throttling'];
const TRANSIENT = ['InternalErrorException', 'InternalServerError', 'UnexpectedLambdaException', 'ServiceUnavailable'];
const DENIALS = [
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'ExpiredTokenException',
  'PoolRoleDenied',
];

/** Ours: what one user's declaration names, and nobody can have. */
const NOT_OF_THE_POOL = ['GroupNotFound', 'SecretUnreadable', 'SecretWithoutPassword'];

/** The pool's role could not be taken on, so that Cognito was not asked. */
export class PoolRoleError extends Error {
  public constructor(
    public readonly name: 'PoolRoleDenied' | 'PoolRoleUnreachable',
    public readonly role: string,
    cause: unknown,
  ) {
    super(name, { cause });
  }
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export const classify = (error: unknown): Kind => {
  const { name = '', message = '' } = (error ?? {}) as SdkError;
  const status = statusOf(error);
  if (name === 'LimitExceededException' && isDailyLimit(message)) return 'pool'; // not over in a minute
  if (THROTTLES.includes(name) || status === 429) return 'throttled';
  if (name === 'UserNotFoundException') return 'user-missing';
  if (name === 'ResourceNotFoundException') return 'pool-missing';
  if (NOT_OF_THE_POOL.includes(name)) return 'user';
  if (DENIALS.includes(name)) return 'pool';
  if (TRANSIENT.includes(name)) return 'transient';
  if (status === undefined) return 'transient'; // no answer: a time-out, a reset, a name that did not resolve
  return status >= 500 ? 'transient' : 'user';
};

/** The pool, or a group of it. */
export const isGone = (error: unknown): boolean =>
  classify(error) === 'pool-missing' || (error as SdkError)?.name === 'GroupNotFound';

/** Whether another try may help. */
export const isWorthARetry = (error: unknown): boolean =>
  ['throttled', 'transient'].includes(classify(error)) || isDenial(error);

/** Whether the next user would fail just so. */
export const stopsAll = (error: unknown): boolean =>
  ['pool', 'pool-missing'].includes(classify(error)) || (error as SdkError)?.name === 'OutOfTime';

/** A policy that was attached seconds ago may not have reached every host yet. */
export const isDenial = (error: unknown): boolean => DENIALS.includes((error as SdkError)?.name ?? '');

/** Whether Cognito may have carried the call out and we have not heard of it. */
export const isLost = (error: unknown): boolean => {
  if (error instanceof PoolRoleError) return false; // nothing has been sent without credentials
  const status = statusOf(error);
  return status === undefined || status >= 500;
};

const statusOf = (error: unknown): number | undefined => (error as SdkError)?.$metadata?.httpStatusCode;

/** @param names the attributes that were sent: Cognito's message is searched for them, and never repeated */
export const describe = (error: unknown, names: readonly string[]): Failure => {
  // Out of time is told by what took the time.
  const { name = 'Error', message = '', cause } = (error ?? {}) as SdkError;
  if (name === 'OutOfTime' && cause) return describe(cause, names);
  if (error instanceof PoolRoleError) {
    return { name, attributes: [], remedy: `the role ${error.role} cannot be taken on: ${REMEDIES[error.name]}` };
  }
  if (error instanceof GroupNotFound)
    return {
      name,
      attributes: [],
      remedy: `the pool has no group '${error.group}': create it, and declare its groupName`,
    };
  const sentence = name === 'InvalidParameterException' ? SENTENCES.find(({ says }) => says.test(message)) : undefined;
  return {
    name,
    attributes: names.filter((candidate) => mentions(message, candidate) || sentence?.attribute === candidate),
    remedy:
      sentence?.remedy ??
      remedyFor(statusOf(error) === undefined && !NOT_OF_THE_POOL.includes(name) ? 'TimeoutError' : name, message),
  };
};

const mentions = (message: string, attribute: string): boolean =>
  message
    .split(/[\s,;]+/)
    .some((word) => word.endsWith(':') && word.replace(/^user\./, '').replace(/:$/, '') === attribute);

const remedyFor = (name: string, message: string): string => {
  if (name === 'LimitExceededException' && isDailyLimit(message)) {
    return "the account's daily e-mails are used up: configure Amazon SES on the pool";
  }
  return Object.hasOwn(REMEDIES, name)
    ? REMEDIES[name as keyof typeof REMEDIES]
    : 'see the API reference of Amazon Cognito user pools';
};

const isDailyLimit = (message: string): boolean => /daily/i.test(message);

/** What Cognito says of a value that does not fit, in its words and in ours. */
const SENTENCES: readonly { says: RegExp; attribute?: string; remedy: string }[] = [
  { says: /does not exist in the schema/i, remedy: "add the attribute to the pool's schema, or leave it out" },
  {
    says: /immutable|non-mutable|cannot be updated/i,
    remedy: 'the attribute is immutable: Cognito takes it at creation alone',
  },
  {
    says: /required/i,
    remedy:
      'the pool requires the attribute of everybody: declare a value, and keep it declared, or declare prune: false and RETAIN',
  },
  {
    says: /username should be/i,
    remedy: 'users of this pool are created under their e-mail address or phone number: declare it as username',
  },
  { says: /phone number/i, attribute: 'phone_number', remedy: 'a phone number is + and 1 to 15 digits (E.164)' },
  { says: /email address format/i, attribute: 'email', remedy: 'declare a valid e-mail address' },
  {
    says: /length|longer|shorter|at (most|least)|range|less than|greater than/i,
    remedy: "stay within the schema's limits",
  },
];

/** Why nobody could be read or changed, where it is known what to do about it. */
export const reasonOf = (error: unknown): string | undefined => {
  const { name, remedy } = describe(error, []);
  return Object.hasOwn(REMEDIES, name) ? `${name}, ${remedy}` : undefined;
};

/** By the names of errors, Cognito's and ours. */
export const REMEDIES = {
  AliasExistsException: 'another user has this alias, a verified address or preferred username: change theirs first',
  InvalidParameterException: "compare the values with the pool's schema",
  UserNotFoundException: 'the pool has no such user: correct the name, or declare MissingUsers.create()',
  UsernameExistsException:
    'somebody else has created a user of this name, or with this address, at the same time: deploy again',
  InvalidPasswordException: "the password does not conform to the pool's policy: declare a secret with one that does",
  PasswordHistoryPolicyViolationException:
    "the pool's policy refuses a password that the user had before: rotate the secret",
  UnsupportedUserStateException: "the user's state does not allow it: look at the user in the pool",
  CodeDeliveryFailureException: 'the invitation could not be delivered: look at the address',
  PreconditionNotMetException: 'the pool does not allow it: look at its settings for signing up',
  GroupNotFound: 'the pool has no such group: create it, and declare its groupName',
  SecretUnreadable: "the password's secret cannot be read: look at its ARN, its resource policy and its key's policy",
  SecretWithoutPassword: "the password's secret has no text of 1 to 256 characters, or none in the declared field",
  DuplicateUser: 'another declared name means the same user',
  ResourceNotFoundException: 'the user pool does not exist in this Region',
  NotAuthorizedException: "Cognito refuses the change: look at the user's state and the pool's policies",
  AccessDeniedException:
    "a policy denies the function this pool: look at its role, at poolRole where that is declared, and the account's SCPs",
  PoolRoleDenied: "look at its trust policy, at boundaries of the functions' roles, and at the SCPs of both accounts",
  PoolRoleUnreachable: 'STS could not be reached in time; in a VPC, look at the way to it',
  LimitExceededException: 'a limit of Cognito is reached: deploy again later',
  TooManyRequestsException: 'others take the quota: lower requestsPerSecond, or deploy at another time',
  InvalidEmailRoleAccessPolicyException: 'the pool may not send through its SES identity: look at its policy',
  InvalidSmsRoleAccessPolicyException: "the pool's SMS role may not publish to SNS",
  InvalidSmsRoleTrustRelationshipException: "the pool's SMS role does not trust Cognito",
  UserLambdaValidationException: "a trigger of the pool refused the change: look at its function's log",
  UnexpectedLambdaException: "a trigger of the pool failed: look at its function's log",
  InvalidLambdaResponseException: 'a trigger of the pool answered what Cognito cannot read: see its log',
  InternalErrorException: 'Cognito failed: deploy again, and open a case with AWS if it stays',
  AbortError: 'Cognito did not answer in time: deploy again',
  TimeoutError: 'Cognito could not be reached in time: deploy again',
  OutOfTime: 'raise requestsPerSecond, or declare fewer users a seeder',
};
