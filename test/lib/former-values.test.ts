import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { FormerValues, SeedEngine } from '../../lib';
import { mistakesOf, SeederStack } from './seeder-stack';

const formerValues = FormerValues.RESTORE;
const BUCKET = { Ref: expect.stringMatching(/^CognitoUserAttributesBucket/) };
const below = (folder: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [BUCKET.Ref, 'Arn'] }, `/${folder}/*`]] });
const DESCRIBE = { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } };

test('nobody remembers them unless that is declared', () => {
  const stack = new SeederStack();
  const { report } = stack.seed({ formerValues: FormerValues.FORGET });
  expect(stack.properties.FormerValues).toBeUndefined();
  expect(stack.properties.Bucket).toBeUndefined();
  expect(report).toBeUndefined();
  Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 0);
  expect(stack.policies('BucketPolicy')).toEqual([]);
});

describe('with one function', () => {
  test('they are in the stack’s bucket, with the reports', () => {
    const stack = new SeederStack();
    const { report } = stack.seed({ formerValues });
    expect(stack.properties).toMatchObject({ FormerValues: 'RESTORE', Bucket: BUCKET });
    expect(stack.resolve(report)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Report'] });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'runs/', ExpirationInDays: 90, Status: 'Enabled' },
          { Prefix: 'former/', ExpirationInDays: 90, Status: 'Enabled' },
          { Prefix: 'reports/', ExpirationInDays: 90, Status: 'Enabled' },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ],
      },
    });
  });

  test('the function may keep, read and forget them, and ask whether the stack rolls back', () => {
    const stack = new SeederStack();
    stack.seed({ formerValues });
    expect(stack.statements('BucketPolicy')).toEqual([
      { Effect: 'Allow', Action: 's3:PutObject', Resource: below('reports') },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: below('former') },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': [BUCKET.Ref, 'Arn'] } },
      DESCRIBE,
    ]);
    expect(stack.resource.DependsOn).toEqual(expect.arrayContaining(stack.policies('BucketPolicy')));
  });

  test('a bucket that is given is used with its key, and none is made', () => {
    const stack = new SeederStack();
    const encryptionKey = new Key(stack, 'Key');
    const bucket = new Bucket(stack, 'Mine', { encryptionKey });
    stack.seed({ formerValues, engine: SeedEngine.lambda({ bucket }) });
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
    expect(stack.properties.Bucket).toEqual(stack.resolve(bucket.bucketName));
    expect(stack.statements('BucketPolicy')).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: stack.resolve(encryptionKey.keyArn),
    });
  });
});

describe('on Step Functions', () => {
  test('they are in the bucket of the runs', () => {
    const stack = new SeederStack();
    stack.seed({ formerValues, engine: SeedEngine.stepFunctions() });
    expect(stack.properties).toMatchObject({ FormerValues: 'RESTORE', Run: { Bucket: BUCKET } });
    expect(stack.properties.Bucket).toBeUndefined();
  });

  test('what talks to CloudFormation asks whether the stack rolls back', () => {
    const stack = new SeederStack();
    stack.seed({ formerValues, engine: SeedEngine.stepFunctions() });
    expect(stack.statements('RollbackPolicy')).toEqual([DESCRIBE]);
    expect(stack.roles('RollbackPolicy')).toEqual(['CognitoUserAttributesRunsProviderExecutionRole']);
  });
});

test('the seeders of a stack share its bucket, whatever their engines', () => {
  const stack = new SeederStack();
  stack.seed({ formerValues });
  stack.seed({ id: 'Other', engine: SeedEngine.stepFunctions() });
  Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
});

test('what is none is refused', () =>
  expect(mistakesOf({ formerValues: 'KEEP' as never })).toEqual([
    'formerValues must be a FormerValues; leave it out for FORGET',
  ]));
