import path from 'node:path';
import { CustomResource, STACK_ID } from './custom-resource';
import { LambdaRunner } from './lambda-runner';
import { type LocalCloudFormation, startLocalCloudFormation } from './local-cloudformation';
import { type LocalCognito, startLocalCognito } from './local-cognito';
import { type LocalS3, startLocalS3 } from './local-s3';
import { type LocalSecrets, startLocalSecrets } from './local-secrets';

/** The shipped function of the Lambda engine among the services that it talks to. */
export interface LocalSeeder {
  readonly cognito: LocalCognito;
  readonly secrets: LocalSecrets;
  readonly s3: LocalS3;
  readonly cloudFormation: LocalCloudFormation;
  readonly runner: LambdaRunner;
  resource(): CustomResource;
  /** Whether the stack goes back. */
  setRollingBack(on: boolean): void;
  stop(): Promise<void>;
}

export const startLocalSeeder = async (): Promise<LocalSeeder> => {
  const [cognito, secrets, s3, cloudFormation] = await Promise.all([
    startLocalCognito(),
    startLocalSecrets(),
    startLocalS3(),
    startLocalCloudFormation(),
  ]);
  const runner = new LambdaRunner({
    bundle: path.join(__dirname, '../../assets/user-attributes-seeder/index.js'),
    env: {
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    },
    timeoutSeconds: 120,
    memoryMb: 512,
  });
  cloudFormation.setStatus(STACK_ID, 'UPDATE_IN_PROGRESS');
  return {
    cognito,
    secrets,
    s3,
    cloudFormation,
    runner,
    resource: () => new CustomResource(runner),
    setRollingBack: (on) =>
      void cloudFormation.setStatus(STACK_ID, on ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'UPDATE_IN_PROGRESS'),
    stop: async () => {
      await runner.stop();
      await Promise.all([cognito.stop(), secrets.stop(), s3.stop(), cloudFormation.stop()]);
    },
  };
};
