import { AdminDeleteUserCommand, AdminRemoveUserFromGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Seed } from '../../lib/private/contracts/seed';
import type { Creation } from '../../lib/private/contracts/seed-creation';
import type { DeclaredUser, PasswordSource } from '../../lib/private/contracts/seed-user';
import { type LocalSeeder, startLocalSeeder } from '../support/seeder';
import { seedProperties } from '../support/seeds';

let local: LocalSeeder;
let pool: string;
let client: string;

beforeAll(async () => {
  local = await startLocalSeeder();
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
const creating = (users: DeclaredUser[], creation: Partial<Creation> = {}, over: Partial<Seed> = {}) =>
  seedProperties(
    pool,
    { kind: 'inline', users },
    { onMissingUser: 'CREATE', creation: { ...QUIET, ...creation }, ...over },
  );
const alice = (over: Partial<DeclaredUser> = {}): DeclaredUser => ({
  username: 'alice',
  attributes: { email: 'alice@example.com', email_verified: 'true', 'custom:plan': 'gold' },
  ...over,
});
const fromSecret = (secret: string, field?: string): PasswordSource => ({
  kind: 'secret',
  secret,
  ...(field === undefined ? {} : { field }),
  temporary: false,
});
const user = (name = 'alice') => local.cognito.user(pool, name);
const operations = () => local.cognito.calls.map(({ operation }) => operation);
const signIn = (password: string, name = 'alice') => local.cognito.authenticate(client, name, password);
const TOKENS = { accessToken: expect.any(String), idToken: expect.any(String) };

describe('a user whom the pool does not have', () => {
  test('is created, immutable attributes and all, confirmed, in their groups, and signs in with the secret’s password', async () => {
    const secret = local.secrets.put('alice', JSON.stringify({ password: 'Correct-Horse-1' }));
    const declared = alice({ groups: ['admins', 'readers'], password: fromSecret(secret, 'password') });
    const answer = await local.resource().create(creating([declared]));
    expect(answer).toMatchObject({ failed: undefined, data: { ChangedUsers: '1', CreatedUsers: '1' } });
    expect(await user()).toMatchObject({ status: 'CONFIRMED', enabled: true, attributes: declared.attributes });
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['admins', 'readers']);
    expect(await signIn('Correct-Horse-1')).toEqual(TOKENS);
    expect(local.cognito.deliveries).toEqual([]);
  });

  test('takes the whole secret for the password where no field is declared', async () => {
    const secret = local.secrets.put('plain', 'Correct-Horse-2');
    await local.resource().create(creating([alice({ password: fromSecret(secret) })]));
    expect(await signIn('Correct-Horse-2')).toEqual(TOKENS);
  });

  test('changes a temporary password at the first sign-in', async () => {
    const secret = local.secrets.put('temporary', JSON.stringify({ first: 'Correct-Horse-3' }));
    const password: PasswordSource = { kind: 'secret', secret, field: 'first', temporary: true };
    await local.resource().create(creating([alice({ password })]));
    expect(await signIn('Correct-Horse-3')).toMatchObject({ challenge: 'NEW_PASSWORD_REQUIRED' });
    expect(operations()).not.toContain('AdminSetUserPassword');
  });

  test('is confirmed by a random password, each user by another one', async () => {
    const users = ['alice', 'bob'].map((username) => ({ username, attributes: {} }));
    await local.resource().create(creating(users, { password: { kind: 'random' } }));
    expect([(await user('alice'))?.status, (await user('bob'))?.status]).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  test('waits for a first sign-in where no password is declared, and nobody is told', async () => {
    await local.resource().create(creating([alice()]));
    expect((await user())?.status).toBe('FORCE_CHANGE_PASSWORD');
    expect(local.cognito.deliveries).toEqual([]);
  });

  test('is invited where that is declared, after everybody who is not', async () => {
    await local.cognito.createUser(pool, 'zoe', {});
    local.cognito.clearCalls();
    const zoe = { username: 'zoe', attributes: { nickname: 'Z' } };
    await local.resource().create(creating([alice(), zoe], { invitation: ['EMAIL'] }));
    expect(local.cognito.deliveries).toHaveLength(1);
    const writes = operations().filter((operation) => /Create|Update/.test(operation));
    expect(writes).toEqual(['AdminUpdateUserAttributes', 'AdminCreateUser']);
  });

  test('who is declared disabled is refused', async () => {
    const secret = local.secrets.put('disabled', 'Correct-Horse-4');
    await local.resource().create(creating([alice({ enabled: false, password: fromSecret(secret) })]));
    await expect(signIn('Correct-Horse-4')).rejects.toThrow('User is disabled.');
  });

  test('is created with an address as username, and answered by the pool’s own name', async () => {
    pool = await local.cognito.createPool({ usernameAttributes: ['email'] });
    const wanted = { UserAbc: 'alice@example.com' };
    const declared = { username: 'alice@example.com', attributes: { email: 'alice@example.com', given_name: 'Alice' } };
    const life = local.resource();
    const answer = await life.create(creating([declared], {}, { wanted }));
    const made = await user('alice@example.com');
    expect(made?.username).not.toBe('alice@example.com');
    expect(answer.data).toMatchObject({ 'UserAbc.Sub': made?.sub, 'UserAbc.Username': made?.username });
    // The address stays when it leaves the declaration: it is how the user signs in.
    expect((await life.update(creating([{ username: 'alice@example.com', attributes: {} }]))).failed).toBeUndefined();
    expect((await user('alice@example.com'))?.attributes).toEqual({ email: 'alice@example.com' });
  });

  test('is found under another case where the pool does not tell it', async () => {
    pool = await local.cognito.createPool({ caseSensitive: false });
    await local.cognito.createUser(pool, 'Alice', { nickname: 'old' });
    const answer = await local.resource().create(creating([{ username: 'ALICE', attributes: { nickname: 'new' } }]));
    expect(answer.data).toMatchObject({ ChangedUsers: '1', CreatedUsers: '0' });
    expect(await local.cognito.users(pool)).toMatchObject([{ attributes: { nickname: 'new' } }]);
  });

  test('who has been deleted behind our back comes back when the declaration names them anew', async () => {
    const life = local.resource();
    await life.create(creating([alice()]));
    await local.cognito.client().send(new AdminDeleteUserCommand({ UserPoolId: pool, Username: 'alice' }));
    const answer = await life.update(creating([alice({ attributes: { ...alice().attributes, nickname: 'Al' } })]));
    expect(answer.data).toMatchObject({ CreatedUsers: '1' });
    expect((await user())?.attributes).toMatchObject({ nickname: 'Al', 'custom:plan': 'gold' });
  });
});

describe('when a creation fails', () => {
  const ben = { username: 'ben', attributes: { nickname: 'new' } };
  beforeEach(() => local.cognito.createUser(pool, 'ben', { nickname: 'old' }));

  test.each([
    ['AdminCreateUser', undefined],
    ['AdminAddUserToGroup', undefined],
    ['AdminSetUserPassword', undefined],
    ['AdminDisableUser', undefined],
  ])('at %s, nobody is there who was not, and others are as before', async (failing) => {
    const secret = local.secrets.put('failing', 'Correct-Horse-5');
    local.cognito.setFaults(({ operation }) =>
      operation === failing ? { kind: 'error', type: 'NotAuthorizedException', status: 400 } : undefined,
    );
    const declared = alice({ groups: ['admins'], enabled: false, password: fromSecret(secret) });
    const answer = await local.resource().create(creating([declared, ben]));
    expect(answer.failed).toMatch(/alice: NotAuthorizedException/);
    expect(answer.failed).toMatch(/All users are as they were before/);
    expect(await user()).toBeUndefined();
    expect((await user('ben'))?.attributes).toEqual({ nickname: 'old' });
  });

  test('for a group that the pool lacks or a secret that cannot be read, nothing is sent at all', async () => {
    local.secrets.denyAccess(true);
    const secret = local.secrets.put('denied', 'Correct-Horse-6');
    const carol = { username: 'carol', attributes: {}, password: fromSecret(secret) };
    const answer = await local.resource().create(creating([alice({ groups: ['nobodys'] }), carol, ben]));
    expect(answer.failed).toMatch(/alice: GroupNotFound, the pool has no group 'nobodys': create it/);
    expect(answer.failed).toMatch(/carol: SecretUnreadable/);
    expect(answer.failed).toMatch(/Nothing was changed/);
    expect(operations().every((operation) => /Get/.test(operation))).toBe(true);
  });

  test('an answer that is lost creates nobody twice', async () => {
    let lost = 0;
    local.cognito.setFaults(({ operation }) =>
      operation === 'AdminCreateUser' && lost++ === 0 ? { kind: 'reset', when: 'after' } : undefined,
    );
    const answer = await local.resource().create(creating([alice({ groups: ['admins'] })]));
    expect(answer).toMatchObject({ failed: undefined, data: { CreatedUsers: '1' } });
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['admins']);
  });
});

describe('groups, the account and the password', () => {
  test('follow the declaration, and what it does not name is not touched', async () => {
    await local.cognito.createUser(pool, 'alice', { nickname: 'own' });
    await local.cognito.createGroup(pool, 'own', ['alice']);
    const life = local.resource();
    const declared = (over: Partial<DeclaredUser>) => creating([{ username: 'alice', attributes: {}, ...over }]);
    await life.create(declared({ groups: ['admins'], enabled: false }));
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['admins', 'own']);
    expect((await user())?.enabled).toBe(false);

    await life.update(declared({ groups: ['readers'], enabled: true }));
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['own', 'readers']);
    expect((await user())?.enabled).toBe(true);

    await life.update(declared({ enabled: false }));
    await life.update(declared({}));
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['own']);
    expect(await user()).toMatchObject({ enabled: false, attributes: { nickname: 'own' } });
  });

  test('a rotated secret arrives with the next update, and its removal from the declaration changes nothing', async () => {
    const secret = local.secrets.put('rotating', JSON.stringify({ password: 'Correct-Horse-7' }));
    const life = local.resource();
    const password = fromSecret(secret, 'password');
    await life.create(creating([alice({ password })]));
    local.secrets.put('rotating', JSON.stringify({ password: 'Correct-Horse-8' }));
    await life.update(creating([alice({ password }), { username: 'bob', attributes: {} }]));
    expect(await signIn('Correct-Horse-8')).toEqual(TOKENS);
    await expect(signIn('Correct-Horse-7')).rejects.toThrow();

    const before = await user();
    local.cognito.clearCalls();
    await life.update(creating([alice(), { username: 'bob', attributes: {} }]));
    expect(await user()).toEqual(before);
    expect(operations()).toEqual([]);
    expect(await signIn('Correct-Horse-8')).toEqual(TOKENS);
  });

  test('a request that comes twice changes nothing the second time but the password, which is the same', async () => {
    const secret = local.secrets.put('twice', 'Correct-Horse-9');
    const properties = creating([alice({ groups: ['admins'], enabled: false, password: fromSecret(secret) })]);
    const life = local.resource();
    await life.create(properties);
    local.cognito.clearCalls();
    expect((await life.send('Create', properties)).failed).toBeUndefined();
    expect(operations().filter((operation) => !/Get|List/.test(operation))).toEqual(['AdminSetUserPassword']);
  });

  test('a failing update puts memberships and the account back', async () => {
    await local.cognito.createUser(pool, 'alice', {});
    await local.cognito.createUser(pool, 'ben', {});
    const life = local.resource();
    const declared = (groups: string[], enabled: boolean, tenant: string) =>
      creating([
        { username: 'alice', attributes: {}, groups, enabled },
        { username: 'ben', attributes: { 'custom:tenant': tenant } },
      ]);
    await life.create(declared(['admins'], true, 'blue'));
    local.cognito.setFaults(({ operation, username }) =>
      operation === 'AdminUpdateUserAttributes' && username === 'ben'
        ? { kind: 'error', type: 'NotAuthorizedException', status: 400 }
        : undefined,
    );
    const answer = await life.update(declared(['readers'], false, 'green'), () => local.cognito.setFaults());
    expect(answer.failed).toMatch(/All users are as they were before/);
    expect(answer.rollback?.failed).toBeUndefined();
    expect(await local.cognito.groupsOf(pool, 'alice')).toEqual(['admins']);
    expect((await user())?.enabled).toBe(true);
  });
});

