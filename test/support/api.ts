import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { UserAttributesApi, type UserAttributesApiProps } from '../../lib';
import { API_ENV } from '../../lib/private/contracts/api';
import { LambdaRunner } from './lambda-runner';
import type { LocalCognito } from './local-cognito';
import { type LocalHttpApi, type Resources, startLocalHttpApi } from './local-http-api';

export interface LocalApi extends LocalHttpApi {
  /** The address of the attributes. */
  readonly url: string;
  /** Runs the bundle that the template names, with its definition beside it. */
  readonly runner: LambdaRunner;
}

export interface LocalApiOptions {
  readonly userPoolId: string;
  readonly clientIds: readonly string[];
  readonly port?: number;
  readonly throttled?: boolean;
}

/** An API as a deployment would take it out of the template, before a Cognito of one's own. */
export const startLocalApi = async (
  cognito: LocalCognito,
  { userPoolId, clientIds, port, throttled }: LocalApiOptions,
  props: Omit<UserAttributesApiProps, 'userPool' | 'userPoolClients'>,
): Promise<LocalApi> => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-out-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  new UserAttributesApi(stack, 'Api', {
    userPool: UserPool.fromUserPoolId(stack, 'Pool', userPoolId),
    userPoolClients: clientIds.map((id) => UserPoolClient.fromUserPoolClientId(stack, `Client-${id}`, id)),
    ...props,
  });
  const resources: Resources = app.synth().getStackArtifact(stack.artifactId).template.Resources;
  const local = await runHttpApi(cognito, outdir, resources, { userPoolId, references: {}, port, throttled });
  return {
    ...local,
    url: `${local.endpoint}${props.endpoint?._path ?? '/me'}/attributes`,
    stop: async () => {
      await local.stop();
      rmSync(outdir, { recursive: true });
    },
  };
};

export interface RunOptions {
  readonly userPoolId: string;
  /** What `Ref`s in the template stand for. */
  readonly references: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly throttled?: boolean;
}

/** Runs the only HTTP API of a cloud assembly, and the function behind it. */
export const runHttpApi = async (
  cognito: LocalCognito,
  outdir: string,
  resources: Resources,
  { userPoolId, references, port, throttled }: RunOptions,
): Promise<LocalHttpApi & { readonly runner: LambdaRunner }> => {
  const behind = Object.values(resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && Properties.Environment?.Variables?.[API_ENV.userPoolId] !== undefined,
  );
  if (!behind) throw new Error('the stack has no UserAttributesApi');
  const { Code, Timeout, MemorySize } = behind.Properties;
  const runner = new LambdaRunner({
    bundle: path.join(outdir, `asset.${path.parse(Code.S3Key).name}`, 'index.js'),
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
    stop: async () => {
      await api.stop();
      await runner.stop();
    },
  };
};
