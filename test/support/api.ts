import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { type CfnUserPool, type CfnUserPoolClient, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { UserAttributesApi, type UserAttributesApiProps } from '../../lib';
import { API_ENV, API_FILE, type ApiWire } from '../../lib/private/contracts/api';
import { LambdaRunner } from './lambda-runner';
import type { LocalCognito } from './local-cognito';
import { type LocalHttpApi, type Resources, startLocalHttpApi } from './local-http-api';

export interface LocalApi extends LocalHttpApi {
  /** The address of the attributes. */
  readonly url: string;
  /** Runs the bundle that the template names, with its definition beside it. */
  readonly runner: LambdaRunner;
  /** What the construct says of itself. */
  readonly openApi: UserAttributesApi['openApi'];
  /** What the function reads. */
  readonly definition: ApiWire;
}

type DeclaredPool = Pick<UserAttributesApiProps, 'userPool' | 'userPoolClients'>;

export interface LocalApiOptions {
  readonly userPoolId: string;
  readonly clientIds: readonly string[];
  /** A pool of the stack itself, and as many app clients of it: those of the local Cognito stand for them. @default - imported ones */
  readonly declare?: (stack: Stack) => DeclaredPool;
  readonly port?: number;
  readonly throttled?: boolean;
}

/** An API as a deployment would take it out of the template, before a Cognito of one's own. */
export const startLocalApi = async (
  cognito: LocalCognito,
  { userPoolId, clientIds, declare = imported(userPoolId, clientIds), port, throttled }: LocalApiOptions,
  props: Omit<UserAttributesApiProps, 'userPool' | 'userPoolClients'>,
): Promise<LocalApi> => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-out-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  const declared = declare(stack);
  const { openApi } = new UserAttributesApi(stack, 'Api', { ...declared, ...props });
  const references = referencesOf(stack, declared, userPoolId, clientIds);
  const resources: Resources = app.synth().getStackArtifact(stack.artifactId).template.Resources;
  const local = await runHttpApi(cognito, outdir, resources, { userPoolId, references, port, throttled });
  return {
    ...local,
    definition: JSON.parse(readFileSync(path.join(local.code, API_FILE), 'utf8')) as ApiWire,
    url: `${local.endpoint}${props.endpoint?._path ?? '/me'}/attributes`,
    openApi,
    stop: async () => {
      await local.stop();
      rmSync(outdir, { recursive: true });
    },
  };
};

const imported =
  (userPoolId: string, clientIds: readonly string[]) =>
  (stack: Stack): DeclaredPool => ({
    userPool: UserPool.fromUserPoolId(stack, 'Pool', userPoolId),
    userPoolClients: clientIds.map((id) => UserPoolClient.fromUserPoolClientId(stack, `Client-${id}`, id)),
  });

/** What `Ref`s of a declared pool and its clients stand for; an imported one is named by its id. */
const referencesOf = (
  stack: Stack,
  { userPool, userPoolClients }: DeclaredPool,
  userPoolId: string,
  clientIds: readonly string[],
): Record<string, string> => {
  const resources = [userPool, ...userPoolClients].map(
    ({ node }) => node.defaultChild as CfnUserPool | CfnUserPoolClient | undefined,
  );
  const ids = [userPoolId, ...clientIds];
  return Object.fromEntries(
    resources.flatMap((resource, index) => (resource ? [[stack.getLogicalId(resource), ids[index]]] : [])),
  );
};

export interface RunOptions {
  readonly userPoolId: string;
  /** What `Ref`s in the template stand for. */
  readonly references: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly throttled?: boolean;
}

export interface RunningApi extends LocalHttpApi {
  readonly runner: LambdaRunner;
  /** The folder of the function's code. */
  readonly code: string;
}

/** Runs the only HTTP API of a cloud assembly, and the only function behind it. */
export const runHttpApi = async (
  cognito: LocalCognito,
  outdir: string,
  resources: Resources,
  { userPoolId, references, port, throttled }: RunOptions,
): Promise<RunningApi> => {
  const integration = Object.values(resources).find(({ Type }) => Type === 'AWS::ApiGatewayV2::Integration');
  if (!integration) throw new Error('the stack has no HTTP API with a function');
  const { Code, Timeout, MemorySize } = resources[integration.Properties.IntegrationUri['Fn::GetAtt'][0]].Properties;
  const code = path.join(outdir, `asset.${path.parse(Code.S3Key).name}`);
  const runner = new LambdaRunner({
    bundle: path.join(code, 'index.js'),
    env: {
      [API_ENV.region]: 'us-east-1',
      [API_ENV.userPoolId]: userPoolId,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint,
    },
    timeoutSeconds: Timeout,
    memoryMb: MemorySize,
  });
  const api = await startLocalHttpApi({
    resources,
    references,
    userPoolId,
    issuer: cognito.directEndpoint,
    function: runner,
    port,
    throttled,
  });
  return {
    ...api,
    runner,
    code,
    stop: async () => {
      await api.stop();
      await runner.stop();
    },
  };
};
