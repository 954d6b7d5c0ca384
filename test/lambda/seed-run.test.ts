import { createHash } from 'node:crypto';
import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { CustomResource } from '../support/custom-resource';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';
import { people, rule, runProperties, uploaded } from '../support/seeds';

let cognito: LocalCognito;
let runs: LocalSeedRuns;
let pool: string;

beforeAll(async () => {
  cognito = await startLocalCognito();
  runs = await startLocalSeedRuns(cognito.endpoint);
});
afterAll(async () => {
  await runs?.stop();
  await cognito?.stop();
});
beforeEach(async () => {
  cognito.setFaults();
  pool = await cognito.createPool({ customAttributes: { plan: {} }, autoVerified: ['email'] });
  cognito.clearCalls();
});

const seed = (source: Seed['source'], over?: Partial<Seed>, run?: object) => runProperties(pool, source, over, run);
const file = (key: string, users: readonly DeclaredUser[]) => uploaded(runs.s3, key, users);
const written = () =>
  cognito.calls.filter(({ operation }) => /Update|Delete/.test(operation)).map(({ username }) => username);
const report = (data: Record<string, string>): any[] => {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(data.Report)!;
  return runs.s3
    .get(bucket, key)!
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

const plan = (value: string) => () => ({ 'custom:plan': value });
const failing = (...names: string[]) =>
  cognito.setFaults(({ username, operation }) =>
    operation === 'AdminUpdateUserAttributes' && names.includes(username!)
      ? { kind: 'error', type: 'AliasExistsException' }
      : undefined,
  );

describe('a file', () => {
  test('is applied; then one difference is one call', async () => {
    await cognito.seedUsers(
      pool,
      people(300, () => ({ nickname: 'x' })),
    );
    const life = new CustomResource(runs.provider);
    const declared = people(300, (index) => ({ 'custom:plan': `p${index}` }));
    const created = await life.create(seed(file('one', declared)));
    expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '300', FailedUsers: '0' } });
    expect(await cognito.attributes(pool, 'user299')).toMatchObject({ 'custom:plan': 'p299', nickname: 'x' });

    cognito.clearCalls();
    const changed = people(300, (index) => ({ 'custom:plan': index === 7 ? 'new' : `p${index}` }));
    const updated = await life.update(seed(file('two', changed)));
    expect(updated).toMatchObject({ failed: undefined, data: { ChangedUsers: '1', UnchangedUsers: '299' } });
    expect(cognito.calls.map(({ operation, username }) => [operation, username])).toEqual([
      ['AdminUpdateUserAttributes', 'user7'],
    ]);
  });

  test('whoever leaves it loses what it had set, unless somebody has changed it since', async () => {
    await cognito.seedUsers(
      pool,
      people(4, () => ({ nickname: 'x' })),
    );
    const life = new CustomResource(runs.provider);
    await life.create(seed(file('one', people(4, plan('trial')))));
    await cognito.client().send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool,
        Username: 'user3',
        UserAttributes: [{ Name: 'custom:plan', Value: 'bought' }],
      }),
    );
    const updated = await life.update(seed(file('two', people(2, plan('trial')))));
    expect(updated.data).toMatchObject({ ChangedUsers: '1', UnchangedUsers: '2' });
    expect(await cognito.attributes(pool, 'user1')).toEqual({ nickname: 'x', 'custom:plan': 'trial' });
    expect(await cognito.attributes(pool, 'user2')).toEqual({ nickname: 'x' });
    expect(await cognito.attributes(pool, 'user3')).toEqual({ nickname: 'x', 'custom:plan': 'bought' });
  });

  test('that is gone when the next one comes: everything declared is applied anew, and nobody loses anything', async () => {
    await cognito.seedUsers(
      pool,
      people(3, () => ({})),
    );
    const life = new CustomResource(runs.provider);
    await life.create(seed(file('one', people(3, plan('trial')))));
    const lost = seed({ kind: 'file', file: { bucket: 'assets', key: 'nowhere', name: 'users.csv', users: 3 } });
    const answer = await life.send('Update', seed(file('two', people(2, plan('pro')))), lost);
    expect(answer).toMatchObject({ failed: undefined, data: { ChangedUsers: '2' } });
    expect(await cognito.attributes(pool, 'user2')).toEqual({ 'custom:plan': 'trial' });
    const missing = await life.update(lost);
    expect(missing.failed).toMatch(/^users\.csv is not there, or the function may not read it.* Nothing was changed\./);
  });
});

