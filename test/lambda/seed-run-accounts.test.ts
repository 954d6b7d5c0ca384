import { AdminDeleteUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Seed } from '../../lib/private/contracts/seed';
import type { Creation } from '../../lib/private/contracts/seed-creation';
import type { DeclaredUser, PasswordSource } from '../../lib/private/contracts/seed-user';
import { type LocalRuns, startLocalRuns } from '../support/local-runs';
import { people, runProperties, uploaded } from '../support/seeds';

let local: LocalRuns;
let pool: string;
let client: string;

beforeAll(async () => {
  local = await startLocalRuns();
});
afterAll(() => local?.stop());
beforeEach(async () => {
  local.cognito.setFaults();
  local.secrets.denyAccess(false);
  pool = await local.cognito.createPool({
    autoVerified: ['email'],
    customAttributes: { tenant: {}, plan: { mutable: false } },
  });
  client = await local.cognito.createAppClient(pool);
  await local.cognito.createGroup(pool, 'admins');
  await local.cognito.createGroup(pool, 'readers');
  local.cognito.clearCalls();
  local.cognito.clearDeliveries();
});

const QUIET: Creation = { invitation: [], forceAliasCreation: false };
const inline = (users: DeclaredUser[]): Seed['source'] => ({ kind: 'inline', users });
const file = (users: DeclaredUser[]): Seed['source'] => uploaded(local.runs.s3, `file-${Math.random()}`, users);
const creating = (source: Seed['source'], creation: Partial<Creation> = {}, over: Partial<Seed> = {}, run?: object) =>
  runProperties(pool, source, { onMissingUser: 'CREATE', creation: { ...QUIET, ...creation }, ...over }, run);
const alice = (over: Partial<DeclaredUser> = {}): DeclaredUser => ({
  username: 'alice',
  attributes: { email: 'alice@example.com', email_verified: 'true', 'custom:plan': 'gold' },
  ...over,
});
const fromSecret = (value: string, temporary = false): PasswordSource => ({
  kind: 'secret',
  secret: local.secrets.put(`secret-${Math.random()}`, value),
  temporary,
});
const user = (name = 'alice') => local.cognito.user(pool, name);
const operations = () => local.cognito.calls.map(({ operation }) => operation);
const writes = () =>
  operations().filter((operation) => !/^(AdminGet|AdminList|List|Describe|GetGroup)/.test(operation));
const signIn = (password: string, name = 'alice') => local.cognito.authenticate(client, name, password);
const TOKENS = { accessToken: expect.any(String), idToken: expect.any(String) };
const remove = (Username: string) =>
  local.cognito.client().send(new AdminDeleteUserCommand({ UserPoolId: pool, Username }));

