import { gunzipSync } from 'node:zlib';
import { CustomResource, STACK_ID } from './custom-resource';
import { type LocalCloudFormation, startLocalCloudFormation } from './local-cloudformation';
import { type LocalCognito, startLocalCognito } from './local-cognito';
import { type LocalSecrets, startLocalSecrets } from './local-secrets';
import { type LocalSeedRuns, startLocalSeedRuns } from './seed-runs';

/** The Step Functions engine among the services that it talks to. */
export interface LocalRuns {
  readonly cognito: LocalCognito;
  readonly secrets: LocalSecrets;
  readonly cloudFormation: LocalCloudFormation;
  readonly runs: LocalSeedRuns;
  resource(): CustomResource;
  /** Whether the stack goes back. */
  setRollingBack(on: boolean): void;
  /** The lines of the report that an answer names. */
  report(data: Readonly<Record<string, string>>): any[];
  /** All that is written down anywhere: objects, states and logs. */
  written(): string;
  stop(): Promise<void>;
}

export const startLocalRuns = async (): Promise<LocalRuns> => {
  const [cognito, secrets, cloudFormation] = await Promise.all([
    startLocalCognito(),
    startLocalSecrets(),
    startLocalCloudFormation(),
  ]);
  const runs = await startLocalSeedRuns(cognito.endpoint, {
    env: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    },
  });
  cloudFormation.setStatus(STACK_ID, 'UPDATE_IN_PROGRESS');
  return {
    cognito,
    secrets,
    cloudFormation,
    runs,
    resource: () => new CustomResource(runs.provider),
    setRollingBack: (on) =>
      void cloudFormation.setStatus(STACK_ID, on ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'UPDATE_IN_PROGRESS'),
    report: ({ Report = '' }) => {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(Report)!;
      const lines = runs.s3.get(bucket, key)!.toString().split('\n').filter(Boolean);
      return lines.map((line) => JSON.parse(line) as unknown);
    },
    written: () => {
      const objects = runs.s3.keys('runs').map((key) => {
        const body = runs.s3.get('runs', key)!;
        return (key.endsWith('.gz') ? gunzipSync(body) : body).toString();
      });
      const states = [...runs.stepFunctions.executions.values()].map((each) =>
        JSON.stringify([each.input, each.result]),
      );
      return [...objects, ...states, ...runs.logs()].join('\n');
    },
    stop: async () => {
      await runs.stop();
      await Promise.all([cognito.stop(), secrets.stop(), cloudFormation.stop()]);
    },
  };
};
