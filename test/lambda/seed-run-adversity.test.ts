import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { CustomResource } from '../support/custom-resource';
import type { Invocable } from '../support/lambda-endpoint';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';
import { people, rule, runProperties, uploaded } from '../support/seeds';

let cognito: LocalCognito;
let runs: LocalSeedRuns;
let pool: string;
let beforeApply: () => Promise<unknown> = async () => undefined;

beforeAll(async () => {
  cognito = await startLocalCognito();
  runs = await startLocalSeedRuns(cognito.endpoint, {
    wrapApply: (apply): Invocable => ({
      invoke: async (event) => {
        await beforeApply();
        return apply.invoke(event);
      },
    }),
  });
});
afterAll(async () => {
  await runs?.stop();
  await cognito?.stop();
});
beforeEach(async () => {
  beforeApply = async () => undefined;
  cognito.setFaults();
  pool = await cognito.createPool({ customAttributes: { plan: {} }, autoVerified: ['email'] });
  cognito.clearCalls();
});

const seed = (source: Seed['source'], over?: Partial<Seed>, run?: object) => runProperties(pool, source, over, run);
const file = (key: string, users: readonly DeclaredUser[]) => uploaded(runs.s3, key, users);
const plan = (value: string) => () => ({ 'custom:plan': value });
const set = (Username: string, value: string, UserPoolId = pool) =>
  cognito.client().send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId,
      Username,
      UserAttributes: [{ Name: 'custom:plan', Value: value }],
    }),
  );
const request = (data: Record<string, string>) => {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)\/report.jsonl$/.exec(data.Report)!;
  return JSON.parse(runs.s3.get(bucket, `${prefix}/request.json`)!.toString());
};

