import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LocalCognito, startLocalCognito } from '../../support/local-cognito';
import { removeFolders, temporaryFolder } from '../support/fixture';
import { run } from './support/command';

let cognito: LocalCognito;
let pool: string;
let folder: string;

beforeAll(async () => {
  cognito = await startLocalCognito();
  pool = await cognito.createPool();
  await cognito.seedUsers(pool, [{ username: 'alice' }]);
  folder = temporaryFolder();
  writeFileSync(path.join(folder, 'users.csv'), 'username,locale\nalice,de\n');
  writeFileSync(path.join(folder, 'users.txt'), '');
});
afterAll(async () => {
  await cognito.stop();
  removeFolders();
});
afterEach(() => cognito.setFaults());

const FILE = ['--file', 'users.csv', '--user-pool-id'];
const planHere = (...args: string[]) => run(['plan', ...args], { cwd: folder });

test.each([
  ['nothing declared', [], /there is neither a cdk\.out nor a cdk\.json here: pass --file/],
  ['no pool', ['--file', 'users.csv'], /a file names no pool: pass --user-pool-id/],
  ['no such file', ['--file', 'none.csv', '--user-pool-id', 'x'], /none\.csv does not exist/],
  ['a file of another kind', ['--file', 'users.txt', '--user-pool-id', 'x'], /the name of users\.txt does not say how/],
  ['a file and an app', ['--file', 'users.csv', '--app', 'x'], /^error: option '--file <file>' cannot be used with/],
  ['a wrong word', [...FILE, 'x', '--verification', 'maybe'], /^error: option .* Allowed choices are mark-verified/],
  ['no number', [...FILE, 'x', '--limit', 'many'], /^error: .* It must be a whole number/],
  [
    'no former declaration',
    [...FILE, 'x', '--previous', 'old'],
    /old does not exist: pass --previous a file of users, or a cloud assembly/,
  ],
  ['no object', ['--assembly', '.', '--object', 'none'], /none does not exist: pass --object/],
  ['no assembly', ['--assembly', '.'], /is no cloud assembly/],
  [
    'nobody at the endpoint',
    [...FILE, 'us-east-1_x', '--endpoint-url', 'http://127.0.0.1:1'],
    /Cognito cannot be reached \(ECONNREFUSED\)/,
  ],
])('%s: one sentence, exit code 1', async (_, args, message) => {
  const { status, stdout, stderr } = await planHere(...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('an unknown pool', async () => {
  const { status, stderr } = await planHere(...FILE, 'local_none', '--endpoint-url', cognito.endpoint);
  expect([status, stderr]).toEqual([
    1,
    'cdk-cognito-seed: the user pool local_none cannot be read: it does not exist in this Region and account\n',
  ]);
});

test('no right to read the pool: at once, with what is needed', async () => {
  cognito.setFaults(() => ({ kind: 'error', type: 'AccessDeniedException' }));
  const { status, stderr } = await planHere(...FILE, pool, '--endpoint-url', cognito.endpoint);
  expect([status, stderr]).toEqual([1, expect.stringContaining('allow cognito-idp:DescribeUserPool')]);
});

test('a throttled read is repeated', async () => {
  let throttles = 2;
  cognito.setFaults(({ operation }) =>
    operation === 'ListUsers' && throttles-- > 0 ? { kind: 'throttle' } : undefined,
  );
  expect(await planHere(...FILE, pool, '--endpoint-url', cognito.endpoint)).toMatchObject({ status: 2, stderr: '' });
});

test('the Region is that of the pool’s id, and the endpoint may stand in the environment', async () => {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint,
  };
  const id = await cognito.createPool({ id: 'eu-west-1_abc' });
  await cognito.seedUsers(id, [{ username: 'alice' }]);
  expect(await run(['plan', ...FILE, id], { cwd: folder, env })).toMatchObject({ status: 2 });
  const { status, stderr } = await run(['plan', ...FILE, pool], { cwd: folder, env });
  expect([status, stderr]).toEqual([1, expect.stringContaining('no Region is set; pass --region')]);
});

test('a profile is the SDK’s affair, and so is where credentials come from', async () => {
  const config = path.join(folder, 'config');
  writeFileSync(config, '');
  const env = {
    PATH: process.env.PATH,
    AWS_CONFIG_FILE: config,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'eu-west-1',
  };
  const args = ['plan', ...FILE, pool, '--endpoint-url', cognito.endpoint];
  expect(await run(args, { cwd: folder, env })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('sign in to AWS, or pass --profile'),
  });
  const credentials = 'echo \'{"Version":1,"AccessKeyId":"x","SecretAccessKey":"y"}\'';
  writeFileSync(config, `[profile staff]\ncredential_process = ${credentials}\n`);
  expect(await run([...args, '--profile', 'staff'], { cwd: folder, env })).toMatchObject({ status: 2 });
});

test('a signal ends it, and nothing is left behind', async () => {
  const command = path.join(__dirname, '../../../bin/cdk-cognito-seed.js');
  cognito.setFaults(() => ({ kind: 'latency', milliseconds: 5_000 }));
  const temporary = temporaryFolder();
  const args = [command, 'plan', ...FILE, pool, '--endpoint-url', cognito.endpoint, '--region', 'us-east-1'];
  const env = { ...process.env, TMPDIR: temporary, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
  const child = spawn(process.execPath, args, { cwd: folder, env });
  while (readdirSync(temporary).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([143, null]);
  expect(readdirSync(temporary)).toEqual([]);
});

test('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8'));
  expect(await run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('the exit code is told', async () => {
  const { stdout } = await run(['plan', '--help']);
  expect(stdout).toMatch(/Exit code: 0 no changes; 2 changes; 1 an error, or a deployment that would\s+fail\./);
});
