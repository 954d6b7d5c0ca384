import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  type CodeDeliveryDetailsType,
  CognitoIdentityProviderClient,
  DeleteUserAttributesCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { API_ENV } from '../../lib/private/contracts/api';
import type { Attributes, Metadata } from './body';

/** Where Cognito has sent a code. The destination is masked by Cognito. */
export interface SentCode {
  readonly attribute: string;
  readonly medium: string;
  readonly destination: string;
}

/** What a signed-in user may ask of Cognito about themselves. The only code of the API that asks it. */
export interface Cognito {
  read(accessToken: string): Promise<Attributes>;
  update(accessToken: string, attributes: Attributes, clientMetadata: Metadata): Promise<SentCode[]>;
  delete(accessToken: string, name: string): Promise<void>;
  sendCode(accessToken: string, name: string, clientMetadata: Metadata): Promise<SentCode[]>;
  confirm(accessToken: string, name: string, code: string): Promise<void>;
}

/** After which a connection is not trusted to be open still. */
const LONGEST_IDLE_MS = 5_000;

/**
 * No call is signed: the access token is all that Cognito asks for, and the function's role may do nothing there. No call is
 * repeated either: whoever waits knows better whether to, and a second update would send a second code.
 */
export const createClient = (): CognitoIdentityProviderClient => {
  const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  const client = new CognitoIdentityProviderClient({
    region: process.env[API_ENV.region],
    maxAttempts: 1,
    // By itself, a request that takes too long is told to the log alone, and the function's own time ends first.
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true, ...agents },
  });
  let usedAt = 0;
  client.middlewareStack.add(
    (next) => (input) => {
      // Lambda may have had the function frozen, and Cognito has closed the connection meanwhile.
      if (Date.now() - usedAt > LONGEST_IDLE_MS) for (const agent of Object.values(agents)) agent.destroy();
      usedAt = Date.now();
      return next(input);
    },
    { step: 'initialize' },
  );
  return client;
};

export const createCognito = (client: Pick<CognitoIdentityProviderClient, 'send'>): Cognito => ({
  read: async (AccessToken) => {
    const { UserAttributes = [] } = await client.send(new GetUserCommand({ AccessToken }));
    return Object.fromEntries(UserAttributes.map(({ Name, Value = '' }) => [Name, Value]));
  },
  update: async (AccessToken, attributes, ClientMetadata) => {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    const command = new UpdateUserAttributesCommand({ AccessToken, UserAttributes, ClientMetadata });
    return sent((await client.send(command)).CodeDeliveryDetailsList);
  },
  delete: async (AccessToken, name) => {
    await client.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: [name] }));
  },
  sendCode: async (AccessToken, AttributeName, ClientMetadata) => {
    const command = new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName, ClientMetadata });
    const { CodeDeliveryDetails } = await client.send(command);
    return sent(CodeDeliveryDetails && [CodeDeliveryDetails]);
  },
  confirm: async (AccessToken, AttributeName, Code) => {
    await client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }));
  },
});

const sent = (details: readonly CodeDeliveryDetailsType[] = []): SentCode[] =>
  details.map(({ AttributeName = '', DeliveryMedium = '', Destination = '' }) => ({
    attribute: AttributeName,
    medium: DeliveryMedium,
    destination: Destination,
  }));