describe('failures', () => {
  test('fail the deployment, are told by file and line, and the way back restores the former file', async () => {
    await cognito.seedUsers(
      pool,
      people(120, () => ({})),
    );
    const life = new CustomResource(runs.provider);
    await life.create(seed(file('one', people(120, plan('trial')))));
    failing('user5', 'user7');
    const updated = await life.update(seed(file('two', people(120, plan('SECRET')))), () => cognito.setFaults());
    expect(updated.failed).toMatch(
      /^2 users failed\. user5|^2 users failed\. users\.csv line 7, user5: AliasExistsException/,
    );
    expect(updated.failed).toContain('users.csv line 9, user7: AliasExistsException');
    expect(updated.rollback!.failed).toBeUndefined();
    for (const index of [0, 5, 119]) {
      expect(await cognito.attributes(pool, `user${index}`)).toEqual({ 'custom:plan': 'trial' });
    }
    expect(runs.logs().join('\n')).not.toContain('SECRET');
  });

  test('are tolerated up to a number, and stand in the report', async () => {
    await cognito.seedUsers(
      pool,
      people(20, () => ({})),
    );
    failing('user5', 'user7');
    const tolerant = { ToleratedFailures: '2' };
    const created = await new CustomResource(runs.provider).create(
      seed(file('one', people(20, plan('trial'))), {}, tolerant),
    );
    expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '18', FailedUsers: '2' } });
    expect(report(created.data)).toEqual(
      [5, 7].map((index) => ({
        status: 'Failed',
        user: `user${index}`,
        file: 'users.csv',
        line: index + 2,
        error: 'AliasExistsException',
        attributes: [],
        remedy: expect.stringContaining('alias'),
      })),
    );
  });

  test('of a creation: the deletion that follows takes back what it had set, whatever the removal policy', async () => {
    await cognito.seedUsers(
      pool,
      people(10, () => ({ nickname: 'x' })),
    );
    failing('user5');
    const life = new CustomResource(runs.provider);
    const properties = seed(file('one', people(10, plan('trial'))));
    const created = await life.create(properties);
    expect(created.failed).toMatch(/^1 user failed/);
    cognito.setFaults();
    const deleted = await life.send('Delete', properties, undefined, `${pool}/Seeder`);
    expect(deleted.failed).toBeUndefined();
    for (const index of [0, 5, 9]) expect(await cognito.attributes(pool, `user${index}`)).toEqual({ nickname: 'x' });
  });

  test('leave people unmessaged', async () => {
    await cognito.seedUsers(
      pool,
      people(3, () => ({})),
    );
    failing('user0');
    const declared = people(3, (index): Record<string, string> => {
      return index === 2 ? { email: 'zoe@example.com' } : { 'custom:plan': 'trial' };
    });
    const created = await new CustomResource(runs.provider).create(seed(file('one', declared)));
    expect(created.failed).toMatch(/1 user failed/);
    expect(cognito.deliveries).toEqual([]);
    cognito.setFaults();
    await new CustomResource(runs.provider).create(seed(file('one', declared)));
    expect(cognito.deliveries.map(({ destination }) => destination)).toEqual(['zoe@example.com']);
    cognito.clearDeliveries();
  });
});

