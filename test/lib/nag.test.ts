import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { administrators } from '../../examples/tenants/administrators';
import { TenantsStack } from '../../examples/tenants/tenants-stack';
import {
  CustomMessageSource,
  CustomMessageTrigger,
  FormerValues,
  MissingUsers,
  SeedSource,
  UserAttributesApi,
  UserAttributesEndpoint,
  UserAttributesSeeder,
  UserPassword,
  UserSelector,
  WritableAttribute,
} from '../../lib';
import { onLowestCdk } from '../support/cdk-version';

interface Violation {
  readonly ruleName: string;
  readonly violatingResources: readonly { readonly constructPath: string }[];
}

const findingsIn = (app: App, stack: Stack): string[] => {
  app.synth();
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack) as { violations: Violation[] };
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
  );
};

const PROVIDER = [
  // The framework invokes any version of the one function.
  expect.stringMatching(
    /^AwsSolutions-IAM5\[Resource::<CognitoUserAttributesProviderFunction\w+\.Arn>:\*\] .*FrameworkRole/,
  ),
  // Its runtime is the latest that the lowest aws-cdk-lib knows in every Region.
  ...(onLowestCdk ? [expect.stringMatching(/^AwsSolutions-L1 .*framework-onEvent/)] : []),
];

test('of what the library makes, cdk-nag finds what aws-cdk-lib’s Provider does and nothing else', () => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new TenantsStack(app, 'Tenants', { administrators });
  const own = (finding: string) => !finding.includes('Tenants/Pool/'); // the example's own settings
  expect(findingsIn(app, stack).filter(own)).toEqual(PROVIDER);
});

test('of sources, cdk-nag finds that the function may read former declarations among the assets', () => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Stack');
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'people');
  const directory = mkdtempSync(join(tmpdir(), 'nag-'));
  const file = join(directory, 'users.csv');
  writeFileSync(file, 'username,nickname\nann,A\n');
  const sources = {
    File: SeedSource.csv(file),
    Object: SeedSource.fromBucket(bucket, 'users.csv', { version: 'v1' }),
    Rule: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }),
  };
  const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported');
  for (const [id, source] of Object.entries(sources)) new UserAttributesSeeder(stack, id, { userPool, source });
  const findings = findingsIn(app, stack);
  rmSync(directory, { recursive: true });
  expect(findings.filter((finding) => !PROVIDER.some((known) => known.asymmetricMatch(finding)))).toEqual([
    expect.stringMatching(/^AwsSolutions-IAM5\[Resource::arn:.*\/\*\.cognito-seed\] Stack\/File\/SourcePolicy/),
  ]);
});

test('of users who are created and former values, cdk-nag finds what the author of a stack decides', () => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Stack');
  new UserAttributesSeeder(stack, 'Seeder', {
    userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported'),
    source: SeedSource.inline([{ username: 'ann', groups: ['a'], enabled: true, password: UserPassword.generated() }]),
    missingUsers: MissingUsers.create({ password: UserPassword.random(), deleteWhenUndeclared: true }),
    formerValues: FormerValues.RESTORE,
  }).user('ann');
  const findings = findingsIn(app, stack).filter(
    (finding) => !PROVIDER.some((known) => known.asymmetricMatch(finding)),
  );
  expect(findings.sort()).toEqual([
    // The names of objects are made as users are changed.
    expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<CognitoUserAttributesBucket\w+\.Arn>\/former\/\*\]/),
    expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<CognitoUserAttributesBucket\w+\.Arn>\/reports\/\*\]/),
    // Logs need a bucket of the author's: who wants them brings the engine's bucket too.
    expect.stringMatching(/^AwsSolutions-S1 Stack\/CognitoUserAttributesBucket\//),
    // Who rotates a secret deploys the seeder afterwards.
    expect.stringMatching(/^AwsSolutions-SMG4 Stack\/Seeder\/Password/),
  ]);
});

test('of a trigger of an imported pool, cdk-nag finds what aws-cdk-lib’s Provider does and nothing else', () => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Stack');
  new CustomMessageTrigger(stack, 'Messages', {
    userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported'),
    importedPool: {
      displaceExisting: true,
      checkEvery: Duration.hours(1),
      smsRole: Role.fromRoleArn(stack, 'SmsRole', 'arn:aws:iam::123456789012:role/sms'),
    },
  }).addTemplate(CustomMessageSource.SIGN_UP, { sms: '{{code}}' });
  expect(findingsIn(app, stack)).toEqual([
    expect.stringMatching(
      // docs/compliance.md has the id.
      /^AwsSolutions-IAM5\[Resource::<CognitoPoolTriggerProviderFunction384D9302\.Arn>:\*\] .*FrameworkRole/,
    ),
    ...(onLowestCdk ? [expect.stringMatching(/^AwsSolutions-L1 .*framework-onEvent/)] : []),
  ]);
});

describe('of an API for people’s own attributes, cdk-nag finds', () => {
  const stackWith = (endpointOf: (stack: Stack) => UserAttributesEndpoint | undefined) => {
    const outdir = mkdtempSync(join(tmpdir(), 'nag-'));
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack');
    const api = new UserAttributesApi(stack, 'Api', {
      userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported'),
      userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'imported')],
      writable: [WritableAttribute.of('email')],
      endpoint: endpointOf(stack),
    });
    api.openApiAsset();
    const findings = findingsIn(app, stack);
    rmSync(outdir, { recursive: true });
    return findings;
  };

  test('nothing at all', () => {
    expect(stackWith(() => undefined)).toEqual([]);
    expect(stackWith(() => UserAttributesEndpoint.create({ allowOrigins: ['https://app.example.com'] }))).toEqual([]);
  });

  test('on an HTTP API that is there, what its author has left out', () => {
    expect(stackWith((stack) => UserAttributesEndpoint.routesOf(new HttpApi(stack, 'Mine')))).toEqual([
      // Whoever brings an HTTP API brings the logs of its stages.
      'AwsSolutions-APIG1 Stack/Mine/DefaultStage/Resource',
    ]);
  });
});
