import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startLocalSecrets } from './local-secrets';
import type { LocalSecrets } from './local-secrets';
import { refusal } from './refusal';

let secrets: LocalSecrets;
let client: SecretsManagerClient;

beforeAll(async () => {
  secrets = await startLocalSecrets();
  client = new SecretsManagerClient({
    endpoint: secrets.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await secrets.stop();
});

beforeEach(() => {
  secrets.setFaults();
  secrets.denyAccess(false);
  secrets.remove('people/password');
  secrets.clearCalls();
});

const get = (SecretId: string, options: { VersionStage?: string; VersionId?: string } = {}) =>
  client.send(new GetSecretValueCommand({ SecretId, ...options }));

test('a secret is read by its name, its ARN, and its ARN without the suffix', async () => {
  const arn = secrets.put('people/password', '{"password":"Correct-horse-1"}');
  expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:people\/password-\w{6}$/);
  for (const id of ['people/password', arn, arn.slice(0, -7)])
    expect(await get(id)).toMatchObject({
      ARN: arn,
      Name: 'people/password',
      SecretString: '{"password":"Correct-horse-1"}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
});

test('a secret of bytes has no text', async () => {
  secrets.put('people/password', Uint8Array.of(0, 255, 128));
  const { SecretBinary, SecretString } = await get('people/password');
  expect([...SecretBinary!]).toEqual([0, 255, 128]);
  expect(SecretString).toBeUndefined();
});

test('a new value keeps the ARN, and the former one as previous', async () => {
  const arn = secrets.put('people/password', 'first');
  const { VersionId } = await get(arn);
  expect(secrets.put('people/password', 'second')).toBe(arn);
  expect(await get(arn)).toMatchObject({ SecretString: 'second' });
  expect(await get(arn, { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'first' });
  expect(await get(arn, { VersionId })).toMatchObject({ SecretString: 'first' });
  expect(await refusal(get(arn, { VersionStage: 'AWSPENDING' }))).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a secret that is not there, or no longer, is not found', async () => {
  const arn = secrets.put('people/password', 'first');
  secrets.remove('people/password');
  for (const id of [arn, 'people/password', 'none'])
    expect(await refusal(get(id))).toEqual({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
      status: 400,
    });
});

test('a caller without permission is told nothing but that', async () => {
  secrets.put('people/password', 'first');
  secrets.denyAccess(true);
  expect(await refusal(get('people/password'))).toMatchObject({ name: 'AccessDeniedException', status: 400 });
  secrets.denyAccess(false);
  expect(await get('people/password')).toMatchObject({ SecretString: 'first' });
});

test('faults befall the call they choose', async () => {
  secrets.put('people/password', 'first');
  secrets.setFaults(() => ({ kind: 'error', type: 'DecryptionFailure' }));
  expect(await refusal(get('people/password'))).toMatchObject({ name: 'DecryptionFailure', status: 400 });
  secrets.setFaults(() => ({ kind: 'error', type: 'InternalServiceError', status: 500 }));
  expect(await refusal(get('people/password'))).toMatchObject({ name: 'InternalServiceError', status: 500 });
  secrets.setFaults(({ secretId }) => (secretId === 'people/password' ? { kind: 'reset' } : undefined));
  expect(await refusal(get('people/password'))).toMatchObject({ message: expect.stringContaining('ECONNRESET') });
  expect(await refusal(get('none'))).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('calls are recorded, without values', async () => {
  secrets.put('people/password', 'Correct-horse-1');
  await get('people/password');
  await refusal(get('none'));
  expect(secrets.calls).toEqual([
    { operation: 'GetSecretValue', secretId: 'people/password', status: 200 },
    { operation: 'GetSecretValue', secretId: 'none', status: 400, errorType: 'ResourceNotFoundException' },
  ]);
});

test('what is not emulated is refused', async () => {
  expect(await refusal(client.send(new ListSecretsCommand({})))).toMatchObject({ name: 'UnknownOperationException' });
});