test('a chunk that fails fails the execution; redriven, only it runs again', async () => {
  await cognito.seedUsers(
    pool,
    people(500, () => ({})),
  );
  // 200 users a chunk. What stops everybody is no user's own failure.
  cognito.setFaults(({ username }) =>
    username === 'user450' ? { kind: 'error', type: 'ResourceNotFoundException' } : undefined,
  );
  const pace = { requestsPerSecond: 300 };
  const created = await new CustomResource(runs.provider).create(
    seed(file('one', people(500, plan('trial'))), pace, { WaitForCompletion: 'false', MaxConcurrency: '100' }),
  );
  await runs.stepFunctions.idle();
  expect(runs.stepFunctions.executions.get(created.data.Execution)!.status).toBe('FAILED');
  const told = runs.s3.get(
    'runs',
    created.data.Report.replace('s3://runs/', '').replace('report.jsonl', 'summary.json'),
  )!;
  expect(JSON.parse(told.toString()).failure).toMatch(
    /^Nobody can be changed: ResourceNotFoundException, the user pool does not exist in this Region\. \d+ chunks? of users (is|are) unfinished\. Redrive the execution/,
  );
  const done = new Set(written());

  cognito.setFaults();
  cognito.clearCalls();
  await runs.stepFunctions.redrive(created.data.Execution);
  expect(runs.stepFunctions.executions.get(created.data.Execution)!.status).toBe('SUCCEEDED');
  // The chunk goes on from its checkpoint, and the others are finished.
  expect(written().filter((username) => done.has(username)).length).toBeLessThanOrEqual(50);
  for (const { attributes } of await cognito.users(pool)) expect(attributes).toEqual({ 'custom:plan': 'trial' });
});

describe('a pool that is gone', () => {
  test('fails with what to do about it', async () => {
    const gone = {
      ...seed(file('one', people(3, plan('trial'))), { compareWith: 'LIVE_POOL' }),
      UserPoolId: 'local_gone',
    };
    const created = await new CustomResource(runs.provider).create(gone);
    expect(created.failed).toContain('ResourceNotFoundException, the user pool does not exist in this Region.');
  });

  test('is as good as cleaned', async () => {
    const gone = {
      ...seed({ kind: 'existing', existing: { selector: { kind: 'all' }, attributes: { locale: 'de' } } }),
      UserPoolId: 'local_gone',
      Removal: 'DESTROY',
    };
    const removed = await new CustomResource(runs.provider).send('Delete', gone, undefined, 'local_gone/Seeder');
    expect(removed.failed).toBeUndefined();
    const file1 = {
      ...seed(file('one', people(3, plan('trial'))), { onRemoval: 'DESTROY' }),
      UserPoolId: 'local_gone',
    };
    expect(
      (await new CustomResource(runs.provider).send('Delete', file1, undefined, 'local_gone/B')).failed,
    ).toBeUndefined();
  });
});

describe('missing users', () => {
  const declared = () => seed(file('one', people(3, plan('trial'))));

  test('fail, are skipped, or are found before the first write where the pool is read', async () => {
    await cognito.seedUsers(
      pool,
      people(2, () => ({})),
    );
    const failed = await new CustomResource(runs.provider).create(declared());
    expect(failed.failed).toContain('users.csv line 4, user2: UserNotFoundException, the pool has no such user');

    const skipped = await new CustomResource(runs.provider).create({ ...declared(), MissingUsers: 'SKIP' });
    expect(skipped.data).toMatchObject({ SkippedUsers: '1', FailedUsers: '0' });
    expect(report(skipped.data)).toMatchObject([{ status: 'Skipped', user: 'user2', line: 4 }]);

    cognito.clearCalls();
    const refused = await new CustomResource(runs.provider).create({ ...declared(), CompareWith: 'LIVE_POOL' });
    expect(refused.failed).toMatch(/^The pool lacks 1 declared user: .* Nothing was changed\./);
    expect(written()).toEqual([]);
  });
});

