/** People's own attributes, read and changed with their own access token. */
import {
  CognitoIdentityProviderClient,
  GetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const cognito = new CognitoIdentityProviderClient({});

const READABLE = ['nickname', 'locale', 'email', 'email_verified'];
const RULES: Readonly<Record<string, (value: string) => boolean>> = {
  nickname: (value) => value.length <= 30,
  locale: (value) => ['en', 'de'].includes(value),
  email: (value) => /^[^\s@]+@[^\s@]+$/.test(value) && value.length <= 254,
};

class BadRequest extends Error {}

const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEventV2): Record<string, unknown> => {
  try {
    const parsed = JSON.parse(isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? ''));
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // said below
  }
  throw new BadRequest('The body is not a JSON object');
};

const change = async (AccessToken: string, event: APIGatewayProxyEventV2) => {
  const { attributes } = bodyOf(event);
  if (typeof attributes !== 'object' || attributes === null) throw new BadRequest('attributes is missing');
  const entries: [string, unknown][] = Object.entries(attributes);
  for (const [name, value] of entries) {
    if (!Object.hasOwn(RULES, name)) throw new BadRequest(`${name} cannot be changed`);
    if (value === null && name === 'email') throw new BadRequest('email cannot be removed');
    if (value !== null && !(typeof value === 'string' && RULES[name](value)))
      throw new BadRequest(`${name} is invalid`);
  }
  // A blank removes it.
  const UserAttributes = entries.map(([Name, Value]) => ({ Name, Value: (Value as string | null) ?? '' }));
  const { CodeDeliveryDetailsList } = await cognito.send(
    new UpdateUserAttributesCommand({ AccessToken, UserAttributes }),
  );
  return {
    codesSent: (CodeDeliveryDetailsList ?? []).map(({ AttributeName, DeliveryMedium, Destination }) => ({
      attribute: AttributeName,
      medium: DeliveryMedium,
      destination: Destination,
    })),
  };
};

const route = async (event: APIGatewayProxyEventV2): Promise<object> => {
  const AccessToken = event.headers.authorization!.replace(/^Bearer /i, '');
  switch (event.routeKey) {
    case 'GET /me/attributes': {
      const { UserAttributes } = await cognito.send(new GetUserCommand({ AccessToken }));
      const readable = (UserAttributes ?? []).filter(({ Name }) => READABLE.includes(Name!));
      return { attributes: Object.fromEntries(readable.map(({ Name, Value }) => [Name, Value])) };
    }
    case 'PATCH /me/attributes':
      return change(AccessToken, event);
    case 'POST /me/attributes/email/verification': {
      const { code } = bodyOf(event);
      if (typeof code !== 'string') throw new BadRequest('code is missing');
      await cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code: code }));
      return {};
    }
  }
  throw new BadRequest(`There is no ${event.routeKey}`);
};

const STATUS: Readonly<Record<string, number>> = {
  NotAuthorizedException: 401,
  CodeMismatchException: 400,
  ExpiredCodeException: 400,
  InvalidParameterException: 400,
  AliasExistsException: 409,
  LimitExceededException: 429,
  TooManyRequestsException: 429,
};

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  try {
    return { statusCode: 200, headers, body: JSON.stringify(await route(event)) };
  } catch (error) {
    const { name, message } = error as Error;
    const isOurs = error instanceof BadRequest;
    const statusCode = isOurs ? 400 : (STATUS[name] ?? 500);
    if (statusCode === 500) console.error(name); // not the message, which may quote a value
    return { statusCode, headers, body: JSON.stringify({ title: isOurs ? message : name }) };
  }
};