describe('users whom the seeder has created', () => {
  const OWNED = { owner: 'seeder-stack-1234' };
  const bob = { username: 'bob', attributes: { nickname: 'B' } };
  const found = { username: 'found', attributes: { nickname: 'F' } };
  beforeEach(() => local.cognito.createUser(pool, 'found', { family_name: 'Own' }));
  const names = async () => (await local.cognito.users(pool)).map(({ username }) => username).sort();

  test('go when they leave the declaration or with the seeder, and those whom it found stay', async () => {
    const life = local.resource();
    await life.create(creating([alice(), bob, found], OWNED, { onRemoval: 'DESTROY' }));
    expect(await local.cognito.groups(pool)).toMatchObject({ 'seeder-stack-1234': ['alice', 'bob'] });
    await life.update(creating([alice()], OWNED, { onRemoval: 'DESTROY' }));
    expect(await names()).toEqual(['alice', 'found']);
    expect((await user('found'))?.attributes).toEqual({ family_name: 'Own' });
    await life.remove();
    expect(await names()).toEqual(['found']);
    expect(Object.keys(await local.cognito.groups(pool))).not.toContain('seeder-stack-1234');
  });

  test('stay where nobody declared that they go, where prune is off, and with RETAIN', async () => {
    const life = local.resource();
    await life.create(creating([alice(), bob]));
    await life.update(creating([alice()]));
    const other = local.resource();
    const carol = { username: 'carol', attributes: {} };
    await other.create(creating([carol, bob], OWNED));
    await other.update(creating([bob], OWNED, { prune: false }));
    await other.remove();
    expect(await names()).toEqual(['alice', 'bob', 'carol', 'found']);
  });

  test('stay where the pool does not know any more that they are ours', async () => {
    const life = local.resource();
    await life.create(creating([alice(), bob], OWNED, { onRemoval: 'DESTROY' }));
    const leave = { UserPoolId: pool, Username: 'bob', GroupName: OWNED.owner };
    await local.cognito.client().send(new AdminRemoveUserFromGroupCommand(leave));
    await life.remove();
    expect(await names()).toEqual(['bob', 'found']);
    expect((await user('bob'))?.attributes).toEqual({});
  });

  test('stay where the same deployment stops to declare that they go', async () => {
    const life = local.resource();
    await life.create(creating([alice(), bob], OWNED));
    await life.update(creating([alice()]));
    expect(await names()).toEqual(['alice', 'bob', 'found']);
  });
});

