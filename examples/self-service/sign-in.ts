/** Signing in with name and password, as one request to Cognito. */

export interface SignInOptions {
  /** Such as `https://cognito-idp.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly clientId: string;
}

/** Cognito's name for what went wrong, such as `NotAuthorizedException`, or the challenge that it puts first. */
export class SignInError extends Error {}

/**
 * The refresh token that Cognito sends along is let go: whoever closes the page is signed out.
 *
 * @returns the access token
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export const signIn = async (
  { endpoint, clientId }: SignInOptions,
  username: string,
  password: string,
): Promise<string> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  const { AuthenticationResult, ChallengeName, __type } = await response.json();
  if (AuthenticationResult) return AuthenticationResult.AccessToken;
  throw new SignInError(ChallengeName ?? __type);
};
