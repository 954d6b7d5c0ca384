import type { Seed } from '../../lib/private/contracts/seed';
import type { Creation } from '../../lib/private/contracts/seed-creation';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { type LocalRuns, startLocalRuns } from '../support/local-runs';
import { runProperties, uploaded } from '../support/seeds';

let local: LocalRuns;
let pool: string;

beforeAll(async () => {
  local = await startLocalRuns();
});
afterAll(() => local?.stop());
beforeEach(async () => {
  local.cognito.setFaults();
  local.cognito.clearCalls();
  local.setRollingBack(false);
  pool = await local.cognito.createPool({ customAttributes: { plan: {} } });
});

const CREATION: Creation = { invitation: [], forceAliasCreation: false };
const creating = (users: readonly DeclaredUser[], over: Partial<Seed> = {}, run?: object) =>
  runProperties(
    pool,
    uploaded(local.runs.s3, `file-${Math.random()}`, users),
    { onMissingUser: 'CREATE', creation: CREATION, ...over },
    run,
  );
const failing = (name: string) =>
  local.cognito.setFaults(({ username, operation }) =>
    operation === 'AdminUpdateUserAttributes' && username === name
      ? { kind: 'error', type: 'InvalidParameterException' }
      : undefined,
  );
const ann = { username: 'ann', attributes: { nickname: 'new' } };
const made = { username: 'made', attributes: { nickname: 'm' } };

describe('a run that nobody waits for, and that fails for one user', () => {
  test('is not undone by an author’s removal with RETAIN: those whom it has created stay', async () => {
    await local.cognito.createUser(pool, 'ann', { nickname: 'old' });
    failing('ann');
    const life = local.resource();
    await life.create(creating([ann, made], { formerValues: 'RESTORE' }, { WaitForCompletion: 'false' }));
    await local.runs.stepFunctions.idle();
    local.cognito.setFaults();
    expect(await local.cognito.user(pool, 'made')).toBeDefined();
    expect((await life.remove()).failed).toBeUndefined();
    await local.runs.stepFunctions.idle();
    expect(await local.cognito.user(pool, 'made')).toBeDefined();
  }, 60_000);
});

test('a creation that fails, with RETAIN, deletes nobody who was there before it, though in the group', async () => {
  // Created by a former life of this seeder, or by its other engine: the group has the same name.
  await local.cognito.createUser(pool, 'bob', { nickname: 'b' });
  await local.cognito.createUser(pool, 'ann', { nickname: 'old' });
  await local.cognito.createGroup(pool, 'own', ['bob']);
  // Clocks may differ by a few seconds.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  failing('ann');
  const life = local.resource();
  const properties = creating([ann, { username: 'bob', attributes: { 'custom:plan': 'x' } }], {
    creation: { ...CREATION, owner: 'own' },
  });
  expect((await life.create(properties)).failed).toMatch(/1 user failed/);
  local.cognito.setFaults();
  local.setRollingBack(true);
  expect((await life.send('Delete', properties, undefined, `${pool}/Seeder`)).failed).toBeUndefined();
  expect(await local.cognito.user(pool, 'bob')).toBeDefined();
}, 60_000);

test('a redriven run takes nobody for its own whom an administrator has created since it stopped', async () => {
  const life = local.resource();
  const owner = { creation: { ...CREATION, owner: 'own' } };
  local.cognito.setFaults(({ operation }) =>
    operation === 'AdminCreateUser'
      ? { kind: 'error', type: 'ResourceNotFoundException', message: 'User pool' }
      : undefined,
  );
  const created = await life.create(creating([made], owner, { WaitForCompletion: 'false' }));
  await local.runs.stepFunctions.idle();
  local.cognito.setFaults();
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await local.cognito.createUser(pool, 'made', { nickname: 'somebody else' });
  await local.runs.stepFunctions.redrive(created.data.Execution);
  await local.runs.stepFunctions.idle();
  await life.update(creating([], owner));
  expect(await local.cognito.user(pool, 'made')).toBeDefined();
}, 60_000);

test('nobody is deleted where another user’s password is refused', async () => {
  await local.cognito.createUser(pool, 'ann', { nickname: 'old' });
  const over = { creation: { ...CREATION, owner: 'own' } };
  const life = local.resource();
  await life.create(creating([made, ann], over));
  const secret = local.secrets.put('weak', 'x');
  const answer = await life.update(
    creating([{ ...ann, password: { kind: 'secret', secret, temporary: false } }], over),
  );
  expect(answer.failed).toMatch(/1 user failed/);
  expect(local.cognito.calls.filter(({ operation }) => operation === 'AdminDeleteUser')).toEqual([]);
}, 60_000);