describe('values that are kept', () => {
  test('are given to whoever has none, and never replace what somebody has', async () => {
    await local.cognito.createUser(pool, 'ann', { locale: 'de', email: 'own@example.com', email_verified: 'false' });
    await local.cognito.createUser(pool, 'ben', {});
    const attributes = { locale: 'en', email: 'ours@example.com', email_verified: 'true', nickname: 'N' };
    const declared = ['ann', 'ben'].map((username, index) => ({
      username,
      attributes: { ...attributes, email: `ours${index}@example.com` },
    }));
    const life = local.resource();
    await life.create(seedProperties(pool, { kind: 'inline', users: declared }, { kept: 'ALL' }));
    expect((await user('ann'))?.attributes).toEqual({
      locale: 'de',
      email: 'own@example.com',
      email_verified: 'false',
      nickname: 'N',
    });
    expect((await user('ben'))?.attributes).toEqual({ ...attributes, email: 'ours1@example.com' });

    const later = declared.map((each) => ({ ...each, attributes: { locale: 'fr', nickname: 'M' } }));
    await life.update(seedProperties(pool, { kind: 'inline', users: later }, { kept: ['locale'], prune: false }));
    expect((await user('ann'))?.attributes).toMatchObject({ locale: 'de', nickname: 'M' });
    expect((await user('ben'))?.attributes).toMatchObject({ locale: 'en', nickname: 'M' });
  });
});

