/**
 * The self-service example without AWS: its pool on an embedded Cognito, its API and its trigger out of the cloud assembly, as a
 * deployment would take them.
 */
import { SelfServiceStack } from '../../examples/self-service/self-service-stack';
import { synthesize } from '../../test/support/assembly';
import { type LocalCognito, type SeedUser, startLocalCognito } from '../../test/support/local-cognito';

export interface LocalSelfService {
  readonly cognito: LocalCognito;
  readonly userPoolId: string;
  /** What a page has to know. */
  readonly config: { readonly attributesUrl: string; readonly cognitoEndpoint: string; readonly clientId: string };
  /** Every line that the functions and the API have logged. */
  logs(): string[];
  stop(): Promise<void>;
}

/** @param allowOrigin the origin of the page that may call the API */
export const startSelfService = async (
  users: readonly SeedUser[],
  allowOrigin = 'https://account.example.com',
): Promise<LocalSelfService> => {
  const assembly = synthesize((app) => new SelfServiceStack(app, 'SelfService', { allowOrigins: [allowOrigin] }));
  const cognito = await startLocalCognito();
  const userPoolId = await cognito.createPool(assembly.pool);
  await cognito.seedUsers(userPoolId, users);
  const [{ ReadAttributes: readAttributes, WriteAttributes: writeAttributes }] = assembly
    .resourcesOf('AWS::Cognito::UserPoolClient')
    .values();
  const clientId = await cognito.createAppClient(userPoolId, { readAttributes, writeAttributes });
  const messages = assembly.runCustomMessage();
  cognito.setCustomMessage(messages);
  const api = await assembly.runHttpApi(cognito, userPoolId, clientId);
  return {
    cognito,
    userPoolId,
    // The proxy before the emulator answers no page of another origin.
    config: { attributesUrl: `${api.endpoint}/me/attributes`, cognitoEndpoint: cognito.directEndpoint, clientId },
    logs: () => [...api.runner.logs, ...api.accessLog, ...messages.logs],
    stop: async () => {
      await Promise.all([api.stop(), messages.stop()]);
      await cognito.stop();
      assembly.remove();
    },
  };
};

export const PASSWORD = 'Harbour-7-lights';

/** Alice's address is confirmed, and the tenant is for others to decide. */
export const ALICE: SeedUser = {
  username: 'alice',
  password: PASSWORD,
  attributes: {
    given_name: 'Alice',
    nickname: 'Al',
    email: 'alice@blue.example.com',
    email_verified: 'true',
    'custom:tenant': 'Blue & Sons',
  },
};
