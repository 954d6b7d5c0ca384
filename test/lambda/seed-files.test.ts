import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { CustomResource } from '../support/custom-resource';
import { LambdaRunner } from '../support/lambda-runner';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { type LocalS3, startLocalS3 } from '../support/local-s3';
import { people, rule, seedProperties, uploaded } from '../support/seeds';

let cognito: LocalCognito;
let s3: LocalS3;
let runner: LambdaRunner;
let pool: string;

beforeAll(async () => {
  [cognito, s3] = await Promise.all([startLocalCognito(), startLocalS3()]);
  runner = new LambdaRunner({
    bundle: path.join(__dirname, '../../assets/user-attributes-seeder/index.js'),
    env: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint, AWS_ENDPOINT_URL_S3: s3.endpoint },
    timeoutSeconds: 60,
    memoryMb: 512,
  });
});
afterAll(async () => {
  await runner?.stop();
  await cognito?.stop();
  await s3?.stop();
});
beforeEach(async () => {
  cognito.setFaults();
  pool = await cognito.createPool({ customAttributes: { plan: {} }, autoVerified: ['email'] });
  await cognito.seedUsers(
    pool,
    people(100, () => ({ nickname: 'x' })),
  );
  cognito.clearCalls();
});

const plan = (value: string) => () => ({ 'custom:plan': value });
const properties = (source: Seed['source'], over?: Partial<Seed>) => seedProperties(pool, source, over);
let files = 0;
const inline = (users: DeclaredUser[]): Seed['source'] => ({ kind: 'inline', users });
const file = (users: readonly DeclaredUser[]) => uploaded(s3, `users-${++files}`, users);
const ofGroup = (attributes: Record<string, string>, group: string) => rule(attributes, { kind: 'group', group });
const life = () => new CustomResource(runner);
const operations = () => [...new Set(cognito.calls.map(({ operation }) => operation))].sort();

test('a file takes over from inline users: who is declared as before is left alone', async () => {
  const resource = life();
  await resource.create(properties(inline(people(3, plan('trial')))));
  cognito.clearCalls();
  const updated = await resource.update(properties(file(people(4, plan('trial')))));
  expect(updated).toMatchObject({ failed: undefined, data: { ChangedUsers: '1', UnchangedUsers: '3' } });
  expect(cognito.calls.map(({ operation, username }) => [operation, username])).toEqual([
    ['AdminGetUser', 'user3'],
    ['AdminUpdateUserAttributes', 'user3'],
  ]);
});

test('a failure is told by file and line, and everybody is put back', async () => {
  const resource = life();
  await resource.create(properties(file(people(10, plan('trial')))));
  cognito.setFaults(({ operation, username, attributeNames }) =>
    operation === 'AdminUpdateUserAttributes' && username === 'user4' && attributeNames.includes('locale')
      ? { kind: 'error', type: 'InvalidParameterException', message: 'SECRET' }
      : undefined,
  );
  const next = people(10, () => ({ 'custom:plan': 'SECRET', locale: 'de' }));
  const updated = await resource.update(properties(file(next)));
  expect(updated.failed).toContain('user4 (users.csv line 6): InvalidParameterException');
  expect(updated.failed).toContain('All users are as they were before.');
  for (const user of await cognito.users(pool)) {
    expect(user.attributes).toEqual(
      Number(user.username.slice(4)) < 10 ? { nickname: 'x', 'custom:plan': 'trial' } : { nickname: 'x' },
    );
  }
  expect(runner.logs.join('\n')).not.toContain('SECRET');
});

test('what cannot be finished is refused before the first write, with its numbers', async () => {
  const declared = properties(file(people(100, plan('trial'))), { requestsPerSecond: 1 });
  const created = await life().create(declared);
  expect(created.failed).toMatch(
    /^The plan needs 100 requests to change users: at 1 a second that is 100 s, and there are 2\d s for it\. Choose SeedEngine\.stepFunctions\(\)/,
  );
  expect(cognito.calls).toEqual([]);
});

test('the live pool is read in pages: no user is read alone, and whoever has their values costs no write', async () => {
  const declared = properties(file(people(100, plan('trial'))), { compareWith: 'LIVE_POOL' });
  await life().create(properties(file(people(60, plan('trial')))));
  cognito.clearCalls();
  const created = await life().create(declared);
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '40', UnchangedUsers: '60' } });
  expect(operations()).toEqual(['AdminUpdateUserAttributes', 'DescribeUserPool', 'ListUsers']);
});

