import { CloudFormationClient, DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { startLocalCloudFormation } from './local-cloudformation';
import type { LocalCloudFormation } from './local-cloudformation';
import { refusal } from './refusal';

const ARN = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/People/5f1b0e9e-0000-4000-8000-000000000000';

let cloudFormation: LocalCloudFormation;
let client: CloudFormationClient;

beforeEach(async () => {
  cloudFormation = await startLocalCloudFormation();
  client = new CloudFormationClient({
    endpoint: cloudFormation.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await cloudFormation.stop();
});

const describeStacks = (StackName?: string) => client.send(new DescribeStacksCommand({ StackName }));

const statusOf = async (name: string) => (await describeStacks(name)).Stacks?.map(({ StackStatus }) => StackStatus);

test('a stack has the status it was given, by ARN and by name', async () => {
  cloudFormation.setStatus(ARN, 'UPDATE_IN_PROGRESS');
  const { Stacks } = await describeStacks(ARN);
  expect(Stacks).toMatchObject([
    { StackId: ARN, StackName: 'People', StackStatus: 'UPDATE_IN_PROGRESS', CreationTime: expect.any(Date) },
  ]);
  cloudFormation.setStatus(ARN, 'UPDATE_ROLLBACK_IN_PROGRESS');
  expect(await statusOf('People')).toEqual(['UPDATE_ROLLBACK_IN_PROGRESS']);
});

test('a stack may be named by its name alone, and gets an ARN', async () => {
  const arn = cloudFormation.setStatus('Other', 'CREATE_COMPLETE');
  expect(cloudFormation.setStatus('Other', 'DELETE_IN_PROGRESS')).toBe(arn);
  expect(await statusOf(arn)).toEqual(['DELETE_IN_PROGRESS']);
});

test('a deleted stack is found by its ARN alone', async () => {
  cloudFormation.setStatus(ARN, 'DELETE_COMPLETE');
  expect(await statusOf(ARN)).toEqual(['DELETE_COMPLETE']);
  expect(await refusal(describeStacks('People'))).toEqual({
    name: 'ValidationError',
    message: 'Stack with id People does not exist',
    status: 400,
  });
});

test('a stack that is not there does not exist', async () => {
  cloudFormation.setStatus(ARN, 'CREATE_COMPLETE');
  cloudFormation.setStatus(ARN, undefined);
  expect(await refusal(describeStacks(ARN))).toMatchObject({
    name: 'ValidationError',
    message: `Stack with id ${ARN} does not exist`,
  });
});

test('every call fails for as long as it is told to', async () => {
  cloudFormation.setStatus(ARN, 'CREATE_COMPLETE');
  cloudFormation.fail(true);
  expect(await refusal(describeStacks(ARN))).toMatchObject({ name: 'InternalFailure', status: 500 });
  cloudFormation.fail(true, { code: 'AccessDenied', status: 403 });
  expect(await refusal(describeStacks(ARN))).toMatchObject({ name: 'AccessDenied', status: 403 });
  cloudFormation.fail(false);
  expect(await statusOf(ARN)).toEqual(['CREATE_COMPLETE']);
});

test('calls are recorded', async () => {
  cloudFormation.setStatus(ARN, 'CREATE_COMPLETE');
  await describeStacks(ARN);
  await refusal(describeStacks('none'));
  expect(cloudFormation.calls).toEqual([
    { operation: 'DescribeStacks', stackName: ARN, status: 200 },
    { operation: 'DescribeStacks', stackName: 'none', status: 400, errorType: 'ValidationError' },
  ]);
});

test('what is not emulated is refused', async () => {
  expect(await refusal(client.send(new ListStacksCommand({})))).toMatchObject({ name: 'InvalidAction' });
});