describe('the live pool', () => {
  test('is read in pages, and whoever has their values costs no write', async () => {
    await cognito.seedUsers(
      pool,
      people(130, (index): Record<string, string> => (index < 100 ? { 'custom:plan': 'trial' } : {})),
    );
    const declared = seed(file('one', people(130, plan('trial'))), { compareWith: 'LIVE_POOL' });
    const created = await new CustomResource(runs.provider).create(declared);
    expect(created.data).toMatchObject({ ChangedUsers: '30', UnchangedUsers: '100' });
    const operations = new Set(cognito.calls.map(({ operation }) => operation));
    expect([...operations].sort()).toEqual(['AdminUpdateUserAttributes', 'DescribeUserPool', 'ListUsers']);
    expect(cognito.calls.filter(({ operation }) => operation === 'ListUsers')).toHaveLength(3);
    expect(written()).toHaveLength(30);
  });

  test('knows users by what they sign in with', async () => {
    const emails = await cognito.createPool({ customAttributes: { plan: {} }, usernameAttributes: ['email'] });
    await cognito.createUser(emails, 'ann@example.com', { email: 'ann@example.com' });
    const users = [{ username: 'ann@example.com', attributes: { 'custom:plan': 'trial' } }];
    const declared = { ...seed(file('one', users), { compareWith: 'LIVE_POOL' }), UserPoolId: emails };
    const created = await new CustomResource(runs.provider).create(declared);
    expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '1' } });
    const [ann] = await cognito.users(emails);
    expect(ann.attributes).toMatchObject({ 'custom:plan': 'trial' });
    expect(report(created.data)).toEqual([]);
  });
});

test('an object in a bucket is read where it is used, and its mistakes are refused by line', async () => {
  await cognito.seedUsers(
    pool,
    people(3, () => ({})),
  );
  const csv = 'username;custom:plan\nuser0;trial\nuser1;"pro ""x"""\n';
  const object = (body: string, checksum?: string): Seed['source'] => {
    runs.s3.put('theirs', 'users.csv', body);
    const sha256 = checksum ?? createHash('sha256').update(body).digest('hex');
    return {
      kind: 'object',
      object: { bucket: 'theirs', key: 'users.csv', checksum: sha256, format: 'csv', blankCells: 'LEAVE_ALONE' },
    };
  };
  const created = await new CustomResource(runs.provider).create(seed(object(csv)));
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '2' } });
  expect(await cognito.attributes(pool, 'user1')).toEqual({ 'custom:plan': 'pro "x"' });

  cognito.clearCalls();
  const broken = `${csv}user0;again\nuser2;${'SECRET'.repeat(400)}\n`;
  const refused = await new CustomResource(runs.provider).create(seed(object(broken)));
  expect(refused.failed).toMatch(/^users\.csv has 2 mistakes\. Nothing was changed\./);
  expect(refused.failed).toContain('users.csv line 5');
  expect(refused.failed).toContain('at most 2048 characters');
  expect(refused.failed).not.toContain('SECRET');
  const other = await new CustomResource(runs.provider).create(seed(object(csv, '0'.repeat(64))));
  expect(other.failed).toContain('the object is another than declared');
  expect(cognito.calls).toEqual([]);
});

