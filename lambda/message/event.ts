/**
 * What a message is made from, taken out of a CustomMessage event. Nothing is trusted to be there or to be of its type:
 * the caller of SignUp or ForgotPassword chooses the ClientMetadata and most attributes.
 */
export interface MessageFacts {
  readonly source: string;
  readonly userPoolId: string;
  readonly userName: unknown;
  /** What Cognito replaces by the code or the temporary password. */
  readonly codeParameter: unknown;
  /** What Cognito replaces by the user name; AWS sends it with AdminCreateUser alone. */
  readonly usernameParameter: unknown;
  /** What Cognito replaces by a link, where the pool verifies by one. */
  readonly linkParameter: unknown;
  readonly clientMetadata: Readonly<Record<string, unknown>>;
  readonly userAttributes: Readonly<Record<string, unknown>>;
}

export function readEvent(event: unknown): MessageFacts {
  const { triggerSource, userPoolId, userName, request } = record(event);
  const { codeParameter, usernameParameter, linkParameter, clientMetadata, userAttributes } = record(request);
  return {
    source: text(triggerSource),
    userPoolId: text(userPoolId),
    userName,
    codeParameter,
    usernameParameter,
    linkParameter,
    clientMetadata: record(clientMetadata),
    userAttributes: record(userAttributes),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** An own property; an inherited one (`constructor`) is nobody's metadata. */
export function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