test('missing users fail before the first write, or are skipped', async () => {
  const users = [...people(2, plan('trial')), { username: 'nobody', attributes: { 'custom:plan': 'trial' } }];
  for (const compareWith of ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const) {
    const failed = await life().create(properties(file(users), { compareWith }));
    expect(failed.failed).toContain('nobody (users.csv line 4): UserNotFoundException');
    expect(operations()).not.toContain('AdminUpdateUserAttributes');
  }
  const skipped = await life().create(properties(file(users), { onMissingUser: 'SKIP', compareWith: 'LIVE_POOL' }));
  expect(skipped.data).toMatchObject({ ChangedUsers: '2', SkippedUsers: '1' });
});

test('a rule changes the users of a group, and lets go of them when it is removed', async () => {
  await cognito.createGroup(
    pool,
    'beta',
    people(70, plan('')).map(({ username }) => username),
  );
  const resource = life();
  const created = await resource.create(
    properties(ofGroup({ 'custom:plan': 'trial' }, 'beta'), { onRemoval: 'DESTROY' }),
  );
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '70' } });
  expect(operations()).toEqual(['AdminUpdateUserAttributes', 'ListUsersInGroup']);
  expect(await cognito.attributes(pool, 'user69')).toEqual({ nickname: 'x', 'custom:plan': 'trial' });
  expect(await cognito.attributes(pool, 'user70')).toEqual({ nickname: 'x' });
  expect((await resource.remove()).failed).toBeUndefined();
  expect(await cognito.attributes(pool, 'user69')).toEqual({ nickname: 'x' });
});

test('an object is read as it is, compressed or not; verified addresses message nobody', async () => {
  const csv = 'cognito:username,email,cognito:mfa_enabled\nuser1,ann@example.com,FALSE\n';
  s3.put('theirs', 'users.csv.gz', gzipSync(csv));
  const version = s3.put('theirs', 'users.csv.gz', gzipSync(csv.replace('user1', 'user2')));
  const source: Seed['source'] = {
    kind: 'object',
    object: {
      bucket: 'theirs',
      key: 'users.csv.gz',
      version,
      format: 'csv',
      blankCells: 'LEAVE_ALONE',
      verification: 'MARK_VERIFIED',
    },
  };
  s3.put('theirs', 'users.csv.gz', gzipSync('another version'));
  const created = await life().create(properties(source));
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '1' } });
  expect(await cognito.attributes(pool, 'user2')).toEqual({
    nickname: 'x',
    email: 'ann@example.com',
    email_verified: 'true',
  });
  expect(cognito.deliveries).toEqual([]);
});

test('a report has a line for each user who failed or was skipped, where a bucket is declared for it', async () => {
  const users = [
    ...people(2, plan('trial')),
    { username: 'nobody@example.com', attributes: { 'custom:plan': 'SECRET' } },
  ];
  const over = { bucket: 'reports', onMissingUser: 'SKIP' } as const;
  const skipped = await life().create(properties(file(users), over));
  const [, key] = /^s3:\/\/reports\/(reports\/Seeder\/[\w-]+\.jsonl)$/.exec(skipped.data.Report)!;
  expect(JSON.parse(s3.get('reports', key)!.toString())).toEqual({
    status: 'Skipped',
    user: 'n…y@example.com',
    file: 'users.csv',
    line: 4,
    error: 'UserNotFoundException',
    attributes: [],
    remedy: expect.stringMatching(/^the pool has no such user/),
  });

  await life().create(properties(file(users), { ...over, onMissingUser: 'FAIL' }));
  await life().create(properties(inline(users), over));
  const reports = s3.keys('reports').map((each) => s3.get('reports', each)!.toString());
  expect(reports).toHaveLength(3);
  expect(reports.map((text) => JSON.parse(text).status).sort()).toEqual(['Failed', 'Skipped', 'Skipped']);
  expect(reports.join('')).not.toContain('SECRET');
});

test('a report that cannot be written fails nobody', async () => {
  s3.setFaults(({ bucket }) =>
    bucket === 'reports' ? { kind: 'error', code: 'AccessDenied', status: 403 } : undefined,
  );
  const created = await life().create(properties(file(people(2, plan('trial'))), { bucket: 'reports' }));
  s3.setFaults();
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '2', Report: '' } });
});

test('a rule for a group that the pool lacks names the group, and nothing is written', async () => {
  const answer = await life().create(properties(ofGroup({ locale: 'de' }, 'beat')));
  expect(answer.failed).toMatch(/GroupNotFound, the pool has no group 'beat': create it/);
  expect(operations()).toEqual(['ListUsersInGroup']);
});