describe('one user under two names', () => {
  test('a file by e-mail takes over from a rule: who is declared still keeps what both declare', async () => {
    const emails = await cognito.createPool({ customAttributes: { plan: {} }, usernameAttributes: ['email'] });
    await cognito.createUser(emails, 'ann@example.com', { email: 'ann@example.com' });
    await cognito.createUser(emails, 'bob@example.com', { email: 'bob@example.com' });
    const life = new CustomResource(runs.provider);
    await life.create({ ...seed(rule({ 'custom:plan': 'trial' })), UserPoolId: emails });
    const users = [{ username: 'ann@example.com', attributes: { 'custom:plan': 'trial' } }];
    const updated = await life.update({ ...seed(file('by-mail', users)), UserPoolId: emails });
    expect(updated.failed).toBeUndefined();
    const plans = Object.fromEntries(
      (await cognito.users(emails)).map(({ attributes }) => [attributes.email, attributes['custom:plan']]),
    );
    expect(plans).toEqual({ 'ann@example.com': 'trial', 'bob@example.com': undefined });
  });

  test('a rule takes over from a file by e-mail', async () => {
    const emails = await cognito.createPool({ customAttributes: { plan: {} }, usernameAttributes: ['email'] });
    await cognito.createUser(emails, 'ann@example.com', { email: 'ann@example.com' });
    const life = new CustomResource(runs.provider);
    const users = [{ username: 'ann@example.com', attributes: { 'custom:plan': 'trial' } }];
    await life.create({ ...seed(file('by-mail', users)), UserPoolId: emails });
    const updated = await life.update({ ...seed(rule({ 'custom:plan': 'trial' })), UserPoolId: emails });
    expect(updated.failed).toBeUndefined();
    const [ann] = await cognito.users(emails);
    expect(ann.attributes['custom:plan']).toBe('trial');
  });

  test.each(['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const)(
    'a file names users otherwise than the former one: %s',
    async (compareWith) => {
      const emails = await cognito.createPool({ customAttributes: { plan: {} }, usernameAttributes: ['email'] });
      const names: string[] = [];
      for (const name of ['ann', 'bob', 'zoe']) {
        names.push(await cognito.createUser(emails, `${name}@example.com`, { email: `${name}@example.com` }));
      }
      const life = new CustomResource(runs.provider);
      const byMail = ['ann', 'bob', 'zoe'].map((name) => ({
        username: `${name}@example.com`,
        attributes: { 'custom:plan': 'trial', locale: 'de' },
      }));
      const byName = names.map((username) => ({ username, attributes: { 'custom:plan': 'trial' } }));
      await life.create({ ...seed(file('by-mail', byMail)), UserPoolId: emails });
      const updated = await life.update({ ...seed(file('by-name', byName), { compareWith }), UserPoolId: emails });
      expect(updated.failed).toBeUndefined();
      for (const { attributes } of await cognito.users(emails)) {
        expect([attributes['custom:plan'], attributes.locale]).toEqual(['trial', undefined]);
      }
    },
  );
});

test('two declared names of one user are refused where the pool is read', async () => {
  const emails = await cognito.createPool({ customAttributes: { plan: {} }, usernameAttributes: ['email'] });
  const name = await cognito.createUser(emails, 'ann@example.com', { email: 'ann@example.com' });
  const users = ['ann@example.com', name].map((username) => ({ username, attributes: { 'custom:plan': username } }));
  const declared = { ...seed(file('doubles', users), { compareWith: 'LIVE_POOL' }), UserPoolId: emails };
  const created = await new CustomResource(runs.provider).create(declared);
  expect(created.failed).toMatch(/^Some declared names are aliases of one user: .* Nothing was changed\./);
  expect((await cognito.users(emails))[0].attributes).toEqual({ email: 'ann@example.com' });
});

test('who cannot be looked up is named, and nobody is changed', async () => {
  await cognito.seedUsers(pool, [{ username: 'user0', attributes: {} }]);
  cognito.setFaults(({ operation }) =>
    operation === 'AdminGetUser' ? { kind: 'error', type: 'InvalidParameterException' } : undefined,
  );
  const declared = seed(file('a', people(2, plan('a'))), { compareWith: 'LIVE_POOL' });
  const created = await new CustomResource(runs.provider).create(declared);
  expect(created.failed).toMatch(/^Users could not be read\. Nothing was changed\. user1: InvalidParameterException/);
});

test('a bucket that is forbidden for a moment does not pass for an empty one', async () => {
  await cognito.seedUsers(
    pool,
    people(2, () => ({})),
  );
  cognito.setFaults(({ operation, username }) =>
    operation === 'AdminUpdateUserAttributes' && username === 'user1'
      ? { kind: 'error', type: 'AliasExistsException' }
      : undefined,
  );
  const life = new CustomResource(runs.provider);
  const declared = seed(file('a', people(2, plan('a'))));
  expect((await life.create(declared)).failed).toBeDefined();
  cognito.setFaults();
  runs.s3.setFaults(({ operation, key }) =>
    operation === 'GetObject' && key.startsWith('seeders/')
      ? { kind: 'error', code: 'AccessDenied', status: 403 }
      : undefined,
  );
  expect((await life.send('Delete', declared, undefined, `${pool}/Seeder`)).failed).toBeDefined();
  runs.s3.setFaults();
  expect((await life.send('Delete', declared, undefined, `${pool}/Seeder`)).failed).toBeUndefined();
  expect(await cognito.attributes(pool, 'user0')).toEqual({});
});

describe('a way back that fails, too', () => {
  test('leaves a pool that the next deployment looks at', async () => {
    await cognito.seedUsers(
      pool,
      people(4, () => ({})),
    );
    const life = new CustomResource(runs.provider);
    const a = seed(file('a', people(4, plan('a'))));
    await life.create(a);
    // B reaches user0 and user1; the way back reaches nobody, and is skipped.
    cognito.setFaults(({ operation, username }) =>
      operation === 'AdminUpdateUserAttributes' && ['user2', 'user3'].includes(username!)
        ? { kind: 'error', type: 'AliasExistsException' }
        : undefined,
    );
    const updated = await life.update(seed(file('b', people(4, plan('b')))), () =>
      cognito.setFaults(({ operation }) =>
        operation === 'AdminUpdateUserAttributes' ? { kind: 'error', type: 'AliasExistsException' } : undefined,
      ),
    );
    expect(updated.failed).toBeDefined();
    expect(updated.rollback!.failed).toBeDefined();
    cognito.setFaults();
    const c = people(4, (index) => ({ 'custom:plan': index === 3 ? 'c' : 'a' }));
    const next = await life.send('Update', seed(file('c', c)), a);
    expect(next.failed).toBeUndefined();
    expect(await cognito.attributes(pool, 'user0')).toEqual({ 'custom:plan': 'a' });
    expect(await cognito.attributes(pool, 'user3')).toEqual({ 'custom:plan': 'c' });
  });
});

describe('a run that is still going on', () => {
  test('is stopped when the seeder goes, also where what it has set stays', async () => {
    await cognito.seedUsers(
      pool,
      people(120, () => ({})),
    );
    const life = new CustomResource(runs.provider);
    const slow = seed(file('slow', people(120, plan('a'))), { requestsPerSecond: 40 }, { WaitForCompletion: 'false' });
    await life.create(slow);
    while (cognito.calls.length < 20) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await life.remove()).failed).toBeUndefined();
    await runs.stepFunctions.idle();
    expect(cognito.calls.length).toBeLessThan(110);
  });

  test('after an execution that ended early, the next one waits for the last requests of its workers', async () => {
    await cognito.seedUsers(
      pool,
      people(5, () => ({})),
    );
    const life = new CustomResource(runs.provider);
    await life.create(seed(file('a', people(5, plan('a')))));
    cognito.setFaults(({ operation, username }) =>
      operation === 'AdminUpdateUserAttributes' && username === 'user2'
        ? { kind: 'error', type: 'ResourceNotFoundException' }
        : undefined,
    );
    const answer = await life.send(
      'Update',
      seed(file('b', people(5, plan('b')))),
      seed(file('a', people(5, plan('a')))),
    );
    expect(answer.failed).toBeDefined();
    cognito.setFaults();
    const started = Date.now();
    const next = await life.send(
      'Update',
      seed(file('c', people(5, plan('c'))), {}, { WaitForCompletion: 'false' }),
      seed(file('a', people(5, plan('a')))),
    );
    expect(request(next.data).notBefore).toBeGreaterThan(started + 20_000);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    // The pool is not read before, either: what it shows may still change.
    expect(
      cognito.calls.filter(({ operation, at }) => /List/.test(operation) && at > performance.now() - 2500),
    ).toEqual([]);
    await runs.stepFunctions.idle();
  }, 60_000);
});

