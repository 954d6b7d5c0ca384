/**
 * What the acceptance tests of Terraform's `aws_cognito_user` do to a user, and what comes of it here: the table in
 * docs/migrating.md, row by row.
 */
import { AdminDeleteUserCommand, AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import type { CustomResource } from '../support/custom-resource';
import { type LocalSeeder, startLocalSeeder } from '../support/seeder';
import { seedProperties } from '../support/seeds';

let local: LocalSeeder;
let pool: string;
let life: CustomResource;

beforeAll(async () => {
  local = await startLocalSeeder();
});
afterAll(() => local?.stop());
const newPool = async (options: object = {}) => {
  const custom = Object.fromEntries(['one', 'two', 'three', 'four', 'own'].map((name) => [name, {}]));
  pool = await local.cognito.createPool({ customAttributes: custom, ...options });
  life = local.resource();
};
beforeEach(() => newPool());

const creating = (users: DeclaredUser[], over: Partial<Seed> = {}) =>
  seedProperties(
    pool,
    { kind: 'inline', users },
    { onMissingUser: 'CREATE', creation: { invitation: [], forceAliasCreation: false }, ...over },
  );
const user = (attributes: Record<string, string>, over: Partial<DeclaredUser> = {}): DeclaredUser => ({
  username: 'user',
  attributes,
  ...over,
});
const live = () => local.cognito.user(pool, 'user');
/** As a person or another system would. */
const setOwn = (name = 'user') =>
  local.cognito.client().send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: pool,
      Username: name,
      UserAttributes: [{ Name: 'custom:own', Value: 'mine' }],
    }),
  );
const removeBehindOurBack = () =>
  local.cognito.client().send(new AdminDeleteUserCommand({ UserPoolId: pool, Username: 'user' }));
const writes = () => local.cognito.calls.map(({ operation }) => operation).filter((name) => !/Get|List/.test(name));

test('attributes one, two, three become two, three changed, four: what nobody declared survives', async () => {
  await life.create(creating([user({ 'custom:one': '1', 'custom:two': '2', 'custom:three': '3' })]));
  await setOwn();
  const { sub } = (await live())!;
  local.cognito.clearCalls();
  await life.update(creating([user({ 'custom:two': '2', 'custom:three': 'changed', 'custom:four': '4' })]));
  expect(await live()).toMatchObject({
    sub,
    attributes: { 'custom:two': '2', 'custom:three': 'changed', 'custom:four': '4', 'custom:own': 'mine' },
  });
  expect((await live())?.attributes).not.toHaveProperty('custom:one');
  const sent = local.cognito.calls.map(({ operation, attributeNames }) => [operation, attributeNames]);
  expect(sent.filter(([operation]) => !/Get|List/.test(String(operation)))).toEqual([
    ['AdminUpdateUserAttributes', ['custom:three', 'custom:four']],
    ['AdminDeleteUserAttributes', ['custom:one']],
  ]);
});

test('all attributes leave: what nobody declared survives', async () => {
  await life.create(creating([user({ 'custom:one': '1', 'custom:two': '2' })]));
  await setOwn();
  await life.update(creating([user({})]));
  expect((await live())?.attributes).toEqual({ 'custom:own': 'mine' });
});

test('enabled, disabled, enabled: the same user throughout, with their attributes', async () => {
  await life.create(creating([user({ 'custom:one': '1' }, { enabled: true })]));
  const { sub } = (await live())!;
  for (const enabled of [false, true]) {
    await life.update(creating([user({ 'custom:one': '1' }, { enabled })]));
    expect(await live()).toMatchObject({ sub, enabled, attributes: { 'custom:one': '1' } });
  }
});

test('enabled leaves the declaration: the user stays disabled', async () => {
  await life.create(creating([user({}, { enabled: false })]));
  await life.update(creating([user({ 'custom:one': '1' })]));
  expect((await live())?.enabled).toBe(false);
});

describe('deleted out of band', () => {
  beforeEach(async () => {
    await life.create(creating([user({ 'custom:one': '1' })]));
    await removeBehindOurBack();
  });

  test('and the next update changes the user: created again, with all that is declared', async () => {
    const answer = await life.update(creating([user({ 'custom:one': '1', 'custom:two': '2' })]));
    expect(answer.data).toMatchObject({ CreatedUsers: '1' });
    expect((await live())?.attributes).toEqual({ 'custom:one': '1', 'custom:two': '2' });
  });

  test('and the next update changes others: not noticed, since nobody is asked about', async () => {
    await life.update(creating([user({ 'custom:one': '1' }), { username: 'other', attributes: {} }]));
    expect(await live()).toBeUndefined();
  });

  test('and the next update compares with the live pool: created again', async () => {
    const users = [user({ 'custom:one': '1' }), { username: 'other', attributes: {} }];
    const answer = await life.update(creating(users, { compareWith: 'LIVE_POOL' }));
    expect(answer.data).toMatchObject({ CreatedUsers: '2' });
    expect((await live())?.attributes).toEqual({ 'custom:one': '1' });
  });

  test('and the seeder is removed: nothing to do', async () => {
    expect((await life.remove()).failed).toBeUndefined();
  });
});

test('the username in another case, where the pool does not tell it: the same user, and nothing is sent', async () => {
  await newPool({ caseSensitive: false });
  const owned = {
    creation: { invitation: [], forceAliasCreation: false, owner: 'seeder-x' },
    onRemoval: 'DESTROY',
  } as const;
  await life.create(creating([user({ 'custom:one': '1' })], owned));
  const before = await live();
  local.cognito.clearCalls();
  const answer = await life.update(creating([{ username: 'USER', attributes: { 'custom:one': '1' } }], owned));
  expect(answer).toMatchObject({ failed: undefined, data: { ChangedUsers: '0', CreatedUsers: '0' } });
  expect(await live()).toEqual(before);
  expect(writes()).toEqual([]);
});

test('the username in another case, where the pool tells it: another user', async () => {
  await life.create(creating([user({ 'custom:one': '1' })]));
  const answer = await life.update(creating([{ username: 'USER', attributes: { 'custom:one': '1' } }]));
  expect(answer.data).toMatchObject({ CreatedUsers: '1' });
  expect((await live())?.attributes).toEqual({});
});

test('an e-mail address as username: declared by the address, and the pool’s own name never replaces it', async () => {
  await newPool({ usernameAttributes: ['email'] });
  const declared = (attributes: Record<string, string>) => [{ username: 'ann@example.com', attributes }];
  await life.create(creating(declared({ 'custom:one': '1' })));
  await setOwn('ann@example.com');
  const { sub } = (await local.cognito.user(pool, 'ann@example.com'))!;
  await life.update(creating(declared({ 'custom:one': '2' })));
  expect(await local.cognito.user(pool, 'ann@example.com')).toMatchObject({
    sub,
    attributes: { email: 'ann@example.com', 'custom:one': '2', 'custom:own': 'mine' },
  });
  expect(await local.cognito.users(pool)).toHaveLength(1);
});

test('ClientMetadata, validation data and the way of inviting alone change nobody', async () => {
  await life.create(creating([user({ 'custom:one': '1' })]));
  local.cognito.clearCalls();
  await life.update(
    creating([user({ 'custom:one': '1' })], {
      clientMetadata: { tone: 'formal' },
      creation: { invitation: ['EMAIL'], forceAliasCreation: true, validationData: { source: 'stack' } },
    }),
  );
  expect(local.cognito.calls).toEqual([]);
});
