import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider';
import type { AccessClaims } from './cognito-access-token';
import { complaintAboutCreation, complaintAboutDeletion, complaintAboutUpdate } from './cognito-schema';
import { errorAnswer, errorTypeOf, Refusal } from './cognito-upstream';
import type { Answer, Upstream } from './cognito-upstream';

export interface CognitoRequest {
  readonly AccessToken?: string;
  readonly ClientMetadata?: Record<string, string>;
  readonly UserAttributeNames?: string[];
  readonly UserAttributes?: AttributeType[];
  readonly UserPoolId?: string;
  readonly Username?: string;
}

const insist = (complaint: string | undefined, type = 'InvalidParameterException'): void => {
  if (complaint) throw new Refusal(type, complaint);
};

/** Refuses what Cognito refuses and cognito-local lets pass. */
export const check = async (
  upstream: Upstream,
  operation: string,
  request: CognitoRequest,
  claims: AccessClaims | undefined,
): Promise<void> => {
  const { UserPoolId = claims?.iss.split('/').pop() ?? '', UserAttributes = [], UserAttributeNames = [] } = request;
  switch (operation) {
    case 'AdminCreateUser':
      return insist(complaintAboutCreation(await upstream.schema(UserPoolId), UserAttributes));
    case 'AdminUpdateUserAttributes':
      return insist(complaintAboutUpdate(await upstream.schema(UserPoolId), UserAttributes));
    case 'AdminDeleteUserAttributes':
      return insist(complaintAboutDeletion(await upstream.schema(UserPoolId), UserAttributeNames));
    case 'DeleteUserAttributes':
    case 'UpdateUserAttributes': {
      const names = operation === 'DeleteUserAttributes' ? UserAttributeNames : UserAttributes.map(({ Name }) => Name!);
      const writable = await upstream.writableAttributes(UserPoolId, claims!.client_id);
      if (writable && names.some((name) => !writable.includes(name)))
        insist('A client attempted to write unauthorized attribute', 'NotAuthorizedException');
      const schema = await upstream.schema(UserPoolId);
      return insist(
        operation === 'DeleteUserAttributes'
          ? complaintAboutDeletion(schema, names)
          : complaintAboutUpdate(schema, UserAttributes),
      );
    }
    case 'AdminGetUser':
    case 'ListUsers':
      await upstream.schema(UserPoolId); // a pool that does not exist
      return;
    default:
      // What may change a schema behind the cache.
      if (/^(AddCustomAttributes|DeleteUserPool|UpdateUserPool)$/.test(operation)) upstream.forgetSchema(UserPoolId);
  }
};

/** cognito-local says NotAuthorized about an unknown user in both admin calls, which Cognito never does. */
export const translate = (operation: string, answer: Answer): Answer =>
  /^Admin(Update|Delete)UserAttributes$/.test(operation) && errorTypeOf(answer) === 'NotAuthorizedException'
    ? errorAnswer('UserNotFoundException', 'User does not exist.', 400)
    : answer;