describe('users whom the pool does not have', () => {
  test.each([
    ['inline', inline, 'PREVIOUS_DECLARATION'],
    ['from a file', file, 'PREVIOUS_DECLARATION'],
    ['compared with the pool', file, 'LIVE_POOL'],
  ] as const)('are created with everything that is declared, and sign in: %s', async (_, source, compareWith) => {
    const password = fromSecret('Correct-Horse-1');
    await local.cognito.createUser(pool, 'bob', { nickname: 'old', 'custom:plan': 'gold' });
    const users = [
      alice({ groups: ['admins', 'readers'], password }),
      { username: 'bob', attributes: { nickname: 'new', 'custom:plan': 'gold' }, groups: ['readers'] },
      { username: 'zoe', attributes: {}, enabled: false, password: { kind: 'random' as const } },
    ];
    local.cognito.clearCalls();
    const created = await local.resource().create(creating(source(users), {}, { compareWith }));
    expect(created).toMatchObject({
      failed: undefined,
      data: { ChangedUsers: '3', CreatedUsers: '2', FailedUsers: '0' },
    });
    expect(await user()).toMatchObject({ status: 'CONFIRMED', enabled: true, attributes: users[0].attributes });
    expect(await user('bob')).toMatchObject({ attributes: { nickname: 'new' } });
    expect(await user('zoe')).toMatchObject({ status: 'CONFIRMED', enabled: false });
    expect(await local.cognito.groups(pool)).toEqual({
      admins: ['alice'],
      readers: expect.arrayContaining(['alice', 'bob']),
    });
    expect(await signIn('Correct-Horse-1')).toEqual(TOKENS);
    expect(local.cognito.deliveries).toEqual([]);
    const named = local.report(created.data).filter(({ status }) => status === 'Created');
    expect(named.map((line) => line.user).sort()).toEqual(['alice', 'zoe']);
    expect(local.written()).not.toContain('Correct-Horse-1');
  });

  test('are created once: the same declaration again changes nobody', async () => {
    const users = people(5, (index) => ({ nickname: `n${index}` })).map((each) => ({ ...each, groups: ['readers'] }));
    const live = creating(file(users), {}, { compareWith: 'LIVE_POOL' });
    const life = local.resource();
    await life.create(live);
    local.cognito.clearCalls();
    const again = await life.update(creating(file(users), {}, { compareWith: 'LIVE_POOL' }));
    expect(again).toMatchObject({ failed: undefined, data: { ChangedUsers: '0', UnchangedUsers: '5' } });
    expect(writes()).toEqual([]);
    await life.update(creating(file(users)));
    expect(writes()).toEqual([]);
  });

  test('who has been deleted out of band is created again when they are written to', async () => {
    const life = local.resource();
    await life.create(creating(file([alice()])));
    await remove('alice');
    const answer = await life.update(
      creating(file([alice({ attributes: { ...alice().attributes, nickname: 'Al' } })])),
    );
    expect(answer.data).toMatchObject({ ChangedUsers: '1', CreatedUsers: '1' });
    expect((await user())?.attributes).toMatchObject({ nickname: 'Al', 'custom:plan': 'gold' });
  });

  test('are invited after everybody else is as declared', async () => {
    await local.cognito.createUser(pool, 'zoe');
    local.cognito.clearCalls();
    const zoe = { username: 'zoe', attributes: { nickname: 'Z' } };
    const declared = [alice(), zoe];
    local.cognito.setFaults(({ operation }) =>
      operation === 'AdminUpdateUserAttributes' ? { kind: 'error', type: 'AliasExistsException' } : undefined,
    );
    const failed = await local.resource().create(creating(inline([alice()]), { invitation: ['EMAIL'] }));
    expect(failed.failed).toBeUndefined();
    await remove('alice');
    local.cognito.clearDeliveries();
    const live = { compareWith: 'LIVE_POOL' as const };
    expect(
      (await local.resource().create(creating(file(declared), { invitation: ['EMAIL'] }, live))).failed,
    ).toBeDefined();
    expect(local.cognito.deliveries).toEqual([]);
    local.cognito.setFaults();
    await local.resource().create(creating(file(declared), { invitation: ['EMAIL'] }, live));
    expect(local.cognito.deliveries).toHaveLength(1);
  });

  test('keep nothing of a creation that fails half-way', async () => {
    local.cognito.setFaults(({ operation }) =>
      operation === 'AdminSetUserPassword' ? { kind: 'error', type: 'InvalidPasswordException' } : undefined,
    );
    const created = await local
      .resource()
      .create(creating(file([alice({ groups: ['admins'], password: fromSecret('Correct-Horse-2') })])));
    expect(created.failed).toContain(
      "alice: InvalidPasswordException, the password does not conform to the pool's policy",
    );
    expect(await user()).toBeUndefined();
  });

  test('are found by a retry whose answer is lost', async () => {
    let lost = false;
    local.cognito.setFaults(({ operation }) =>
      operation === 'AdminCreateUser' && !lost && (lost = true) ? { kind: 'reset', when: 'after' } : undefined,
    );
    const created = await local.resource().create(creating(file([alice({ groups: ['admins'] })])));
    expect(created).toMatchObject({ failed: undefined, data: { CreatedUsers: '1' } });
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['admins']);
  });

  test('are told to the stack where it asks for them', async () => {
    const wanted = { UserAbc: 'alice' };
    const created = await local.resource().create(creating(file([alice()]), {}, { wanted }));
    expect(created.data).toMatchObject({ 'UserAbc.Sub': (await user())!.sub, 'UserAbc.Username': 'alice' });
    const unawaited = await local
      .resource()
      .create(creating(file([alice()]), {}, { wanted }, { WaitForCompletion: 'false' }));
    expect(unawaited.data).toMatchObject({ 'UserAbc.Sub': '', CreatedUsers: '' });
    await local.runs.stepFunctions.idle();
  });
});

test('a group that the pool lacks is refused before the first write', async () => {
  const created = await local.resource().create(creating(file([alice({ groups: ['nowhere', 'admins'] })])));
  expect(created.failed).toMatch(/^The pool lacks 1 declared group \(nowhere\): .* Nothing was changed\./);
  expect(writes()).toEqual([]);
});

