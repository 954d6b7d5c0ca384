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

/** Worth another try, and how soon; or one user's own trouble; or the whole pool's. */
export type Kind = 'throttled' | 'transient' | 'user-missing' | 'user' | 'pool-missing' | 'pool';

const THROTTLES = ['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException', 'Throttling'];
const TRANSIENT = ['InternalErrorException', 'InternalServerError', 'UnexpectedLambdaException', 'ServiceUnavailable'];
/** A policy that was attached seconds ago may not have reached every host yet, so these are tried again too. */
const DENIALS = ['AccessDeniedException', 'UnrecognizedClientException', 'InvalidSignatureException'];

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export const classify = (error: unknown): Kind => {
  const { name = '', message = '', $metadata } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  // The daily limit of e-mails is not over in a minute.
  if (name === 'LimitExceededException' && /daily/i.test(message)) return 'pool';
  if (THROTTLES.includes(name) || status === 429) return 'throttled';
  if (name === 'UserNotFoundException') return 'user-missing';
  if (name === 'ResourceNotFoundException') return 'pool-missing';
  if (DENIALS.includes(name)) return 'pool';
  if (TRANSIENT.includes(name)) return 'transient';
  if (status === undefined) return 'transient'; // no answer: a time-out, a reset, a name that did not resolve
  return status >= 500 ? 'transient' : 'user';
};

/** Whether another try may help. */
export const isWorthARetry = (error: unknown): boolean => {
  const kind = classify(error);
  return kind === 'throttled' || kind === 'transient' || DENIALS.includes((error as SdkError)?.name ?? '');
};

/** @param names the attributes that were sent: Cognito's message is searched for them, and never repeated */
export const describe = (error: unknown, names: readonly string[]): Failure => {
  const { name = 'Error', message = '' } = (error ?? {}) as SdkError;
  const known = SENTENCES.find(({ says }) => says.test(message));
  const attributes = names.filter((candidate) => mentions(message, candidate) || known?.attribute === candidate);
  const failure = (known ?? REMEDIES[name])?.remedy ?? 'see the API reference of Amazon Cognito user pools';
  return { name, attributes, remedy: failure };
};

const mentions = (message: string, attribute: string): boolean =>
  message
    .split(/[\s,;]+/)
    .some((word) => word.replace(/^user\./, '').replace(/:$/, '') === attribute && word.endsWith(':'));

/** What Cognito says of a value that does not fit, in its words and in ours. */
const SENTENCES: readonly { says: RegExp; attribute?: string; remedy: string }[] = [
  { says: /does not exist in the schema/i, remedy: "add the attribute to the pool's schema, or leave it out" },
  { says: /immutable|cannot be updated/i, remedy: 'the attribute is immutable: Cognito takes it at creation alone' },
  { says: /phone number/i, attribute: 'phone_number', remedy: 'a phone number is + and 1 to 15 digits (E.164)' },
  { says: /email address format/i, attribute: 'email', remedy: 'declare a valid e-mail address' },
  {
    says: /length|longer|shorter|at (most|least)|range|less than|greater than/i,
    remedy: "stay within the schema's limits",
  },
];

const REMEDIES: Readonly<Record<string, { remedy: string }>> = {
  AliasExistsException: {
    remedy: 'another user has this alias, a verified address or preferred username: change theirs first',
  },
  InvalidParameterException: { remedy: "compare the values with the pool's schema" },
  UserNotFoundException: { remedy: 'the pool has no such user' },
  ResourceNotFoundException: { remedy: 'the user pool does not exist' },
  NotAuthorizedException: { remedy: "Cognito refuses the change: look at the user's state and the pool's policies" },
  AccessDeniedException: { remedy: "a policy denies the function this pool: look at its role and the account's SCPs" },
  LimitExceededException: { remedy: "the account's daily e-mails are used up: configure Amazon SES on the pool" },
  TooManyRequestsException: { remedy: 'others take the quota: lower requestsPerSecond, or deploy at another time' },
  CodeDeliveryFailureException: { remedy: "the code could not be sent: look at the pool's e-mail and SMS settings" },
  InvalidEmailRoleAccessPolicyException: {
    remedy: 'the pool may not send through its SES identity: look at its policy',
  },
  InvalidSmsRoleAccessPolicyException: { remedy: "the pool's SMS role may not publish to SNS" },
  InvalidSmsRoleTrustRelationshipException: { remedy: "the pool's SMS role does not trust Cognito" },
  UserLambdaValidationException: { remedy: "a trigger of the pool refused the change: look at its function's log" },
  UnexpectedLambdaException: { remedy: "a trigger of the pool failed: look at its function's log" },
  InvalidLambdaResponseException: { remedy: 'a trigger of the pool answered what Cognito cannot read: see its log' },
  InternalErrorException: { remedy: 'Cognito failed: deploy again, and open a case with AWS if it stays' },
  AbortError: { remedy: 'Cognito did not answer in time: deploy again' },
  TimeoutError: { remedy: 'Cognito could not be reached in time: deploy again' },
  OutOfTime: { remedy: 'raise requestsPerSecond, or split the declaration into several seeders' },
};