describe('values that are kept, when they leave', () => {
  const declare = (locale: string | undefined, over: Partial<Seed>) =>
    seedProperties(
      pool,
      { kind: 'inline', users: [{ username: 'ann', attributes: locale === undefined ? {} : { locale } }] },
      { kept: 'ALL', onRemoval: 'DESTROY', ...over },
    );

  test('stay: whoever has the declared value may have chosen it', async () => {
    await local.cognito.createUser(pool, 'ann', { locale: 'en' });
    const life = local.resource();
    await life.create(declare('en', {}));
    await life.update(declare(undefined, {}));
    expect((await user('ann'))?.attributes).toEqual({ locale: 'en' });
    await life.update(declare('en', {}));
    await life.remove();
    expect((await user('ann'))?.attributes).toEqual({ locale: 'en' });
  });

  test('go from those who got them, where that is remembered', async () => {
    await local.cognito.createUser(pool, 'ann', {});
    const life = local.resource();
    await life.create(declare('en', { formerValues: 'RESTORE', bucket: 'memory' }));
    expect((await user('ann'))?.attributes).toEqual({ locale: 'en' });
    await life.remove();
    expect((await user('ann'))?.attributes).toEqual({});
  });
});

test('no password is in a log, an error, an answer or an object', async () => {
  const SECRET = 'Very-Secret-Horse-10';
  const text = () =>
    JSON.stringify([
      local.runner.logs,
      answers,
      local.s3.keys('memory').map((key) => String(local.s3.get('memory', key))),
    ]);
  const answers: unknown[] = [];
  const secret = local.secrets.put('hidden', JSON.stringify({ password: SECRET, other: 5 }));
  const life = local.resource();
  const creation = { password: fromSecret(secret, 'password') };
  const memory = { formerValues: 'RESTORE', bucket: 'memory' } as const;
  answers.push(await life.create(creating([alice()], creation, memory)));
  answers.push(await life.update(creating([alice({ password: fromSecret(secret, 'other') })], creation, memory)));
  const strict = await local.cognito.createPool({ passwordPolicy: { MinimumLength: 90 } });
  answers.push(await local.resource().create({ ...creating([alice()], creation, memory), UserPoolId: strict }));
  expect(answers).toMatchObject([
    { failed: undefined },
    { failed: /SecretWithoutPassword/ },
    { failed: /InvalidPassword/ },
  ]);
  expect(text()).not.toContain(SECRET);
  expect(text()).toContain('Created');
});
