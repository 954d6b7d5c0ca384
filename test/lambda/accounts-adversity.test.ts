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
  local.s3.setFaults();
  local.secrets.denyAccess(false);
  local.setRollingBack(false);
  pool = await local.cognito.createPool({ customAttributes: { plan: {} } });
  client = await local.cognito.createAppClient(pool);
  local.cognito.clearCalls();
});

const QUIET: Creation = { invitation: [], forceAliasCreation: false };
const seed = (users: DeclaredUser[], over: Partial<Seed> = {}) => seedProperties(pool, { kind: 'inline', users }, over);
const creating = (users: DeclaredUser[], over: Partial<Seed> = {}) =>
  seed(users, { onMissingUser: 'CREATE', creation: { ...QUIET, owner: 'own' }, ...over });
const remembering = (users: DeclaredUser[], over: Partial<Seed> = {}) =>
  seed(users, { formerValues: 'RESTORE', bucket: 'memory', ...over });
const fromSecret = (secret: string): PasswordSource => ({ kind: 'secret', secret, temporary: false });
const nickname = (username: string, value: string) => ({ username, attributes: { nickname: value } });

describe('what cannot be taken back', () => {
  test('nobody’s password is set where another user’s attributes are refused', async () => {
    await local.cognito.createUser(pool, 'alice', { nickname: 'old' });
    await local.cognito.createUser(pool, 'bob', { nickname: 'old' });
    const first = fromSecret(local.secrets.put('pa', 'Correct-Horse-1'));
    local.cognito.setFaults(({ operation, username }) =>
      operation === 'AdminUpdateUserAttributes' && username === 'bob'
        ? { kind: 'error', type: 'InvalidParameterException' }
        : undefined,
    );
    const answer = await local.resource().create(
      seed([
        { ...nickname('alice', 'new'), password: first },
        { ...nickname('bob', 'new'), password: first },
      ]),
    );
    expect(answer.failed).toMatch(/1 user failed/);
    expect(local.cognito.calls.filter(({ operation }) => operation === 'AdminSetUserPassword')).toEqual([]);
  });

  test('nobody is deleted where another user’s password is refused', async () => {
    await local.cognito.createUser(pool, 'alice', { nickname: 'old' });
    const life = local.resource();
    await life.create(creating([nickname('bob', 'b'), nickname('alice', 'old')]));
    const weak = fromSecret(local.secrets.put('weak', 'x'));
    const answer = await life.update(creating([{ ...nickname('alice', 'old'), password: weak }]));
    expect(answer.failed).toMatch(/1 user failed/);
    expect(local.cognito.calls.filter(({ operation }) => operation === 'AdminDeleteUser')).toEqual([]);
  });
});

test('whoever signs up at the moment in which an answer gets lost is not the seeder’s', async () => {
  let made: Promise<unknown> | undefined;
  local.cognito.setFaults(({ operation }) => {
    if (operation === 'AdminCreateUser' && !made) {
      made = Promise.resolve();
      return { kind: 'internalError' };
    }
    return made && operation === 'AdminGetUser' ? { kind: 'latency', milliseconds: 1500 } : undefined;
  });
  const life = local.resource();
  const creation = life.create(creating([nickname('bob', 'b')]));
  while (!made) await new Promise((resolve) => setTimeout(resolve, 10));
  await local.cognito.createUser(pool, 'bob', { nickname: 'himself' });
  const answer = await creation;
  local.cognito.setFaults();
  expect(answer.failed).toMatch(/UsernameExistsException/);
  expect(await local.cognito.user(pool, 'bob')).toBeDefined();
}, 30_000);

