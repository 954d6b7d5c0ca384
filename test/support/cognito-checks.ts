import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider';
import type { AccessClaims } from './cognito-access-token';
import { complaintAboutCreation, complaintAboutDeletion, complaintAboutUpdate } from './cognito-schema';
import { contactOf } from './cognito-sign-in-name';
import { errorAnswer, errorTypeOf, Refusal } from './cognito-upstream';
import type { Answer, PoolDescription, Upstream } from './cognito-upstream';

export interface CognitoRequest {
  readonly AccessToken?: string;
  readonly ClientMetadata?: Record<string, string>;
  readonly GroupName?: string;
  readonly MessageAction?: string;
  readonly UserAttributeNames?: string[];
  readonly UserAttributes?: AttributeType[];
  readonly UserPoolId?: string;
  readonly Username?: string;
}

const insist = (complaint: string | undefined, type = 'InvalidParameterException'): void => {
  if (complaint) throw new Refusal(type, complaint);
};

/** The contact that serves as username is among the attributes, said or not. */
const complaintAboutUser = (
  { SchemaAttributes, UsernameAttributes }: PoolDescription,
  { Username = '', UserAttributes = [] }: CognitoRequest,
): string | undefined => {
  const contact = contactOf(Username, UsernameAttributes);
  const isSaid = !contact || UserAttributes.some(({ Name, Value }) => Name === contact && Value);
  return complaintAboutCreation(
    SchemaAttributes,
    isSaid ? UserAttributes : [...UserAttributes, { Name: contact, Value: Username }],
  );
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
      if (request.MessageAction === 'RESEND') return;
      return insist(complaintAboutUser(await upstream.pool(UserPoolId), request));
    case 'AdminUpdateUserAttributes':
      return insist(complaintAboutUpdate(await upstream.schema(UserPoolId), UserAttributes));
    case 'AdminDeleteUserAttributes':
      return insist(complaintAboutDeletion(await upstream.schema(UserPoolId), UserAttributeNames));
    case 'DeleteUserAttributes':
    case 'UpdateUserAttributes': {
      const names = operation === 'DeleteUserAttributes' ? UserAttributeNames : UserAttributes.map(({ Name }) => Name!);
      if (!(await upstream.mayWrite(UserPoolId, claims!.client_id, names)))
        insist('A client attempted to write unauthorized attribute', 'NotAuthorizedException');
      const schema = await upstream.schema(UserPoolId);
      return insist(
        operation === 'DeleteUserAttributes'
          ? complaintAboutDeletion(schema, names)
          : complaintAboutUpdate(schema, UserAttributes),
      );
    }
    default:
      // What may change a schema or an app client behind the cache.
      if (/^(AddCustomAttributes|(Delete|Update)UserPool(Client)?)$/.test(operation)) upstream.forgetPool(UserPoolId);
  }
};

/** cognito-local says NotAuthorized about an unknown user in both calls, which Cognito never does, and words its errors in its own way. */
export const translate = (operation: string, answer: Answer): Answer => {
  const type = errorTypeOf(answer);
  const isUnknownUser =
    type === 'UserNotFoundException' ||
    (type === 'NotAuthorizedException' && /^Admin(Update|Delete)UserAttributes$/.test(operation));
  if (operation.startsWith('Admin') && isUnknownUser)
    return errorAnswer('UserNotFoundException', 'User does not exist.', 400);
  if (type === 'ResourceNotFoundException' && /Group not found/.test(answer.body))
    return errorAnswer(type, 'Group not found.', 400);
  return answer;
};
