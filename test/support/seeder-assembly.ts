import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { UserAttributesSeeder, type UserAttributesSeederProps } from '../../lib';
import { PREPARED_EXTENSION } from '../../lib/private/contracts/seed-row';
import type { LocalS3 } from './local-s3';

export const ASSETS_BUCKET = 'assets';
export const RUNS_BUCKET = 'runs';

/**
 * The properties of a seeder as CloudFormation would hand them over: out of a cloud assembly, whose files are uploaded, with
 * references resolved.
 */
export const deployedProperties = (
  userPoolId: string,
  props: Omit<UserAttributesSeederProps, 'userPool'>,
  s3: LocalS3,
): Record<string, unknown> => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-out-'));
  try {
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack');
    new UserAttributesSeeder(stack, 'Seeder', {
      userPool: UserPool.fromUserPoolId(stack, 'Pool', 'us-east-1_Pool'),
      ...props,
    });
    const { template } = app.synth().getStackArtifact(stack.artifactId);
    for (const file of readdirSync(outdir).filter((name) => name.endsWith(PREPARED_EXTENSION))) {
      s3.put(ASSETS_BUCKET, file.replace(/^asset\./, ''), readFileSync(path.join(outdir, file)));
    }
    const resources = Object.values(template.Resources as Record<string, any>);
    const { ServiceToken, ...properties } = resources.find(
      ({ Type }) => Type === 'Custom::CognitoUserAttributes',
    )!.Properties;
    void ServiceToken;
    return {
      ...properties,
      UserPoolId: userPoolId,
      ...(properties.File ? { File: { ...properties.File, Bucket: ASSETS_BUCKET } } : {}),
      ...(properties.Run ? { Run: { ...properties.Run, Bucket: RUNS_BUCKET } } : {}),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
};