test('who has changed a value since the pool was read keeps it', async () => {
  await cognito.seedUsers(
    pool,
    people(2, () => ({})),
  );
  const life = new CustomResource(runs.provider);
  await life.create(seed(file('a', people(2, plan('a')))));
  beforeApply = () => set('user1', 'bought');
  const updated = await life.update(seed(file('b', people(1, plan('b'))), { compareWith: 'LIVE_POOL' }));
  expect(updated.failed).toBeUndefined();
  expect(await cognito.attributes(pool, 'user1')).toEqual({ 'custom:plan': 'bought' });
});

describe('what is gone', () => {
  test.each([
    ['rule', () => rule({ 'custom:plan': 'a' }), {}],
    ['file', () => file('a', people(1, plan('a'))), { compareWith: 'LIVE_POOL' as const }],
  ])('a pool that is gone is as good as cleaned: %s', async (_, source, over) => {
    const declared = { ...seed(source(), { onRemoval: 'DESTROY', ...over }), UserPoolId: 'us-east-1_Gone' };
    const life = new CustomResource(runs.provider);
    const deleted = await life.send('Delete', declared, undefined, 'us-east-1_Gone/Seeder');
    expect(deleted.failed).toBeUndefined();
  });

  test('a group that is gone has nobody, and does not stand in the way of another rule', async () => {
    await cognito.seedUsers(
      pool,
      people(2, () => ({})),
    );
    await cognito.createGroup(pool, 'beta', ['user0']);
    const life = new CustomResource(runs.provider);
    await life.create(seed(rule({ 'custom:plan': 'a' }, { kind: 'group', group: 'beta' })));
    cognito.setFaults(({ operation }) =>
      operation === 'ListUsersInGroup' ? { kind: 'error', type: 'ResourceNotFoundException' } : undefined,
    );
    const updated = await life.update(seed(file('a', people(2, plan('b')))));
    expect(updated.failed).toBeUndefined();
    expect(await cognito.attributes(pool, 'user1')).toEqual({ 'custom:plan': 'b' });
  });
});