describe('a rule over the users of the pool', () => {
  test('gives every selected user what they lack, and takes it back when it changes', async () => {
    await cognito.seedUsers(
      pool,
      people(70, (index): Record<string, string> => (index < 10 ? { 'custom:plan': 'trial' } : { nickname: 'x' })),
    );
    const life = new CustomResource(runs.provider);
    const created = await life.create(seed(rule({ 'custom:plan': 'trial' })));
    expect(created.data).toMatchObject({ ChangedUsers: '60', UnchangedUsers: '10' });
    expect(cognito.calls.some(({ operation }) => operation === 'AdminGetUser')).toBe(false);
    const updated = await life.update(seed(rule({ locale: 'de' })));
    expect(updated.data).toMatchObject({ ChangedUsers: '70' });
    expect(await cognito.attributes(pool, 'user0')).toEqual({ locale: 'de' });
    expect(await cognito.attributes(pool, 'user69')).toEqual({ locale: 'de', nickname: 'x' });
  });

  test('selects by a filter', async () => {
    await cognito.seedUsers(
      pool,
      people(3, (index) => ({ given_name: index === 1 ? 'Ann' : 'Ben' })),
    );
    const filter = rule({ 'custom:plan': 'trial' }, { kind: 'filter', filter: 'given_name = "Ann"' });
    const created = await new CustomResource(runs.provider).create(seed(filter));
    expect(created.data).toMatchObject({ ChangedUsers: '1' });
    expect(written()).toEqual(['user1']);
  });
});

describe('CloudFormation', () => {
  test('may send a request twice: the execution is the same, and a failed one gets another', async () => {
    await cognito.seedUsers(
      pool,
      people(5, () => ({})),
    );
    const event = {
      RequestType: 'Create',
      RequestId: 'once',
      StackId: 'stack',
      LogicalResourceId: 'Seeder',
      ResourceProperties: seed(file('one', people(5, plan('trial')))),
    };
    failing('user1');
    const [first, second] = await Promise.all([runs.provider.invoke(event), runs.provider.invoke(event)]);
    expect([first, second].map(({ functionError }) => functionError?.errorMessage)).toEqual([
      expect.stringContaining('1 user failed'),
      expect.stringContaining('1 user failed'),
    ]);
    expect(
      [...runs.stepFunctions.executions.keys()].filter((arn) => arn.includes(':Runs:Seeder-')).length,
    ).toBeGreaterThan(0);
    cognito.setFaults();
    const third = await runs.provider.invoke(event);
    expect(third.functionError).toBeUndefined();

    // Once it has succeeded, the same request finds the run, and begins nothing.
    const puts = () => runs.s3.calls.filter(({ operation }) => operation === 'PutObject').length;
    const before = puts();
    const fourth = await runs.provider.invoke(event);
    expect((fourth.payload as any).Data).toEqual((third.payload as any).Data);
    expect(puts()).toBe(before);
  });

  test('need not wait: the resource says where to look', async () => {
    await cognito.seedUsers(
      pool,
      people(5, () => ({})),
    );
    const created = await new CustomResource(runs.provider).create(
      seed(file('one', people(5, plan('trial'))), {}, { WaitForCompletion: 'false' }),
    );
    expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '' } });
    expect(created.data.Execution).toMatch(/^arn:aws:states:.*:execution:/);
    await runs.stepFunctions.idle();
    expect(report(created.data)).toEqual([]);
    expect(await cognito.attributes(pool, 'user4')).toEqual({ 'custom:plan': 'trial' });
  });

  test('may remove the seeder: DESTROY takes back what is still as declared', async () => {
    await cognito.seedUsers(
      pool,
      people(5, () => ({ nickname: 'x' })),
    );
    const life = new CustomResource(runs.provider);
    await life.create(seed(file('one', people(5, plan('trial'))), { onRemoval: 'DESTROY' }));
    expect((await life.remove()).failed).toBeUndefined();
    expect(await cognito.attributes(pool, 'user4')).toEqual({ nickname: 'x' });
  });

  test('does not wait longer than it can: the plan is refused with its numbers', async () => {
    await cognito.seedUsers(
      pool,
      people(40, () => ({})),
    );
    const slow = seed(file('one', people(40, plan('trial'))), { requestsPerSecond: 0.01 });
    const created = await new CustomResource(runs.provider).create(slow);
    expect(created.failed).toMatch(
      /^The plan needs 40 requests: at 0\.01 a second that is 67 min, and CloudFormation waits for 5\d min more\. Declare waitForCompletion: false/,
    );
    expect(written()).toEqual([]);
  });
});