describe('what was there before', () => {
  test('a bucket that is gone does not stand in a removal for good', async () => {
    const life = local.resource();
    await local.cognito.createUser(pool, 'alice', { nickname: 'old' });
    await life.create(remembering([nickname('alice', 'new')], { onRemoval: 'DESTROY' }));
    local.s3.setFaults(() => ({ kind: 'error', code: 'NoSuchBucket', status: 404 }) as never);
    expect((await life.remove()).failed).toBeUndefined();
  });

  test('is still known after a deployment that was refused before it began', async () => {
    await local.cognito.createUser(pool, 'alice', { nickname: 'hers' });
    const life = local.resource();
    await life.create(remembering([]));
    const declared = remembering([nickname('alice', 'new')], { onRemoval: 'DESTROY' });
    await life.update(declared);
    // Back to what was declared before, but another group is missing... refused: nobody can be read.
    local.cognito.setFaults(() => ({ kind: 'error', type: 'NotAuthorizedException' }));
    const answer = await life.update(remembering([]), () => {
      local.cognito.setFaults();
      local.setRollingBack(true);
    });
    local.setRollingBack(false);
    expect(answer.failed).toBeDefined();
    expect(answer.rollback?.failed).toBeUndefined();
    expect((await life.remove()).failed).toBeUndefined();
    expect((await local.cognito.user(pool, 'alice'))?.attributes).toEqual({ nickname: 'hers' });
  });

  test('is still known after a pool was replaced and came back', async () => {
    await local.cognito.createUser(pool, 'alice', { nickname: 'hers' });
    const life = local.resource();
    const declared = remembering([nickname('alice', 'new')], { onRemoval: 'DESTROY' });
    await life.create(declared);
    const first = pool;
    const physicalId = life.physicalId;
    const second = await local.cognito.createPool({});
    await local.cognito.createUser(second, 'alice', { nickname: 'hers' });
    pool = second;
    const other = remembering([nickname('alice', 'new')], { onRemoval: 'DESTROY' });
    expect((await life.send('Update', other, declared)).failed).toBeUndefined();
    local.setRollingBack(true);
    expect((await life.send('Update', declared, other, `${second}/Seeder`)).failed).toBeUndefined();
    expect((await life.send('Delete', other, undefined, `${second}/Seeder`)).failed).toBeUndefined();
    local.setRollingBack(false);
    expect((await local.cognito.user(second, 'alice'))?.attributes).toEqual({ nickname: 'hers' });
    expect((await life.send('Delete', declared, undefined, physicalId)).failed).toBeUndefined();
    expect((await local.cognito.user(first, 'alice'))?.attributes).toEqual({ nickname: 'hers' });
  });

  test('of users who are called like what every object has', async () => {
    await local.cognito.createUser(pool, 'constructor', { nickname: 'old' });
    const answer = await local.resource().create(remembering([nickname('constructor', 'new')]));
    expect(answer.failed).toBeUndefined();
  });

  test('a creation that is undone leaves no values of people in the bucket', async () => {
    await local.cognito.createUser(pool, 'alice', { nickname: 'hers' });
    const life = local.resource();
    await life.create(remembering([nickname('alice', 'new')]));
    local.setRollingBack(true);
    expect((await life.remove()).failed).toBeUndefined();
    expect((await local.cognito.user(pool, 'alice'))?.attributes).toEqual({ nickname: 'hers' });
    const left = local.s3.keys('memory', 'former/').map((key) => local.s3.get('memory', key)!.toString());
    expect(left.join('\n')).not.toContain('hers');
  });
});

test('a policy that is a few seconds old: the secret is read when it has arrived', async () => {
  const password = fromSecret(local.secrets.put('young', 'Correct-Horse-7'));
  local.secrets.denyAccess(true);
  setTimeout(() => local.secrets.denyAccess(false), 3_000);
  const answer = await local.resource().create(creating([{ ...nickname('alice', 'a'), password }]));
  expect(answer.failed).toBeUndefined();
  expect(client).toBeDefined();
}, 30_000);

test('and so is the bucket of what was there before', async () => {
  await local.cognito.createUser(pool, 'alice', { nickname: 'old' });
  let denied = true;
  setTimeout(() => (denied = false), 3_000);
  local.s3.setFaults(() => (denied ? ({ kind: 'error', code: 'AccessDenied', status: 403 } as never) : undefined));
  expect((await local.resource().create(remembering([nickname('alice', 'new')]))).failed).toBeUndefined();
}, 30_000);