test('a secret that cannot be read fails its user alone', async () => {
  await local.cognito.createUser(pool, 'bob');
  local.secrets.denyAccess(true);
  const users = [
    alice({ password: fromSecret('Correct-Horse-3') }),
    { username: 'bob', attributes: { nickname: 'b' } },
  ];
  const created = await local.resource().create(creating(file(users), {}, {}, { ToleratedFailures: '1' }));
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '1', FailedUsers: '1' } });
  expect(local.report(created.data)).toMatchObject([
    { status: 'Failed', user: 'alice', error: 'SecretUnreadable', remedy: expect.stringContaining('resource policy') },
  ]);
  expect(await user()).toBeUndefined();
});

describe('values that users have already', () => {
  test('are kept where that is declared', async () => {
    await local.cognito.createUser(pool, 'alice', {
      nickname: 'mine',
      email: 'mine@example.com',
      email_verified: 'true',
    });
    await local.cognito.createUser(pool, 'bob');
    const declared = { nickname: 'n', email: 'new@example.com', email_verified: 'true' };
    const users = ['alice', 'bob'].map((username) => ({
      username,
      attributes: { ...declared, email: `${username}@x.org` },
    }));
    const seed = runProperties(pool, file(users), { kept: 'ALL' });
    expect((await local.resource().create(seed)).data).toMatchObject({ ChangedUsers: '1', UnchangedUsers: '1' });
    expect((await user('alice'))?.attributes).toMatchObject({ nickname: 'mine', email: 'mine@example.com' });
    expect((await user('bob'))?.attributes).toMatchObject({ nickname: 'n', email: 'bob@x.org' });
    const some = runProperties(pool, file(users), { kept: ['email'] });
    await local.resource().create(some);
    expect((await user('alice'))?.attributes).toMatchObject({ nickname: 'n', email: 'mine@example.com' });
  });
});

describe('users whom the seeder deletes again', () => {
  const owner = 'seeder-owner';

  test.each(['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const)(
    'go when they leave the declaration, and at a removal; found ones never do: %s',
    async (compareWith) => {
      await local.cognito.createUser(pool, 'found', { nickname: 'x' });
      const users = ['found', 'gone', 'made'].map((username) => ({ username, attributes: { 'custom:tenant': 't' } }));
      const life = local.resource();
      const over = { compareWith, onRemoval: 'DESTROY' as const };
      await life.create(creating(file(users), { owner }, over));
      expect((await local.cognito.groups(pool))[owner].sort()).toEqual(['gone', 'made']);
      const updated = await life.update(creating(file([users[2]]), { owner }, over));
      expect(updated).toMatchObject({ failed: undefined, data: { ChangedUsers: '2', UnchangedUsers: '1' } });
      expect(local.report(updated.data)).toMatchObject([{ status: 'Deleted', user: 'gone' }]);
      expect((await local.cognito.users(pool)).map(({ username }) => username).sort()).toEqual(['found', 'made']);
      expect((await user('found'))?.attributes).toEqual({ nickname: 'x' });
      expect((await life.remove()).failed).toBeUndefined();
      expect((await local.cognito.users(pool)).map(({ username }) => username)).toEqual(['found']);
      expect(Object.keys(await local.cognito.groups(pool))).not.toContain(owner);
    },
  );

  test('stay where they are declared under another name', async () => {
    pool = await local.cognito.createPool({ usernameAttributes: ['email'], customAttributes: { tenant: {} } });
    const life = local.resource();
    const byMail = { username: 'alice@example.com', attributes: { 'custom:tenant': 't' } };
    await life.create(creating(file([byMail]), { owner }));
    const [{ username }] = await local.cognito.users(pool);
    const updated = await life.update(creating(file([{ ...byMail, username }]), { owner }));
    expect(updated.failed).toBeUndefined();
    expect(await local.cognito.users(pool)).toMatchObject([{ username, attributes: { 'custom:tenant': 't' } }]);
  });
});

test('groups and passwords of users who are there follow the declaration', async () => {
  await local.cognito.createUser(pool, 'alice', { 'custom:plan': 'gold' });
  const life = local.resource();
  const declared = (over: Partial<DeclaredUser>) =>
    runProperties(pool, file([{ username: 'alice', attributes: {}, ...over }]));
  await life.create(declared({ groups: ['admins'], password: fromSecret('Correct-Horse-4') }));
  expect(await signIn('Correct-Horse-4')).toEqual(TOKENS);
  await life.update(declared({ groups: ['readers'], enabled: false }));
  expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['readers']);
  expect((await user())?.enabled).toBe(false);
});
