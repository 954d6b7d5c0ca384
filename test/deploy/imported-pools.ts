/**
 * Pools that no stack of the test declares. Their settings are those of `UserPoolServer`: an update in MiniStack keeps what it leaves
 * out, and cognito-local keeps nothing that it does not know. Their users are cognito-local's, and messages are written by the function
 * that the settings name.
 */
import type { LocalCognito } from '../support/local-cognito';
import { HttpClient, listen, readBody } from '../support/http';
import { without } from '../support/pool-settings';
import { UserPoolServer } from '../support/user-pool-server';
import type { MiniStack } from './ministack';

/** A function that is not MiniStack's, as CustomMessage is given it. */
export type Writer = (event: { response: object }) => object;

export interface ImportedPoolsOptions {
  readonly cognito: LocalCognito;
  /** Asked when there is a message to write. */
  readonly miniStack: () => MiniStack;
  /** By ARN. */
  readonly otherFunctions: Readonly<Record<string, Writer>>;
}

export interface ImportedPools {
  /** Of a Cognito whose pools these are. */
  readonly endpoint: string;
  readonly settings: UserPoolServer;
  /** The pool of every UpdateUserPool so far. */
  readonly updated: readonly string[];
  /** As DescribeUserPool tells it, asked over HTTP, but for when it was changed. */
  describe(userPoolId: string): Promise<Record<string, any>>;
  stop(): Promise<void>;
}

export const startImportedPools = async ({
  cognito,
  miniStack,
  otherFunctions,
}: ImportedPoolsOptions): Promise<ImportedPools> => {
  const settings = await UserPoolServer.start();
  const http = new HttpClient();
  const updated: string[] = [];

  const useTriggerOf = (userPoolId: string): void => {
    const functionName: string | undefined = settings.pools.get(userPoolId)?.LambdaConfig?.CustomMessage;
    if (functionName === undefined) cognito.setCustomMessage();
    else if (functionName in otherFunctions) cognito.setCustomMessage(otherFunctions[functionName]);
    else cognito.setCustomMessage({ functionName, endpoint: miniStack().endpoint, region: miniStack().region });
  };

  const ask = async (headers: Record<string, string>, body: string) => {
    const ofSettings = /\.(Describe|Update)UserPool$/.test(headers['x-amz-target']);
    const { UserPoolId } = JSON.parse(body) as { UserPoolId: string };
    if (!ofSettings) useTriggerOf(UserPoolId);
    if (headers['x-amz-target'].endsWith('.UpdateUserPool')) updated.push(UserPoolId);
    return http.send(ofSettings ? settings.endpoint : cognito.endpoint, { headers, body });
  };

  const { endpoint, stop } = await listen((message, response) => {
    const { 'content-type': type, 'x-amz-target': target, authorization } = message.headers as Record<string, string>;
    readBody(message)
      .then((body) => ask({ 'content-type': type, 'x-amz-target': target, authorization }, body))
      .then(
        (answer) => response.writeHead(answer.status, { 'content-type': type }).end(answer.body),
        (error: Error) => response.writeHead(502).end(error.message),
      );
  });

  return {
    endpoint,
    settings,
    updated,
    describe: async (UserPoolId) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.DescribeUserPool',
        authorization: 'AWS4-HMAC-SHA256 Credential=test, Signature=none',
      };
      const { status, body } = await http.send(endpoint, { headers, body: JSON.stringify({ UserPoolId }) });
      if (status !== 200) throw new Error(`DescribeUserPool: ${status} ${body}`);
      return without((JSON.parse(body) as { UserPool: Record<string, any> }).UserPool, 'LastModifiedDate');
    },
    stop: async () => {
      await stop();
      http.stop();
      await settings.stop();
    },
  };
};
