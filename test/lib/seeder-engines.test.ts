import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SeedEngine, SeedSource, UserAttributesSeeder, UserSelector } from '../../lib';

const TYPE = 'Custom::CognitoUserAttributes';

const newStack = () => new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
const seederIn = (stack: Stack, engine?: SeedEngine, id = 'Seeder') =>
  new UserAttributesSeeder(stack, id, {
    userPool: UserPool.fromUserPoolId(stack, `${id}Pool`, 'eu-west-1_Abc'),
    source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }),
    engine,
  });
const statementsOf = (stack: Stack): any[] =>
  Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );

test('without an engine there is one function, and neither state machine nor bucket', () => {
  const stack = newStack();
  const seeder = seederIn(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  template.resourceCountIs('AWS::S3::Bucket', 0);
  template.resourceCountIs('AWS::Lambda::Function', 2); // ours, and the framework's
  expect([seeder.report, seeder.execution]).toEqual([undefined, undefined]);
  expect(stack.resolve(seeder.failedUsers)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'FailedUsers'] });
});

test('on Step Functions, all seeders of a stack share state machine, functions and bucket', () => {
  const stack = newStack();
  const seeder = seederIn(stack, SeedEngine.stepFunctions({ maxConcurrency: 4, toleratedFailures: 3 }));
  seederIn(stack, SeedEngine.stepFunctions({ waitForCompletion: false }), 'Other');
  const template = Template.fromStack(stack);
  const [bucket, ...others] = Object.keys(template.findResources('AWS::S3::Bucket'));
  expect(others).toEqual([]);
  const run = { Bucket: { Ref: bucket }, MaxConcurrency: '4', ToleratedFailures: '3', WaitForCompletion: 'true' };
  template.hasResource(TYPE, { Properties: { Run: run, ServiceTimeout: '3600', ExistingUsers: Match.anyValue() } });
  template.hasResource(TYPE, {
    Properties: { Run: { ...run, MaxConcurrency: '1', ToleratedFailures: '0', WaitForCompletion: 'false' } },
  });
  expect(stack.resolve([seeder.report, seeder.execution])).toEqual([
    { 'Fn::GetAtt': [expect.any(String), 'Report'] },
    { 'Fn::GetAtt': [expect.any(String), 'Execution'] },
  ]);
});

test('another engine is another resource: CloudFormation refuses another ServiceToken', () => {
  const ids = [undefined, SeedEngine.lambda(), SeedEngine.stepFunctions()].map((engine) => {
    const stack = newStack();
    seederIn(stack, engine);
    return Object.keys(Template.fromStack(stack).findResources(TYPE));
  });
  expect(ids[0]).toEqual(ids[1]);
  expect(ids[0]).not.toEqual(ids[2]);
});

test('a removal runs while everything that it needs is there', () => {
  const stack = newStack();
  seederIn(stack, SeedEngine.stepFunctions());
  const template = Template.fromStack(stack);
  const [{ DependsOn }] = Object.values(template.findResources(TYPE));
  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies.filter((policy) => !DependsOn.includes(policy))).toEqual([]);
  expect(DependsOn).toEqual(
    expect.arrayContaining(Object.keys(template.findResources('AWS::StepFunctions::StateMachine'))),
  );
});

test('a given bucket is used with its key, and none is made', () => {
  const stack = newStack();
  const encryptionKey = new Key(stack, 'Key');
  const bucket = new Bucket(stack, 'Mine', { encryptionKey });
  seederIn(stack, SeedEngine.stepFunctions({ bucket }));
  Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  const actions = statementsOf(stack).flatMap(({ Action }) => Action);
  expect(actions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
});

test('reports of the Lambda engine may be written below reports/ of their bucket, and nothing else', () => {
  const stack = newStack();
  const reportBucket = Bucket.fromBucketName(stack, 'Reports', 'reports-of-ours');
  const seeder = seederIn(stack, SeedEngine.lambda({ bucket: reportBucket }));
  Template.fromStack(stack).hasResourceProperties(TYPE, { Bucket: 'reports-of-ours' });
  const ours = statementsOf(stack).filter(({ Resource }) => JSON.stringify(Resource).includes('reports-of-ours'));
  expect(ours).toEqual([
    {
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [expect.anything(), expect.anything(), ':s3:::reports-of-ours/reports/*']] },
    },
  ]);
  expect(stack.resolve(seeder.report)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Report'] });
});

test('an engine that is none is refused at synth', () => {
  const stack = newStack();
  seederIn(stack, {} as SeedEngine);
  seederIn(stack, SeedEngine.stepFunctions({ maxConcurrency: 0 }), 'Other');
  expect(() => (stack.node.root as App).synth()).toThrow(
    /engine must be a SeedEngine[\s\S]*maxConcurrency of SeedEngine.stepFunctions\(\) must be a whole number from 1 to 1000/,
  );
});

test('a dashboard of its own shows what the widgets show', () => {
  const stack = newStack();
  const seeder = seederIn(stack, SeedEngine.stepFunctions());
  seeder.dashboard();
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(Properties.DashboardBody);
  for (const name of ['ChangedUsers', 'FailedUsers', 'ThrottledRequests', 'RequestsPerSecondLimit', 'FinishedUsers']) {
    expect(body).toContain(name);
  }
  expect(seeder.widgets()).toHaveLength(5);
});

describe('more users than one function can change', () => {
  const directory = mkdtempSync(join(tmpdir(), 'many-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const warnings = (users: number, engine?: SeedEngine): string[] => {
    const file = join(directory, 'users.csv');
    writeFileSync(
      file,
      ['username,nickname', ...Array.from({ length: users }, (_, index) => `u${index},x`)].join('\n'),
    );
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_Abc');
    new UserAttributesSeeder(stack, 'Seeder', { userPool, source: SeedSource.csv(file), engine });
    (stack.node.root as App).synth();
    return Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('tooManyUsersForOneFunction'))
      .map(({ entry }) => String(entry.data));
  };

  test('are a warning at synth, with the numbers and the way out', () => {
    expect(warnings(3_000)).toEqual([
      expect.stringMatching(/^to change all 3000 users takes 300 s at 10 a second.*SeedEngine\.stepFunctions\(\)/),
    ]);
  });

  test('are none on Step Functions, and fewer are none', () => {
    expect(warnings(3_000, SeedEngine.stepFunctions())).toEqual([]);
    expect(warnings(2_000)).toEqual([]);
  });
});
