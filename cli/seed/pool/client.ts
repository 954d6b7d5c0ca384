import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { CommandError, reasonOf } from '../../preview/errors';

export interface PoolAccess {
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
}

/** With the SDK's whole chain of credentials: whoever plans signs in as people do. */
export const createClient = (userPoolId: string, access: PoolAccess): CognitoIdentityProviderClient => {
  // It would stand among the lines of the plan on Node 20.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // A pool's id begins with its Region, and it is in no other.
  const region = access.region ?? /^([a-z]{2}(?:-[a-z]+)+-\d+)_/.exec(userPoolId)?.[1];
  return new CognitoIdentityProviderClient({
    ...(region !== undefined && { region }),
    ...(access.profile !== undefined && { profile: access.profile }),
    ...(access.endpointUrl !== undefined && { endpoint: access.endpointUrl }),
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 },
  });
};

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const NEEDED = 'cognito-idp:DescribeUserPool, cognito-idp:ListUsers and, for groups, cognito-idp:ListUsersInGroup';

/** What keeps a pool from being read, and what helps. Without Cognito's own words, which may quote a value. */
export const poolError = (error: unknown, userPoolId: string, subject: string): Error => {
  const { name = '', code, message = '', $metadata } = Object(error) as SdkError;
  const failed = (reason: string) => new CommandError(`${subject} cannot be read: ${reason}`);
  if (error instanceof CommandError) return error;
  if (/Region is missing/.test(message)) return failed('no Region is set; pass --region, or set AWS_REGION');
  if (name === 'CredentialsProviderError') {
    return failed(`${reasonOf(error)}; sign in to AWS, or pass --profile`);
  }
  if (['ResourceNotFoundException', 'GroupNotFound'].includes(name)) {
    return failed('it does not exist in this Region and account');
  }
  if (['AccessDeniedException', 'NotAuthorizedException'].includes(name)) {
    return failed(`your credentials may not (${name}); allow ${NEEDED} on ${userPoolId}`);
  }
  if (['UnrecognizedClientException', 'InvalidSignatureException', 'ExpiredTokenException'].includes(name)) {
    return failed(`AWS does not take your credentials (${name}); sign in again`);
  }
  if ($metadata?.httpStatusCode !== undefined) return failed(`Cognito answers ${name} (${$metadata.httpStatusCode})`);
  if (code !== undefined || name === 'TimeoutError') {
    return failed(`Cognito cannot be reached (${code ?? name}); look at the network, --region and --endpoint-url`);
  }
  return failed(reasonOf(error));
};
